// Away and back: a cable that is pulled, a reload, a tab in the background for a minute.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUIET_MS, startBots } from './lib/bots.mjs';
import { startCable } from './lib/cable.mjs';
import { openFloor } from './lib/floor.mjs';
import { Player } from './lib/people.mjs';
import { PHONE } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const AWAY_MS = 60_000;

// One each: a tab in the background is one of a browser.
const { server, browsers, keep } = await openFloor(SHORT_SESSION, { windows: 2 });
const cable = keep(await startCable(server.url));

const isLive = ({ connection, balance }) => connection === 'live' && balance !== null;

test('whoever was away comes back as the same person with the same money', async (t) => {
  const nora = await Player.join(browsers[0], server.url, 'Nora', PHONE);
  const emil = await Player.join(browsers[1], cable.url, 'Emil', PHONE);
  keep(startBots(server.url, { paceMs: QUIET_MS }));
  for (const { screen } of [nora, emil]) await screen.phase('Running');
  let left;

  await t.test('one turns to another tab', async () => {
    await nora.screen.setHidden(true);
    left = await nora.screen.state();
  });

  await t.test('the other loses the network and finds it again', async () => {
    const { screen } = emil;
    await emil.buy(0, 'yes');
    const { balance, positions } = await emil.holds(0, 'YES');
    cable.pull();
    await screen.until('the loss', ({ connection }) => connection === 'reconnecting');
    await screen.picture('reconnecting');
    cable.plug();
    const back = await screen.until('the connection', isLive);
    assert.deepEqual({ you: back.you, balance: back.balance, positions: back.positions }, { you: 'Emil', balance, positions });
  });

  await t.test('and reloads', async () => {
    const { balance, positions } = await emil.screen.state();
    await emil.comeBack();
    const back = await emil.screen.until('own money', isLive);
    assert.deepEqual({ you: back.you, balance: back.balance, positions: back.positions }, { you: 'Emil', balance, positions });
    await emil.screen.picture('back');
  });

  await t.test('the tab is in the foreground again after a minute', async () => {
    await emil.screen.until('a minute', ({ now_ms }) => now_ms >= left.now_ms + AWAY_MS);
    assert.equal((await nora.screen.state()).tick, left.tick, 'in the background nothing is drawn');
    await nora.screen.setHidden(false);
    const { tick } = await emil.screen.state();
    const back = await nora.screen.until('the present', (state) => isLive(state) && state.tick >= tick);
    assert.deepEqual({ you: back.you, balance: back.balance }, { you: 'Nora', balance: left.balance });
    await nora.buy(1, 'no');
    await nora.holds(1, 'NO');
    await nora.screen.picture('back');
  });

  for (const { screen } of [nora, emil]) assert.deepEqual(screen.faults, []);
});

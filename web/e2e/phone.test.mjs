// A first-time player on a phone: everything by tapping, nothing typed but the name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUIET_MS, startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { Player } from './lib/people.mjs';
import { PHONE } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(SHORT_SESSION);

test('a first-time player on a phone', async (t) => {
  const ada = await Player.join(browser, server.url, 'Ada', PHONE);
  const { screen } = ada;

  await t.test('waits in the lobby', async () => {
    await screen.phase('Lobby');
    await screen.picture('lobby');
  });

  await t.test('buys by tapping quick amounts, and gets a receipt', async () => {
    keep(startBots(server.url, { paceMs: QUIET_MS }));
    const before = await screen.phase('Running');
    await screen.picture('running');
    await ada.buy(0, 'yes');
    assert.match(await ada.receipt(), /status: Filled/);
    const held = await ada.holds(0, 'YES');
    assert.ok(Number(held.balance) < Number(before.balance), 'what was bought was paid');
    await screen.picture('receipt');
  });

  await t.test('repairs a purchase that moves the price more than it may, by one tap', async () => {
    await screen.click('ticket.full');
    await screen.click('ticket.quick.2');
    while (!(await screen.state()).widgets['ticket.repair.0']) await screen.click('ticket.slippage.less');
    await screen.picture('too-much');
    await screen.click('ticket.repair.0');
    await screen.until('nothing in the way', ({ widgets }) => !widgets['ticket.repair.0']);
    await ada.send();
    assert.match(await ada.receipt(), /status: Filled/);
  });

  await t.test('looks at the portfolio', async () => {
    await screen.click('tab.portfolio');
    await screen.picture('portfolio');
    const { positions } = await screen.state();
    assert.deepEqual(positions.map(({ outcome, side }) => [outcome, side]), [[0, 'YES']]);
  });

  await t.test('sells a part of it', async () => {
    const [held] = (await screen.state()).positions;
    await screen.click('tab.trade');
    await screen.click('ticket.direction.1');
    await screen.click('ticket.quick.0');
    await screen.picture('sells');
    await ada.send();
    assert.match(await ada.receipt(), /status: Filled/);
    await screen.until('less of it', ({ positions }) => Number(positions[0].tokens) < Number(held.tokens));
  });

  assert.deepEqual(screen.faults, []);
});

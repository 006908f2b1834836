// A session from the lobby to the payout: a host who configures and starts it, and two people
// who trade by clicking.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseCsv } from './lib/csv.mjs';
import { openFloor } from './lib/floor.mjs';
import { Host, Player } from './lib/people.mjs';
import { bringToFront } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const NEW_NAME = 'Evening session, second draft';

// One each: pages of one browser would wait for each other's pictures.
const { server, browsers } = await openFloor(SHORT_SESSION, { windows: 3 });

test('a session from the lobby to the payout', async (t) => {
  const host = await Host.arrive(browsers[0], server.url);
  let grace;
  let kurt;
  const turnTo = (person) => bringToFront(person.screen, [host, grace, kurt].map(({ screen }) => screen));

  await t.test('the host configures it', async () => {
    await host.logIn();
    await host.rename(NEW_NAME);
    await host.screen.until('the new name at the door', async () => {
      const { name } = await fetch(`${server.url}/session`).then((answer) => answer.json());
      return name === NEW_NAME;
    });
    await host.screen.picture('configured');
  });

  await t.test('two people join by the form', async () => {
    await host.screen.setHidden(true);
    const join = async (browser, name) => {
      const player = await Player.join(browser, server.url, name);
      await player.screen.phase('Lobby');
      await player.screen.picture('lobby');
      return player;
    };
    grace = await join(browsers[1], 'Grace');
    await grace.screen.setHidden(true);
    kurt = await join(browsers[2], 'Kurt');
  });

  await t.test('the host starts it', async () => {
    await turnTo(host);
    await host.start();
    await host.screen.phase('Running');
    await host.screen.picture('running');
  });

  await t.test('both trade by clicking', async () => {
    await turnTo(grace);
    const before = await grace.screen.phase('Running');
    await grace.buy(0, 'yes');
    const held = await grace.holds(0, 'YES');
    assert.ok(Number(held.balance) < Number(before.balance), 'what was bought was paid');
    assert.ok(held.prices[0][0] > before.prices[0][0], 'buying YES raised its price');
    await grace.screen.picture('bought');
    await turnTo(kurt);
    await kurt.screen.phase('Running');
    await kurt.buy(1, 'no');
    await kurt.holds(1, 'NO');
    await kurt.screen.picture('bought');
  });

  await t.test('a reload brings back the same person', async () => {
    await turnTo(grace);
    const { balance, positions } = await grace.screen.until('own money', (state) => state.balance !== null);
    await grace.comeBack();
    const now = await grace.screen.until('own money', (state) => state.balance !== null && state.connection === 'live');
    assert.equal(now.you, 'Grace');
    assert.equal(now.balance, balance);
    assert.deepEqual(now.positions, positions);
    await grace.screen.picture('back');
  });

  await t.test('an outcome is eliminated and trading goes on', async () => {
    await turnTo(host);
    await host.resolveNext();
    const isOut = (outcome) => outcome.Eliminated !== undefined;
    for (const player of [kurt, grace]) {
      await turnTo(player);
      await player.screen.until('an elimination', ({ outcomes }) => outcomes.filter(isOut).length === 1);
      await player.screen.picture('eliminated');
    }
    const { outcomes } = await grace.screen.until('trading again', ({ phase }) => phase === 'Running');
    await grace.buy(outcomes.findIndex((outcome) => outcome === 'Active'), 'yes');
  });

  await t.test('the end pays', async () => {
    await turnTo(host);
    await host.resolveFinal();
    for (const player of [grace, kurt]) {
      await turnTo(player);
      const { screen } = player;
      const { outcomes } = await screen.until('the end', ({ phase, ended }) => phase === 'Resolved' && ended);
      assert.equal(outcomes.filter((outcome) => outcome === 'Won').length, 1);
      await screen.picture('end');
    }
  });

  await t.test('the record downloads and parses', async () => {
    await turnTo(host);
    const trades = parseCsv(await readFile(await host.download('trades.csv'), 'utf8'));
    assert.ok(trades.length >= 3, `${trades.length} trades`);
    const rankings = parseCsv(await readFile(await host.download('rankings.csv'), 'utf8'));
    assert.deepEqual(rankings.map(({ user }) => user).sort(), ['Grace', 'Kurt']);
    await host.screen.picture('exported');
  });

  for (const { screen } of [host, grace, kurt]) assert.deepEqual(screen.faults, []);
});

// A session on the light floor from its lobby to its end, by the keyboard alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { LightPlayer } from './lib/light.mjs';
import { LAPTOP, PHONE } from './lib/screen.mjs';
import { QUICK_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(QUICK_SESSION);

test('a whole session on the light floor', async (t) => {
  const eve = await LightPlayer.join(browser, server.url, 'Eve', LAPTOP);
  const fay = await LightPlayer.join(browser, server.url, 'Fay', PHONE);
  await eve.sees('.people .you', 'Eve');
  keep(startBots(server.url, { count: 4 }));

  await t.test('buys while trading is on', async () => {
    await eve.sees('.phase.running');
    await eve.tabTo('#outcome-0 .price.yes');
    await eve.press('Enter');
    await eve.type('20');
    await eve.send();
  });

  await t.test('a round freezes trading, and one outcome leaves', async () => {
    await eve.sees('.banner.frozen', 'Trading is frozen');
    await eve.sees('.outcome.gone', 'Out at');
    await eve.screen.picture('light-frozen');
    await fay.screen.picture('light-frozen');
    assert.match(await eve.page.textContent('#announcer'), /is out\./);
  });

  await t.test('the end pays, ranks and adds up', async () => {
    await eve.sees('#end-title', 'wins!');
    const lines = await eve.page.locator('.statement td').allTextContents();
    const micros = lines.map((line) => Math.round(Number(line.replaceAll(/[$,+]/g, '').replace('−', '-')) * 1e6));
    assert.equal(micros.slice(0, -1).reduce((sum, line) => sum + line), micros.at(-1), lines.join(' '));
    assert.deepEqual(await eve.faults(), []);
    await eve.hears('end', /heading "Where your money went"/);
    await eve.screen.picture('light-end');
    await fay.sees('#end-title', 'wins!');
    assert.deepEqual(await fay.faults(), []);
    await fay.screen.picture('light-end');
  });

  for (const { screen } of [eve, fay]) assert.deepEqual(screen.faults, []);
});

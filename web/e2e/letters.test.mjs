// Letters twice as large, on the smallest phone: everything is there, and nothing sticks out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUIET_MS, startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { LETTERS_PX, growLetters, letters, outside } from './lib/letters.mjs';
import { LightPlayer } from './lib/light.mjs';
import { Screen } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(SHORT_SESSION);

test('letters as large as one asks for', async () => {
  const screen = await Screen.open(browser, 'large', { width: 360, height: 640, touch: true });
  const { page, context } = screen;
  await screen.goto(server.url);
  await growLetters(screen);
  assert.equal(await letters(page, '#about'), `${LETTERS_PX}px`);
  const large = new LightPlayer(screen);
  await large.isAt('#name');
  await large.type('Large');
  await large.press('Enter');
  await large.sees('#lobby-title');
  assert.equal(await letters(page, '#main'), `${LETTERS_PX}px`);
  assert.deepEqual(await outside(page), [], 'in the lobby');
  keep(startBots(server.url, { count: 3, paceMs: QUIET_MS }));
  await large.sees('.phase.running');
  await screen.picture('market');
  assert.deepEqual(await outside(page), [], 'in the market');
  await screen.tap('#outcome-1 .price.no');
  await screen.tap('.quick button:first-child');
  await large.sees('#bet-no[aria-disabled=false]');
  await screen.picture('ticket');
  assert.deepEqual(await outside(page), [], 'in the ticket');
  await screen.tap('#bet-no');
  await large.sees('#confirm');
  await screen.picture('question');
  assert.deepEqual(await outside(page), [], 'in the question');
  await screen.tap('#confirm .quiet');
  for (const tab of ['portfolio', 'more']) {
    await screen.tap(`#tabs [value=${tab}]`);
    await large.sees(`#tabs [value=${tab}][aria-current]`);
    await screen.picture(tab);
    assert.deepEqual(await outside(page), [], tab);
  }
  assert.deepEqual(screen.faults, []);
  await context.close();
});

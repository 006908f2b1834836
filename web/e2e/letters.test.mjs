// Letters twice as large, on the smallest phone: everything is there, and nothing sticks out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUIET_MS, startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { LightPlayer } from './lib/light.mjs';
import { Screen } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(SHORT_SESSION);
const LETTERS_PX = 32;

function sizeOf(page, selector) {
  return page.evaluate((wanted) => getComputedStyle(document.querySelector(wanted)).fontSize, selector);
}

/** Everything that has words or is pressed and reaches over the edge, or has a line for each letter. */
function outside(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth + 1;
    const parts = document.querySelectorAll('#light :is(h1, h2, h3, p, dt, dd, button, input, select, label)');
    const isSeen = (part) => part.checkVisibility() && !part.closest('.unseen, table') && !part.matches('.unseen *');
    const isOut = (part) => {
      const { left, right, height, width } = part.getBoundingClientRect();
      if (width === 0) return false;
      const isColumn = part.matches('h1, h3') && height > 3 * Number.parseFloat(getComputedStyle(part).fontSize) * 1.5;
      return left < -1 || right > edge || isColumn;
    };
    return [...parts].filter((part) => isSeen(part) && isOut(part)).map((part) => part.outerHTML.slice(0, 90));
  });
}

test('letters as large as one asks for', async () => {
  const screen = await Screen.open(browser, 'large', { width: 360, height: 640, touch: true });
  const { page, context } = screen;
  const network = await context.newCDPSession(page);
  await screen.goto(server.url);
  await network.send('Page.setFontSizes', { fontSizes: { standard: LETTERS_PX } });
  assert.equal(await sizeOf(page, '#about'), `${LETTERS_PX}px`);
  const large = new LightPlayer(screen);
  await large.isAt('#name');
  await large.type('Large');
  await large.press('Enter');
  await large.sees('#lobby-title');
  assert.equal(await sizeOf(page, '#main'), `${LETTERS_PX}px`);
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

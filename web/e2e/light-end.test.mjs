// A session on the light floor from its lobby to its end, by the keyboard alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lead, startBots } from './lib/bots.mjs';
import { BROWSER } from './lib/browsers.mjs';
import { openFloor } from './lib/floor.mjs';
import { growLetters, outside } from './lib/letters.mjs';
import { LightPlayer } from './lib/light.mjs';
import { LAPTOP, PHONE } from './lib/screen.mjs';
import { EVENING_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(EVENING_SESSION);

/** With letters twice as large. */
async function fits({ screen, page }, picture) {
  await screen.picture(picture);
  assert.deepEqual(await outside(page), []);
}

test('a whole session on the light floor', async (t) => {
  const eve = await LightPlayer.join(browser, server.url, 'Eve', LAPTOP);
  const fay = await LightPlayer.join(browser, server.url, 'Fay', PHONE);
  const large = BROWSER.growsLetters ? await LightPlayer.join(browser, server.url, 'Large', PHONE) : null;
  if (large) await growLetters(large.screen);
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
    await lead(server.url, 'round');
    await eve.sees('.moment', 'Trading again in');
    await eve.sees('.moment.told', 'IS OUT');
    await eve.sees('.outcome.gone', 'Out at');
    await eve.screen.picture('light-frozen');
    await fay.screen.picture('light-frozen');
    assert.match(await eve.page.textContent('#announcer'), /is out\./);
    if (large) await fits(large, 'light-frozen-large');
  });

  await t.test('the end pays, ranks and adds up', async () => {
    await lead(server.url, 'end');
    await eve.sees('#end-title', ' with $');
    const cells = () => Array.from(document.querySelectorAll('.statement td'), ({ title }) => title);
    const titles = await eve.page.evaluate(cells);
    const lines = titles.map((title) => title.replace('Exactly ', ''));
    const micros = lines.map((line) => Math.round(Number(line.replaceAll(/[$,+]/g, '').replace('−', '-')) * 1e6));
    assert.equal(micros.slice(0, -1).reduce((sum, line) => sum + line), micros.at(-1), lines.join(' '));
    assert.deepEqual(await eve.faults(), []);
    await eve.hears('end', /heading "Where your money went"/);
    await eve.screen.picture('light-end');
    await fay.sees('#end-title', ' with $');
    assert.deepEqual(await fay.faults(), []);
    await fay.screen.picture('light-end');
    if (!large) return;
    await large.sees('#end-title', ' with $');
    await fits(large, 'light-end-large');
  });

  await t.test('a result can be kept as a picture', async () => {
    await eve.page.evaluate(() => {
      window.saved = [];
      HTMLAnchorElement.prototype.click = function saved() {
        window.saved.push([this.download, this.protocol]);
      };
    });
    // From the page's last element the keyboard would go to the browser's own bar, and Firefox presses nothing from there.
    await eve.rest();
    await eve.tabTo('[data-keep]');
    await eve.press('Enter');
    await eve.page.waitForFunction(() => window.saved.length === 1);
    assert.deepEqual(await eve.page.evaluate(() => window.saved[0]), ['outcry-short-evening.png', 'blob:']);
    const colours = await eve.page.evaluate(async () => {
      const { draw } = await import('/result.js');
      const canvas = draw({ ...document.querySelector('[data-keep]').dataset });
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    assert.ok(colours > 100, `there is something on it: ${colours} colours`);
  });

  for (const player of [eve, fay, large]) assert.deepEqual(player?.screen.faults ?? [], []);
});

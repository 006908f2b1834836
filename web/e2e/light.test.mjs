// The light floor beside a crowd of bots: everything by the keyboard alone, and by taps.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBots } from './lib/bots.mjs';
import { startCable } from './lib/cable.mjs';
import { openFloor } from './lib/floor.mjs';
import { LightPlayer } from './lib/light.mjs';
import { LAPTOP, LYING, PHONE, Screen } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(SHORT_SESSION);
const cable = keep(await startCable(server.url));

test('trading on the light floor', async (t) => {
  const ada = await LightPlayer.join(browser, server.url, 'Ada', LAPTOP);
  const ben = await LightPlayer.join(browser, cable.url, 'Ben', PHONE);

  await t.test('waits in the lobby', async () => {
    await ada.sees('.people .you', 'Ada');
    assert.deepEqual(await ada.faults(), []);
    await ada.sees('.question', SHORT_SESSION.question);
    await ada.hears('lobby', /heading "Welcome to the floor"/);
    await ada.screen.picture('light-lobby');
    await ben.screen.picture('light-lobby');
  });

  await t.test('keeps the focus, whatever comes and goes beside it', async () => {
    const focused = await ada.page.evaluate(async () => {
      const { fill } = await import('/morph.js');
      const place = document.body.appendChild(document.createElement('div'));
      const [left, pays, else_] = ['<p class="weak">$0.05 is left</p>', '<p>Pays $2</p>', '<p class="weak">Else nothing</p>'];
      const [reason, button] = ['<p class="reason">Too much</p><div class="repairs"></div>', '<div><button id="go"></button></div>'];
      const draw = (...parts) => fill(place, `<h2>Buy?</h2>${parts.join('')}<details></details><label></label>${button}`);
      draw(left, pays, else_);
      document.getElementById('go').focus();
      const focused = [[pays, else_], [left, pays, else_], [pays, else_, reason], [left, pays, else_], []].map((parts) => {
        draw(...parts);
        return [place.children.length - 4, document.activeElement.id];
      });
      place.remove();
      return focused;
    });
    assert.deepEqual(focused, [[2, 'go'], [3, 'go'], [4, 'go'], [3, 'go'], [0, 'go']]);
  });

  await t.test('practises meanwhile, and nobody takes it for the market', async () => {
    await ben.screen.tap('[data-do=practise]');
    await ben.sees('.practice-strip', 'PRACTICE');
    await ben.screen.tap('#outcome-1 .price.yes');
    await ben.screen.tap('#bet-yes');
    await ben.sees('#confirm', 'Pays $');
    await ben.page.waitForTimeout(350);
    await ben.screen.tap('#confirm .primary');
    await ben.sees('.practice-strip', '1 of 3 done');
    const lies = (selector) => ben.page.evaluate((wanted) => document.querySelector(wanted).getBoundingClientRect().toJSON(), selector);
    assert.ok((await lies('#news')).top > (await lies('#amount')).bottom, 'a message lies over the amount');
    await ben.screen.resize(LYING);
    const [news, back] = [await lies('#news'), await lies('.practice-strip button')];
    assert.ok(news.width > 0 && (news.top > back.bottom || news.right < back.left), 'a message lies over the way back');
    await ben.screen.resize(PHONE);
    assert.deepEqual(await ben.faults(), []);
    const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    assert.equal(await ben.page.evaluate(beyond), 0);
    await ben.screen.picture('light-practice');
  });

  await t.test('trades once the session begins, which ends the practice', async () => {
    keep(startBots(server.url, { count: 6 }));
    await ada.sees('.phase.running');
    await ben.page.locator('.practice-strip').waitFor({ state: 'detached' });
    await ben.sees('.outcomes', 'East');
  });

  await t.test('has room for market, ticket and chart side by side', async () => {
    assert.deepEqual(await ada.columns(), ['choose', 'act', 'look']);
    assert.deepEqual(await ben.columns(), ['choose']);
  });

  await t.test('buys: a price, an amount, Enter, Enter', async () => {
    await ada.tabTo('#outcome-1 .price.yes');
    await ada.press('Enter');
    await ada.isAt('#amount');
    await ada.type('20');
    await ada.sees('#promise', /^\$20\.00 on YES East → \$[\d.]+ if East wins$/);
    assert.equal(await ada.page.locator('.ghost', { hasText: '→' }).count(), 8, 'what every price would be');
    await ada.screen.picture('light-ticket');
    await ada.send();
    await ada.sees('.receipts .stage.gain', 'filled');
    assert.deepEqual(await ada.faults(), []);
    await ada.hears('trading', /button "YES East at [\d.]+¢ ?, you hold [\d.]+ YES"/);
  });

  await t.test('places a limit order and takes it back, by letters', async () => {
    await ada.press('Escape');
    await ada.rest();
    for (const key of ['1', 'n', 'l']) await ada.press(key);
    await ada.tabTo('#amount');
    for (let step = 0; step < 4; step += 1) await ada.press('Shift+ArrowDown');
    await ada.type('5');
    await ada.send();
    await ada.sees('.orders li', 'NO North');
    await ada.rest();
    await ada.press('x');
    await ada.page.locator('.orders li').waitFor({ state: 'detached' });
  });

  await t.test('on a phone everything is behind four tabs', async () => {
    await ben.screen.tap('#outcome-2 .price.no');
    await ben.screen.tap('.quick button:first-child');
    await ben.sees('#bet-no.chosen', 'Pays $');
    await ben.screen.picture('light-trade');
    assert.deepEqual(await ben.faults(), []);
    for (const tab of ['portfolio', 'more', 'market']) {
      await ben.screen.tap(`#tabs [value=${tab}]`);
      await ben.sees(`#tabs [value=${tab}][aria-current]`);
      assert.deepEqual(await ben.faults(), [], tab);
      assert.equal(await ben.overhang(), 0, `${tab} is too wide`);
      await ben.screen.picture(`light-${tab}`);
    }
  });

  await t.test('a pulled cable is said, and mended by itself', async () => {
    cable.pull();
    await ben.sees('.banner', 'Connection lost');
    await ben.screen.picture('light-lost');
    cable.plug();
    await ben.page.locator('.banner', { hasText: 'Connection lost' }).waitFor({ state: 'detached' });
    assert.match(await ben.page.textContent('#announcer'), /Connected again/);
  });

  await t.test('is drawn with more contrast for whoever asks for it', async () => {
    const drawn = () => ada.page.evaluate(() => getComputedStyle(document.body).getPropertyValue('--weak'));
    const before = await drawn();
    await ada.screen.tap('#contrast');
    await ada.page.locator(':root[data-contrast]').waitFor();
    assert.notEqual(await drawn(), before);
  });

  await t.test('a reload brings back the same person, and another tab takes the seat', async () => {
    await ada.page.reload();
    // Whoever was in is not asked who they are, nor what they prefer.
    await ada.page.locator(':root[data-contrast]').waitFor();
    await ada.sees('.positions li', 'YES East');
    assert.ok(await ada.page.evaluate(() => document.getElementById('contrast').checked));
    const tab = await ada.screen.openTab();
    await tab.goto(server.url);
    await new LightPlayer(tab).goOn();
    await ada.sees('dialog#ended', 'This seat is used elsewhere');
    await tab.page.locator('.positions li').waitFor();
    await tab.page.close();
    await ada.press('Enter');
    await ada.sees('.positions li', 'YES East');
  });

  await t.test('how far each came is in the record, in its order, and once', async () => {
    const steps = ['named_ms', 'sight_ms', 'tap_ms', 'order_ms'];
    const newcomers = await server.table('funnel.csv');
    const [first, second] = newcomers.map((row) => steps.map((step) => row[step]));
    assert.deepEqual(newcomers.map(({ user }) => user), ['Ada', 'Ben'], 'people alone');
    const times = first.map(Number);
    assert.ok(times.every((ms, at) => ms > 0 && ms >= (times[at - 1] ?? 0)), `Ada: ${first}`);
    assert.ok(second.slice(0, 3).every((ms) => ms !== '') && second[3] === '', `Ben has not ordered: ${second}`);
  });

  for (const { screen } of [ada, ben]) assert.deepEqual(screen.faults, []);
});

test('the door has no serious fault', async () => {
  const screen = await Screen.open(browser, 'visitor', PHONE);
  await screen.goto(server.url);
  assert.deepEqual(await new LightPlayer(screen).faults(), []);
  await screen.context.close();
});

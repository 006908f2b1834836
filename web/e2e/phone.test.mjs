// A first-time player on a phone: everything by tapping, nothing typed but the name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUIET_MS, startBots } from './lib/bots.mjs';
import { BROWSER } from './lib/browsers.mjs';
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

  await t.test('has panels clear of the notch', async () => {
    await screen.page.evaluate(() => {
      document.getElementById('insets').style.paddingTop = '40px';
      dispatchEvent(new Event('resize'));
    });
    await screen.until('panels below the notch', ({ widgets }) => widgets['top.help'].y >= 40);
    await screen.page.evaluate(() => {
      document.getElementById('insets').style.paddingTop = '';
      dispatchEvent(new Event('resize'));
    });
  });

  await t.test('leaves the canvas by Tab, at both ends', async () => {
    const { page } = screen;
    await page.evaluate(() => {
      const note = ({ code, defaultPrevented }) => (window.isLeftToBrowser = code === 'Tab' && !defaultPrevented);
      addEventListener('keydown', (event) => setTimeout(note, 0, event), true);
    });
    // A browser whose window is not in front moves nowhere: there it counts that the key is left to it.
    const hasLeft = async () =>
      BROWSER.isInFront ? (await screen.focused()) !== 'floor' : page.evaluate(() => window.isLeftToBrowser);
    const press = async (keys) => {
      await page.keyboard.press(keys);
      await screen.nextFrames(3);
    };
    await screen.focus('#floor');
    await press('Shift+Tab');
    assert.ok(await hasLeft(), 'at the first end');
    await screen.focus('#floor');
    await press('Tab');
    for (let stop = 0; !(await hasLeft()); stop += 1) {
      assert.ok(stop < 60, 'Tab never leaves the canvas');
      await press('Tab');
    }
    await screen.focus('#floor');
  });

  await t.test('buys by tapping quick amounts, and gets a receipt', async () => {
    keep(startBots(server.url, { paceMs: QUIET_MS }));
    const before = await screen.phase('Running');
    await screen.picture('running');
    await ada.buy(0, 'yes');
    assert.match(await ada.receipt(), /status: Filled/);
    const held = await ada.holds(0, 'YES');
    assert.ok(Number(held.balance) < Number(before.balance), 'what was bought was paid');
    if (BROWSER.isHeard) assert.ok(await screen.page.evaluate(() => window.tones > 0), 'and heard');
    await screen.picture('receipt');
  });

  await t.test('repairs a purchase that moves the price more than it may, by one tap', async () => {
    await screen.click('ticket.full');
    await screen.click('ticket.quick.2');
    while (!(await screen.state()).widgets['ticket.repair.0']) {
      await screen.click('ticket.slippage.less');
      // What repairs it comes a few frames later, and pushes the steps out of sight.
      await screen.nextFrames(4);
    }
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

  await t.test('types into an input of the page, with whatever keyboard there is', async () => {
    await screen.click('ticket.direction.0');
    await screen.click('ticket.amount');
    assert.equal(await screen.focused(), 'typed');
    assert.equal(await screen.page.evaluate(() => document.getElementById('typed').inputMode), 'decimal');
    // As an input method, a password manager or a clipboard does: a text, and no keys.
    await screen.page.fill('#typed', '12');
    await screen.insert('.5');
    await screen.until('what was typed', async () => (await screen.textOf('ticket.amount')) === '12.5');
    await screen.picture('typing');
    await screen.page.keyboard.press('Enter');
    await screen.until('the question', ({ widgets }) => widgets['ticket.confirm']);
    await screen.click('ticket.back');
    await screen.until('the ticket', ({ widgets }) => widgets['ticket.amount']);
  });

  await t.test('goes on in text when the graphics are taken away, and comes back', async () => {
    const { positions } = await screen.state();
    await screen.page.evaluate(() => {
      document.getElementById('floor').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
    });
    await screen.page.waitForSelector('[data-state="light"] #tabs [value=trade]');
    await screen.tap('#tabs [value=trade]');
    assert.match(await screen.page.textContent('#notice'), /taken the graphics away.*same seat/);
    const aside = await screen.page.evaluate(() => getComputedStyle(document.getElementById('notice')).paddingInlineStart);
    assert.notEqual(aside, '0px', 'the sentence sticks to the edge');
    assert.equal(await screen.valueOf('#amount'), '12.5');
    await screen.tap('#tabs [value=portfolio]');
    await screen.page.waitForSelector('.receipts li:nth-child(3)');
    await screen.picture('light');
    await screen.page.click('[data-page="floor"]');
    await screen.ready();
    const back = await screen.until('own money', (state) => state.positions?.length > 0);
    assert.deepEqual(back.positions, positions);
    assert.equal(back.sent.length, 3, 'receipts of before');
    await screen.click('tab.trade');
    await screen.until('the draft', async () => (await screen.textOf('ticket.amount')) === '12.5');
    await screen.picture('back');
  });

  await t.test('is told once that frames are slow, with a way out', async () => {
    const { page } = screen;
    const told = await page.evaluate(async () => {
      const { watchPace } = await import('/room.js');
      const slow = document.getElementById('slow');
      let told = 0;
      const tell = () => {
        told += 1;
        slow.hidden = false;
      };
      const watch = () => {
        let ms = 0;
        watchPace(tell, () => (ms += 250));
        return new Promise((resolve) => setTimeout(resolve, 3_000));
      };
      await watch();
      const before = told;
      localStorage.removeItem('outcry-slow-told');
      const now = performance.now();
      const until = async () => {
        while (slow.hidden && performance.now() < now + 60_000) await new Promise(requestAnimationFrame);
      };
      await Promise.all([watch(), until()]);
      await watch();
      return [before, told];
    });
    assert.deepEqual(told, [0, 1]);
    await screen.picture('slow');
    await page.click('#slow-light');
    await page.waitForSelector('[data-state="light"] #tabs');
  });

  assert.deepEqual(screen.faults, []);
});

// Plays a session on the light floor and keeps a picture of every screen and moment, whole pages, on every kind of
// device: small and lying phones, a tablet, a laptop, by day and by night, with strong contrast, with large letters.

import { LightPlayer } from '../e2e/lib/light.mjs';
import { Screen } from '../e2e/lib/screen.mjs';
import { debate } from './debate.mjs';
import { LAPTOP, LYING, PHONE, PUBLIC_URL, TABLET, WALL } from './stage.mjs';

const EVERY = [PHONE, LYING, TABLET, LAPTOP, WALL];
const ENDS = [PHONE, LAPTOP];
// What a device or a person asks of a page.
const NIGHT = { words: 'by night', media: { colorScheme: 'dark' } };
const CONTRAST = { words: 'with more contrast', media: { contrast: 'more' } };
const CONTRAST_BY_NIGHT = { words: 'with more contrast by night', media: { contrast: 'more', colorScheme: 'dark' } };
const LARGE = { words: 'with letters twice as large', media: {}, letters: 32 };
const DAY = { colorScheme: 'light', contrast: 'no-preference' };
const LETTERS = 16;
// A press within the first moment was meant for what stood there before.
const MEANT_MS = 350;

// One that lasts as long as anybody looks at it, and one that goes by itself through its moments.
const LONG = debate({ seconds: 7200, rounds: [{ at_s: 3600, freeze_s: 60 }], eliminate: [{ fixed: [1] }] });
const SHORT = debate({ seconds: 100, rounds: [{ at_s: 45, freeze_s: 40 }], eliminate: [{ fixed: [1] }] });

/** The usual amount on the second outcome, by taps on a phone. */
async function bets({ screen, page }, side) {
  await screen.tap(`#outcome-1 .price.${side}`);
  await screen.tap(`#bet-${side}`);
  await page.waitForSelector('#confirm');
  await page.waitForTimeout(MEANT_MS);
  await screen.tap('#confirm .primary');
}

export async function light(album, stage) {
  const browser = await stage.browser();
  const server = await stage.server(LONG, { publicUrl: PUBLIC_URL });
  const cable = await stage.cable(server.url);
  let lena;

  /** A page on every size, by day. */
  async function show(caption, sizes = EVERY, screen = lena.screen) {
    await album.showWhole(screen, caption, sizes);
  }

  /** The same as some ask for it. */
  async function showFor(wish, caption, sizes = ENDS) {
    const { page, context } = lena.screen;
    const network = await context.newCDPSession(page);
    const letters = (standard) => network.send('Page.setFontSizes', { fontSizes: { standard } });
    await page.emulateMedia({ ...DAY, ...wish.media });
    await album.showWhole(lena.screen, `${caption}, ${wish.words}`, sizes, () => letters(wish.letters ?? LETTERS));
    await page.emulateMedia(DAY);
    await letters(LETTERS);
    await network.detach();
  }

  async function on(size, tell) {
    await lena.screen.resize(size);
    await tell(lena);
  }

  async function tab(value, caption) {
    await on(PHONE, ({ screen }) => screen.tap(`#tabs [value=${value}]`));
    await show(caption, [PHONE, LYING]);
  }

  async function door() {
    const visitor = await Screen.open(browser, 'visitor', PHONE);
    await visitor.goto(server.url);
    await visitor.page.waitForSelector('#name:enabled');
    await show('The door', EVERY, visitor);
    await visitor.page.fill('#name', 'admin');
    await visitor.page.press('#name', 'Enter');
    await visitor.page.waitForFunction(() => document.getElementById('error').textContent !== '');
    await show('A name that cannot be had', [PHONE, LYING], visitor);
    await visitor.context.close();
  }

  async function lobby() {
    lena = await LightPlayer.join(browser, cable.url, 'Lena', LAPTOP);
    await lena.page.emulateMedia(DAY);
    await lena.sees('.people .you', 'Lena');
    stage.bots(server.url, { count: 7, seed: 7, paceMs: 6_000, start: false });
    await lena.page.waitForFunction(() => document.querySelectorAll('.people li').length > 7);
    await show('The lobby');
    for (const wish of [NIGHT, LARGE]) await showFor(wish, 'The lobby');
  }

  async function practice() {
    await on(PHONE, ({ screen }) => screen.tap('[data-do=practise]'));
    await lena.sees('.practice-strip', 'PRACTICE');
    await show('Practice', [PHONE, LYING, LAPTOP]);
    await on(PHONE, (player) => bets(player, 'yes'));
    await lena.sees('.practice-strip', '1 of 3 done');
    await show('One mission is done', [PHONE, LYING]);
  }

  async function trading() {
    // One more, who starts it.
    stage.bots(server.url, { count: 1, seed: 8, paceMs: 6_000 });
    await lena.sees('.phase.running');
    await album.show(lena.screen, 'Practice is over', ENDS);
    await show('The market');
    for (const wish of [NIGHT, CONTRAST, CONTRAST_BY_NIGHT, LARGE]) await showFor(wish, 'The market');
  }

  async function ticket() {
    await on(LAPTOP, ({ screen }) => screen.tap('#outcome-2 .price.yes'));
    await lena.type('40');
    await lena.sees('#bet-yes[aria-disabled=false]');
    await show('The ticket beside the market, with what every price would be', [TABLET, LAPTOP]);
    await lena.screen.resize(PHONE);
    await lena.screen.tap('#tabs [value=trade]');
    await show('The ticket', [PHONE, LYING]);
    for (const wish of [NIGHT, CONTRAST, LARGE]) await showFor(wish, 'The ticket', [PHONE]);
    await lena.screen.tap('#bet-yes');
    await lena.sees('#confirm');
    await album.show(lena.screen, 'The question before sending', EVERY);
    await showFor(LARGE, 'The question before sending', [PHONE]);
    await lena.screen.resize(PHONE);
    await lena.page.waitForTimeout(MEANT_MS);
    await lena.screen.tap('#confirm .primary');
    await lena.page.waitForSelector('#confirm', { state: 'detached' });
    await tab('portfolio', 'The portfolio');
    await tab('more', 'Everything else');
    await tab('trade', 'The ticket again');
  }

  async function refused() {
    await on(LAPTOP, ({ screen }) => screen.tap('#outcome-0 .price.no'));
    await lena.type('900');
    await lena.sees('.repairs button');
    await show('Too much: the reason, and what one press would do', [LAPTOP]);
    await lena.screen.resize(PHONE);
    await lena.screen.tap('#tabs [value=trade]');
    await show('Too much: the reason, and what one press would do', [PHONE]);
    await lena.press('Escape');
  }

  async function away() {
    cable.pull();
    await lena.sees('.banner', 'Connection lost');
    await album.show(lena.screen, 'Disconnected', ENDS);
    cable.plug();
    await lena.page.locator('.banner', { hasText: 'Connection lost' }).waitFor({ state: 'detached' });
  }

  /** Another session, whose ticks are far apart, on its first phone. */
  async function meantime() {
    const slow = await stage.server({ ...LONG, params: { ...LONG.params, batch_interval_ms: 10_000 } });
    const maya = await LightPlayer.join(browser, slow.url, 'Maya', PHONE);
    await maya.page.emulateMedia(DAY);
    stage.bots(slow.url, { count: 3, seed: 7, paceMs: 60_000 });
    await maya.sees('.phase.running');
    await bets(maya, 'yes');
    await maya.page.waitForSelector('#confirm', { state: 'detached' });
    await maya.screen.tap('#tabs [value=portfolio]');
    await album.show(maya.screen, 'The portfolio, before the order goes to market', [PHONE]);
    await maya.screen.context.close();
  }

  /** Another session, of which she has something. */
  async function freeze() {
    await lena.screen.context.close();
    const short = await stage.server(SHORT);
    lena = await LightPlayer.join(browser, short.url, 'Lena', PHONE);
    await lena.page.emulateMedia(DAY);
    stage.bots(short.url, { count: 7, seed: 7, paceMs: 3_000 });
    await lena.sees('.phase.running');
    await bets(lena, 'no');
    await lena.sees('.moment');
    await album.show(lena.screen, 'Who is out?', ENDS);
    await lena.sees('.moment.told', 'IS OUT');
    await album.show(lena.screen, 'One is out', EVERY);
    await showFor(LARGE, 'One is out', [PHONE]);
  }

  /** The picture that one may keep, alone on a page. */
  async function kept() {
    const picture = await lena.page.evaluate(async () => {
      const { draw } = await import('/result.js');
      return draw({ ...document.querySelector('[data-keep]').dataset }).toDataURL();
    });
    const screen = await Screen.open(browser, 'keeper', PHONE);
    await screen.page.setContent(`<img src="${picture}" width="360">`);
    await album.show(screen, 'One\'s result as a picture', [PHONE]);
    await screen.context.close();
  }

  async function end() {
    await lena.sees('#end-title', ' wins with $');
    await show('The end');
    await kept();
    for (const wish of [NIGHT, CONTRAST, LARGE]) await showFor(wish, 'The end');
  }

  await album.chapter('The door', door);
  await album.chapter('The lobby', lobby, { isNeeded: true });
  await album.chapter('Practice', practice);
  await album.chapter('Trading', trading, { isNeeded: true });
  await album.chapter('An order', ticket);
  await album.chapter('An order that cannot be sent', refused);
  await album.chapter('Away', away);
  await album.chapter('An order on its way', meantime);
  await album.chapter('Freeze and elimination', freeze, { isNeeded: true });
  await album.chapter('The end', end);
}

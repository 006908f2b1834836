// A projector: shows a whole session without a hand on it, and holds neither seat nor socket.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lead, startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { takeSeat } from './lib/people.mjs';
import { Screen, SMALL_WINDOW } from './lib/screen.mjs';
import { EVENING_SESSION } from './lib/session.mjs';

const BOTS = 4;
// Names that the floor's own font does not have, and the fonts that do.
const OUTCOMES = ['Hà Nội', 'תל אביב', '東京', 'West'];
const FONTS = ['/font-han.ttf', '/font-hebrew.ttf', '/font-latin.ttf'];
const SESSION = { ...EVENING_SESSION, params: { ...EVENING_SESSION.params, outcome_names: OUTCOMES } };

const { server, browser, keep } = await openFloor(SESSION);

test('a projector shows a session by itself', async (t) => {
  const screen = await Screen.open(browser, 'projector', SMALL_WINDOW);
  let sockets = 0;
  screen.page.on('websocket', () => (sockets += 1));
  await screen.goto(`${server.url}/?view=floor`);
  await screen.ready();

  await t.test('the lobby, without taking a seat', async () => {
    const { you, seats, widgets } = await screen.phase('Lobby');
    assert.deepEqual({ you, seats, widgets }, { you: null, seats: 0, widgets: {} });
    await screen.picture('lobby');
  });

  await t.test('names in other scripts, by the fonts that they need and no others', async () => {
    await screen.until('the fonts', async () => (await screen.fonts()).length >= FONTS.length);
    assert.deepEqual(await screen.fonts(), FONTS);
    await screen.picture('names');
  });

  await t.test('an emoji is refused with its reason', async () => {
    const { error } = await (await takeSeat(browser, server.url, 'Ada🎉')).json();
    assert.match(error, /^🎉 cannot be in a name, since not every screen can draw it/);
  });

  await t.test('trading', async () => {
    keep(startBots(server.url, { count: BOTS }));
    const { seats } = await screen.phase('Running');
    assert.equal(seats, BOTS);
    await screen.picture('running');
  });

  await t.test('the freeze with its elimination', async () => {
    await lead(server.url, 'round');
    await screen.phase('Frozen');
    await screen.until('an elimination', ({ outcomes }) => outcomes.some((outcome) => outcome.Eliminated));
    await screen.picture('elimination');
    await screen.phase('Running');
  });

  await t.test('the end', async () => {
    await lead(server.url, 'end');
    const { outcomes } = await screen.until('the end', ({ phase, ended }) => phase === 'Resolved' && ended);
    assert.equal(outcomes.filter((outcome) => outcome === 'Won').length, 1);
    await screen.picture('end');
  });

  assert.equal(sockets, 0, 'what everyone may read needs none');
  // Nobody's hand was on it: browsers let nothing be heard, and nothing waits to be heard at once.
  assert.equal(await screen.page.evaluate(() => window.tones), 0);
  assert.deepEqual(screen.faults, []);
});

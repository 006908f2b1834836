// Sessions of few and of many outcomes: what suits five has to hold three, and ten with names as long as they may be.

import { LightPlayer } from '../e2e/lib/light.mjs';
import { Host, Player } from '../e2e/lib/people.mjs';
import { Screen, bringToFront } from '../e2e/lib/screen.mjs';
import { FRAMES_TO_PLAY } from './album.mjs';
import { party } from './debate.mjs';
import { LAPTOP, LYING, PHONE, WALL } from './stage.mjs';

const PACE_MS = 6_000;
// The freeze lasts for as many pictures as one wants, and the end ends it.
const CLOCK = { total_duration: 7200, rounds: [{ at_s: 3600, freeze_s: 900 }] };
const LONG = [
  'Maximiliana von Habsburg', 'Bartholomew Featherstone', 'Konstantin Papadopoulos', 'Dorothea of Saxe-Coburg',
  'Emmeline Pankhurst-Green', 'Ferdinand Lopez de Aguir', 'Guillemette Charbonneau', 'Hjalmar Bergstrom-Olsen',
  'Isabella Montefeltro III', 'Jean-Jacques de la Tour',
];

/** The fewest outcomes. */
export function three(album, stage) {
  return played(album, stage, { words: 'three outcomes', names: ['Ada', 'Blaise', 'Carl'], bots: 3, market: {} });
}

/** The most, with long names and a crowd. */
export function ten(album, stage) {
  const market = { zeta_start: '0.06', zeta_end: '0.03' };
  return played(album, stage, { words: 'ten outcomes with long names', names: LONG, bots: 24, market });
}

async function played(album, stage, { words, names, bots, market }) {
  const { url } = await stage.server({
    name: `A night of ${names.length}`,
    question: 'Who takes the crown?',
    params: { ...party(names.length), ...CLOCK, ...market, n_outcomes: names.length, outcome_names: names },
    script: { winner: { fixed: 0 }, eliminate: [{ fixed: [1] }] },
  });
  const browser = await stage.browser();
  const who = {};
  const arrive = async () => {
    who.player = (await Player.join(browser, url, 'Grace', LAPTOP)).screen;
    who.projector = await Screen.open(browser, 'projector', LAPTOP);
    await who.projector.goto(`${url}/?view=floor`);
    await who.projector.ready();
    who.host = await Host.arrive(browser, url, LAPTOP);
    await who.host.logIn();
    who.light = await LightPlayer.join(browser, url, 'Lena', LAPTOP);
    who.front = (screen) => bringToFront(screen, [who.player, who.projector, who.host.screen]);
    stage.bots(url, { count: bots, seed: 3, paceMs: PACE_MS });
  };
  await album.chapter('Everybody comes', arrive, { isNeeded: true });
  await album.chapter(`Trading with ${words}`, () => trading(album, who, words), { isNeeded: true });
  await album.chapter(`One of ${words} is out`, () => leaving(album, who, words), { isNeeded: true });
  await album.chapter(`The end of ${words}`, () => end(album, who, words));
}

async function trading(album, { player, projector, light, front }, words) {
  await front(player);
  await player.phase('Running');
  await player.until('some trading', ({ tick }) => tick > 30);
  await album.show(player, `The market, ${words}`, [LAPTOP, WALL]);
  await player.resize(PHONE);
  await player.click('tab.market');
  await album.show(player, `The market, ${words}`, [PHONE, LYING]);
  await player.click('tab.trade');
  await album.show(player, `The ticket, ${words}`, [PHONE, LYING]);
  await player.resize(LAPTOP);
  await player.click('outcome.1.yes');
  await player.click('ticket.quick.0');
  await player.click('ticket.bet.yes');
  await player.click('ticket.confirm');
  await album.show(player, `After a bet, ${words}`, [LAPTOP]);
  await album.showWhole(light.screen, `The light floor, ${words}`, [PHONE, LYING, LAPTOP, WALL]);
  await front(projector);
  await album.show(projector, `The projector, ${words}`, [LAPTOP, WALL], FRAMES_TO_PLAY);
}

async function leaving(album, { player, projector, host, light, front }, words) {
  await front(host.screen);
  await host.resolveNext();
  await front(projector);
  await projector.phase('Frozen');
  await album.show(projector, `The projector as one leaves, ${words}`, [LAPTOP, WALL], FRAMES_TO_PLAY);
  await front(player);
  await player.phase('Frozen');
  await album.show(player, `One is out, ${words}`, [LAPTOP, PHONE, LYING], FRAMES_TO_PLAY);
  await album.show(light.screen, `One is out on the light floor, ${words}`, [PHONE, LAPTOP]);
}

async function end(album, { player, projector, host, light, front }, words) {
  await front(host.screen);
  await host.resolveFinal();
  await front(projector);
  await projector.phase('Resolved');
  await album.show(projector, `The projector at the end, ${words}`, [LAPTOP, WALL], FRAMES_TO_PLAY);
  await front(player);
  await player.until('the end', ({ phase, ended }) => phase === 'Resolved' && ended);
  await album.show(player, `The end, ${words}`, [LAPTOP, WALL, PHONE, LYING], FRAMES_TO_PLAY);
  await album.showWhole(light.screen, `The end on the light floor, ${words}`, [PHONE, LAPTOP]);
}

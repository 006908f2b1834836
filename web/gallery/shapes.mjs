// Sessions of few and of many outcomes: what suits five has to hold three, and ten with names as long as they may be.

import { startBots } from '../e2e/lib/bots.mjs';
import { LightPlayer } from '../e2e/lib/light.mjs';
import { Host, Player } from '../e2e/lib/people.mjs';
import { LAPTOP, Screen, bringToFront } from '../e2e/lib/screen.mjs';
import { startServer } from '../e2e/lib/server.mjs';
import { FRAMES_TO_PLAY } from './album.mjs';

const PHONE = { width: 360, height: 740 };
const LYING = { width: 740, height: 360 };
const WALL = { width: 2560, height: 1440 };
const PACE_MS = 6_000;
const MARKET = {
  z: '5000', kappa_start: '0.0001', kappa_end: '0.00005', mr_enabled: true, total_duration: 7200,
  rounds: [{ at_s: 3600, freeze_s: 120 }],
};
const LONG = [
  'Maximiliana von Habsburg', 'Bartholomew Featherstone', 'Konstantin Papadopoulos', 'Dorothea of Saxe-Coburg',
  'Emmeline Pankhurst-Green', 'Ferdinand Lopez de Aguir', 'Guillemette Charbonneau', 'Hjalmar Bergstrom-Olsen',
  'Isabella Montefeltro III', 'Jean-Jacques de la Tour',
];

const SHAPES = [
  { words: 'three outcomes', names: ['Ada', 'Blaise', 'Carl'], bots: 3, market: {} },
  { words: 'ten outcomes with long names', names: LONG, bots: 24, market: { zeta_start: '0.06', zeta_end: '0.03' } },
];

/** A chapter for each. */
export async function shapes(album, browser) {
  for (const shape of SHAPES) await album.chapter(`With ${shape.words}`, () => played(album, browser, shape));
}

async function played(album, browser, { words, names, bots, market }) {
  const server = await startServer({
    name: `A night of ${names.length}`,
    question: 'Who takes the crown?',
    params: { ...MARKET, ...market, n_outcomes: names.length, outcome_names: names },
    script: { winner: { fixed: 0 }, eliminate: [{ fixed: [1] }] },
  });
  const screens = [];
  const front = (screen) => bringToFront(screen, screens);
  try {
    const player = await Player.join(browser, server.url, 'Grace', LAPTOP);
    const projector = await Screen.open(browser, 'projector', LAPTOP);
    await projector.goto(`${server.url}/?view=floor`);
    await projector.ready();
    const host = await Host.arrive(browser, server.url, LAPTOP);
    await host.logIn();
    screens.push(player.screen, projector, host.screen);
    const light = await LightPlayer.join(browser, server.url, 'Lena', LAPTOP);
    const crowd = startBots(server.url, { count: bots, seed: 3, paceMs: PACE_MS });
    try {
      await tell(album, { player: player.screen, projector, host, light, front }, words);
    } finally {
      await crowd.stop();
    }
    await light.screen.context.close();
  } finally {
    await Promise.all(screens.map(({ context }) => context.close()));
    await server.stop();
  }
}

async function tell(album, { player, projector, host, light, front }, words) {
  await front(player);
  await player.phase('Running');
  await player.until('some trading', ({ tick }) => tick > 30);
  await album.show(player, `The market, ${words}`, [LAPTOP, WALL, LYING, PHONE]);
  await player.click('tab.trade');
  await album.show(player, `The ticket, ${words}`, [PHONE, LYING]);
  await player.resize(LAPTOP);
  await player.click('outcome.1.yes');
  await player.click('ticket.quick.0');
  await player.click('ticket.bet.yes');
  await player.click('ticket.confirm');
  await album.show(player, `After a bet, ${words}`, [LAPTOP]);
  await album.showWhole(light.screen, `The light floor, ${words}`, [PHONE, LYING, LAPTOP]);
  await front(projector);
  await album.show(projector, `The projector, ${words}`, [LAPTOP, WALL], FRAMES_TO_PLAY);
  await front(host.screen);
  await host.resolveNext();
  await front(projector);
  await album.show(projector, `The projector as one leaves, ${words}`, [LAPTOP, WALL], FRAMES_TO_PLAY);
  await front(player);
  await player.phase('Frozen');
  await album.show(player, `One is out, ${words}`, [LAPTOP, PHONE, LYING], FRAMES_TO_PLAY);
  await album.show(light.screen, `One is out on the light floor, ${words}`, [PHONE, LAPTOP]);
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

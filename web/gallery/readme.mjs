// The README's pictures: with every detail and everything that moves, which takes seconds a frame where the processor
// draws.

import { join } from 'node:path';
import { Host, Player } from '../e2e/lib/people.mjs';
import { Screen, bringToFront } from '../e2e/lib/screen.mjs';
import { debate } from './debate.mjs';
import { LAPTOP, Stage } from './stage.mjs';

const PAPER = { width: 1600, height: 900 };
const TICKS = 45;
// Frames after which something that has just begun is seen best.
const SETTLED = 12;
const BREAKING = 2;
const ERUPTING = 14;

const SESSION = debate({ seconds: 3600, rounds: [{ at_s: 1800, freeze_s: 900 }], eliminate: [{ fixed: [1] }] });

async function keep(screen, name, frames) {
  await screen.nextFrames(frames);
  const path = join(process.env.OUTCRY_GALLERY, `${name}.png`);
  await screen.photograph(path);
  process.stdout.write(`${path}\n`);
}

async function pictures(stage) {
  const server = await stage.server(SESSION);
  const browser = await stage.browser();
  const { screen: grace } = await Player.join(browser, server.url, 'Grace', PAPER);
  const projector = await Screen.open(browser, 'projector', { ...PAPER, calm: false });
  await projector.goto(`${server.url}/?view=floor`);
  await projector.ready();
  const host = await Host.arrive(browser, server.url, LAPTOP);
  await host.logIn();
  stage.bots(server.url, { count: 9, seed: 7, paceMs: 5_000 });

  // Whoever is hidden comes back to what has happened, and does not see it happen: the projector stays.
  await bringToFront(grace, [grace, host.screen]);
  await grace.until('some trading', ({ phase, tick }) => phase === 'Running' && tick > TICKS);
  await grace.click('outcome.2.yes');
  await grace.click('ticket.quick.1');
  await grace.detailed();
  await keep(grace, 'floor', SETTLED);

  // A detailed page leaves the host's no time for a click.
  await bringToFront(host.screen, [grace, host.screen]);
  await grace.context.close();
  await host.resolveNext();
  await host.screen.setHidden(true);
  await projector.until('who is out', ({ outcomes }) => outcomes[1].Eliminated !== undefined);
  await projector.detailed();
  await keep(projector, 'elimination', BREAKING);

  await projector.page.reload();
  await projector.ready();
  await host.screen.setHidden(false);
  await host.resolveFinal();
  await host.screen.setHidden(true);
  await projector.until('the end', ({ ended }) => ended);
  await projector.detailed();
  await keep(projector, 'end', ERUPTING);
}

const stage = new Stage();
let fault;
await pictures(stage).catch((error) => (fault = error));
await stage.close();
if (fault) process.stderr.write(`${fault.stack}\n`);
// A page that hangs keeps its program alive.
process.exit(fault ? 1 : 0);

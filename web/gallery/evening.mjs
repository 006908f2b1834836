// An evening of five outcomes, from the lobby to the end, on the floor that draws the room: a player, a host, a projector.

import { Host, Player } from '../e2e/lib/people.mjs';
import { Screen, bringToFront } from '../e2e/lib/screen.mjs';
import { FRAMES_TO_PLAY } from './album.mjs';
import { debate } from './debate.mjs';
import { nativePictures } from './native.mjs';
import { LAPTOP, LYING, PHONE, PUBLIC_URL, WALL } from './stage.mjs';

const BOTS = 8;
const SEED = 7;
// Slow enough that an order which is looked at can still be sent.
const PACE_MS = 12_000;
// The first is where a host stays.
const SIZES_OF_HOSTS = { 0: [LAPTOP, WALL, PHONE, LYING] };
const SECTIONS = ['Run', 'Configure', 'Lobby', 'Watch', 'Export'];

// The host brings the rounds forward; nothing is left to chance. The second freeze lasts for as many pictures as one wants,
// and the end ends it.
const SESSION = debate({
  seconds: 7200,
  rounds: [{ at_s: 2400, freeze_s: 20 }, { at_s: 4800, freeze_s: 900 }],
  eliminate: [{ fixed: [1] }, { fixed: [4] }],
});

/** Its chapters, in the order in which they happen. */
export async function evening(album, stage) {
  const server = await stage.server(SESSION, { publicUrl: PUBLIC_URL });
  const cable = await stage.cable(server.url);
  const browsers = [await stage.browser(), await stage.browser(), await stage.browser()];
  let grace;
  let host;
  let projector;

  function lookAt(screen) {
    return bringToFront(screen, [grace?.screen, host?.screen, projector].filter(Boolean));
  }

  async function asGrace(tell) {
    await lookAt(grace.screen);
    await tell(grace.screen);
  }

  async function asHost(tell) {
    await lookAt(host.screen);
    await host.screen.resize(LAPTOP);
    await tell(host.screen);
  }

  async function onTheWall(caption, phase) {
    await lookAt(projector);
    await projector.phase(phase);
    await album.show(projector, caption, [LAPTOP, WALL], FRAMES_TO_PLAY);
  }

  async function tab(screen, name, caption, sizes) {
    for (const size of sizes) {
      await screen.resize(size);
      if (size === PHONE && ['trades', 'chart', 'leaders'].includes(name)) await screen.click('tab.more');
      await screen.click(`tab.${name}`);
      await album.show(screen, caption, [size]);
    }
  }

  /** On a phone the ticket is behind its tab. */
  async function ticket(screen, caption) {
    await album.show(screen, caption, [LAPTOP]);
    await screen.resize(PHONE);
    await screen.click('tab.trade');
    await album.show(screen, caption, [PHONE, LYING]);
    await screen.resize(LAPTOP);
  }

  async function lobby() {
    grace = await Player.join(browsers[0], cable.url, 'Grace', LAPTOP);
    stage.bots(server.url, { count: BOTS, seed: SEED, start: false, paceMs: PACE_MS });
    const { screen } = grace;
    await screen.until('the bots', ({ seats }) => seats > BOTS);
    await album.show(screen, 'The lobby: rules, who is here, how to bring others', [LAPTOP, WALL, PHONE, LYING]);
    await screen.resize(LAPTOP);
    await screen.click('top.help');
    await album.show(screen, 'Help and settings', [LAPTOP, PHONE]);
    await screen.click('window.close');
    projector = await Screen.open(browsers[2], 'projector', LAPTOP);
    await projector.goto(`${server.url}/?view=floor`);
    await projector.ready();
    await onTheWall('The projector in the lobby', 'Lobby');
  }

  async function hostBefore() {
    host = await Host.arrive(browsers[1], server.url, LAPTOP);
    await asHost(async (screen) => {
      await album.show(screen, 'The host\'s password', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await host.tryPassword('not the password');
      await screen.until('the refusal', ({ denied }) => denied);
      await album.show(screen, 'A wrong password', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await host.logIn();
      await sections('before the start', [0, 1, 2, 3, 4]);
      await host.showSection(1);
      await screen.click('host.presets');
      await album.show(screen, 'Host, the presets', [LAPTOP, PHONE]);
    });
  }

  async function sections(when, indices) {
    for (const index of indices) {
      await host.showSection(index);
      await album.show(host.screen, `Host, ${SECTIONS[index]}, ${when}`, SIZES_OF_HOSTS[index] ?? [LAPTOP, PHONE]);
      await host.screen.resize(LAPTOP);
    }
  }

  async function trading() {
    await asHost(async (screen) => {
      await host.start();
      await screen.phase('Running');
    });
    await asGrace(async (screen) => {
      await screen.phase('Running');
      await album.show(screen, 'The first sight of the market', [LAPTOP]);
      await tab(screen, 'market', 'The first sight of the market', [PHONE, LYING]);
      await screen.resize(LAPTOP);
      await screen.click('outcome.2.yes');
      // Little enough that no crowd can push it beyond the slippage allowed.
      await screen.click('ticket.quick.0');
      await ticket(screen, 'The ticket with its preview, ghosts on every pillar');
      await screen.click('ticket.bet.yes');
      await ticket(screen, 'The confirmation');
      await screen.click('ticket.confirm');
      await grace.receipt();
      await ticket(screen, 'The receipt');
    });
  }

  async function limits() {
    await asGrace(async (screen) => {
      await screen.resize(LAPTOP);
      await screen.click('ticket.full');
      await screen.click('ticket.quick.2');
      await screen.until('what repairs it', async ({ widgets }) => {
        if (widgets['ticket.repair.0']) return true;
        await screen.click('ticket.slippage.less');
        // What repairs it comes a few frames later, and pushes the steps out of sight.
        await screen.nextFrames(4);
        return false;
      });
      await ticket(screen, 'Too much: the reason, and what one tap would do');
      // The crowd trades on: what the repair would let through may be too much a moment later.
      await screen.page.keyboard.press('Escape');
      await screen.until('an empty ticket', ({ widgets }) => !widgets['ticket.repair.0']);
      await screen.click('ticket.kind.1');
      await screen.click('ticket.quick.0');
      await screen.click('ticket.limit.down5');
      await ticket(screen, 'A limit order');
      await grace.send();
      await screen.until('the open order', ({ orders }) => orders.length > 0);
    });
  }

  async function tabs() {
    await asGrace(async (screen) => {
      await tab(screen, 'market', 'The market', [PHONE, LYING]);
      await tab(screen, 'book', 'The book', [LAPTOP, PHONE]);
      await tab(screen, 'trades', 'The tape', [LAPTOP, PHONE]);
      await tab(screen, 'chart', 'The chart', [LAPTOP, PHONE]);
      await tab(screen, 'portfolio', 'The portfolio', [LAPTOP, PHONE, LYING]);
      await tab(screen, 'leaders', 'The leaderboard', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await screen.click('top.history');
      await album.show(screen, 'What happened', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await screen.click('window.close');
      await album.show(screen, 'The running floor', [LAPTOP, WALL]);
      await screen.resize(LAPTOP);
    });
    await onTheWall('The projector while trading goes on', 'Running');
  }

  async function away() {
    await asGrace(async (screen) => {
      cable.pull();
      await screen.until('the loss', ({ connection }) => connection === 'reconnecting');
      await album.show(screen, 'Disconnected', [LAPTOP, PHONE]);
      cable.plug();
      await screen.resize(LAPTOP);
      await screen.until('the connection', ({ connection }) => connection === 'live');
    });
  }

  async function said() {
    await asHost(async (screen) => {
      await sections('while trading goes on', [0, 2, 3]);
      for (const size of [LAPTOP, PHONE]) {
        // It folds by itself where no hand is.
        await host.emergency();
        await album.show(screen, 'Host, what is for an emergency', [size]);
      }
      await screen.resize(LAPTOP);
      await screen.clickUntil('host.resolve.next', 1, ({ widgets }) => widgets['host.resolve.next.not']);
      await album.show(screen, 'Host, whether to run the round', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await screen.click('host.resolve.next.not');
      await host.noEmergency();
      await screen.type('host.announcement', 'Pizza is here: we stop for ten minutes');
      // Whoever is away does not hear it.
      await grace.screen.setHidden(false);
      await screen.click('host.announce');
    });
    await asGrace(async (screen) => {
      await screen.until('the message', ({ announcement }) => announcement);
      await album.show(screen, 'The host says something to all', [LAPTOP, PHONE]);
    });
    await onTheWall('The projector as the host says something', 'Running');
  }

  async function paused() {
    await asHost(async (screen) => {
      await host.run('host.pause');
      await screen.phase('Paused');
    });
    await asGrace(async (screen) => {
      await screen.phase('Paused');
      await album.show(screen, 'Paused by the host', [LAPTOP, PHONE]);
    });
    await onTheWall('The projector while the host pauses', 'Paused');
    await asHost(async (screen) => {
      await album.show(screen, 'Host, Run, in a pause', [LAPTOP, PHONE]);
      await screen.resize(LAPTOP);
      await host.run('host.resume');
      await screen.phase('Running');
    });
  }

  async function freeze() {
    await asHost(() => host.resolveNext());
    await asGrace(async (screen) => {
      await screen.until('trading among those who are left', ({ phase, outcomes }) => phase === 'Running' && outcomes[1].Eliminated);
      await album.show(screen, 'After an elimination', [LAPTOP, PHONE], FRAMES_TO_PLAY);
    });
    await asGrace((screen) => screen.resize(LAPTOP));
    await asHost(async () => {
      await grace.screen.setHidden(false);
      await host.resolveNext();
    });
    await asGrace(async (screen) => {
      await screen.phase('Frozen');
      await album.show(screen, 'Trading stops', [LAPTOP], 0);
      await album.show(screen, 'One is out', [LAPTOP, WALL, PHONE, LYING], FRAMES_TO_PLAY);
    });
    await onTheWall('The projector as one is out', 'Frozen');
    await asHost((screen) => album.show(screen, 'Host, Run, as one is out', [LAPTOP, PHONE]));
  }

  async function end() {
    await asHost(() => host.resolveFinal());
    await asGrace(async (screen) => {
      await screen.until('the end', ({ phase, ended }) => phase === 'Resolved' && ended);
      await album.show(screen, 'The end: rankings and own statement', [LAPTOP, WALL, PHONE, LYING], FRAMES_TO_PLAY);
    });
    await onTheWall('The projector at the end', 'Resolved');
    await asHost(() => sections('at the end', [0, 3, 4]));
  }

  await album.chapter('The lobby', lobby, { isNeeded: true });
  await album.chapter('The host before the start', hostBefore, { isNeeded: true });
  await album.chapter('Trading', trading, { isNeeded: true });
  await album.chapter('Orders with limits', limits);
  await album.chapter('The panels', tabs);
  await album.chapter('The desktop program', () => nativePictures(album, server.url));
  await album.chapter('Away', away);
  await album.chapter('The host in between', said);
  await album.chapter('Pause', paused);
  await album.chapter('Freeze and elimination', freeze);
  await album.chapter('The end', end);
}

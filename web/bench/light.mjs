// P12: what the light floor costs a phone that has nothing: bytes to a ticket that can be used, and how long that and a
// first order take on a slow processor and line.

import { startBots } from '../e2e/lib/bots.mjs';
import { PHONE, Screen, startBrowser } from '../e2e/lib/screen.mjs';
import { startServer } from '../e2e/lib/server.mjs';
import { SHORT_SESSION } from '../e2e/lib/session.mjs';

const BYTES_MAX = 300_000;
const USABLE_MAX_MS = 2_000;
const ORDER_MAX_MS = 20_000;
// A processor four times as slow as this one, on a fourth-generation line far from its mast.
const SLOWER = 4;
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };

function line(figure, value, bar) {
  process.stdout.write(`${'P12'.padEnd(4)} ${figure.padEnd(58)} ${value.padStart(12)}   ${bar}\n`);
}

async function visit(browser, url) {
  const { page, context } = await Screen.open(browser, 'phone', PHONE);
  const network = await context.newCDPSession(page);
  let bytes = 0;
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', LINE);
  await network.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(url);
  await page.waitForSelector('#name:enabled');
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  // The program is fetched while the name is typed.
  const ready = await page.evaluate(() => new Promise((done) => {
    const look = () => (performance.getEntriesByName('light-ready').length > 0 ? done(performance.now()) : setTimeout(look, 10));
    look();
  }));
  const named = Date.now();
  await page.fill('#name', 'Phone');
  await page.press('#name', 'Enter');
  await page.waitForSelector('.price');
  const entered = Date.now();
  await page.tap('#outcome-0 .price.yes');
  await page.tap('#bet-yes');
  await page.waitForSelector('#confirm');
  await page.waitForTimeout(350);
  await page.tap('#confirm .primary');
  await page.waitForFunction(() => /accepted|filled/i.test(document.querySelector('#announcer').textContent));
  const accepted = Date.now();
  await context.close();
  return { bytes, painted, usable: ready - painted + (entered - named), order: accepted - named };
}

const server = await startServer(SHORT_SESSION);
const bots = startBots(server.url, { count: 6 });
const browser = await startBrowser();
try {
  const { bytes, painted, usable, order } = await visit(browser, server.url);
  const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
  line('light floor, bytes over the wire to a ticket', `${Math.round(bytes / 1_000)} kB`, `bar ${BYTES_MAX / 1_000} kB`);
  line('from the link to the first paint', seconds(painted), '4 times slower, 1.6 Mbit/s, 150 ms');
  line('from there to a ticket that can be used', seconds(usable), `bar ${seconds(USABLE_MAX_MS)}`);
  line('from the name to the first accepted order', seconds(order), `bar ${seconds(ORDER_MAX_MS)}`);
  if (bytes > BYTES_MAX) process.exitCode = 1;
} finally {
  await browser.close();
  await bots.stop();
  await server.stop();
}

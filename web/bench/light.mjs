// P12: what the light floor costs a phone that has nothing: bytes to a ticket that can be used, and how long that and a
// first order take on a slow processor and line.

import { startBots } from '../e2e/lib/bots.mjs';
import { startBrowser } from '../e2e/lib/browsers.mjs';
import { PHONE, Screen } from '../e2e/lib/screen.mjs';
import { startServer } from '../e2e/lib/server.mjs';
import { SHORT_SESSION } from '../e2e/lib/session.mjs';

const RUNS = 3;
const BYTES_MAX = 300_000;
const USABLE_MAX_MS = 2_000;
const ORDER_MAX_MS = 20_000;
// The page counts from the answer of the door, whoever watches it from the press: a way over the line more.
const AGREES_MS = 2_000;
// Of somebody who types fast.
const KEY_MS = 120;
// A processor four times as slow as this one, on a fourth-generation line far from its mast.
const SLOWER = 4;
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };

function line(figure, value, bar) {
  process.stdout.write(`${'P12'.padEnd(4)} ${figure.padEnd(58)} ${value.padStart(12)}   ${bar}\n`);
}

/** One visit: bytes, and when each step was reached, in ms. */
async function visit(browser, server, name) {
  const screen = await Screen.open(browser, 'phone', PHONE);
  const { page, context } = screen;
  const network = await context.newCDPSession(page);
  let bytes = 0;
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', LINE);
  await network.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(server.url);
  await page.waitForSelector('#name:enabled');
  // The program is fetched while the name is typed.
  const { painted, ready } = await page.evaluate(() => new Promise((done) => {
    const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
    const look = () => (at('light-ready') ? done({ painted: at('first-contentful-paint'), ready: at('light-ready') }) : setTimeout(look, 10));
    look();
  }));
  await page.locator('#name').pressSequentially(name, { delay: KEY_MS });
  const steps = [];
  const named = Date.now();
  const step = async (what, done) => {
    await done();
    steps.push({ what, at: Date.now() - named });
  };
  await step('the name, and the market is there', async () => {
    await page.press('#name', 'Enter');
    await page.waitForSelector('.price');
  });
  const entered = steps[0].at;
  await step('a price, and the ticket is there', async () => {
    await page.tap('#outcome-0 .price.yes');
    await page.waitForSelector('#bet-yes[aria-disabled=false]');
  });
  await step('a side with what it pays, and the question', async () => {
    await page.tap('#bet-yes');
    await page.waitForSelector('#confirm');
  });
  await step('yes, and it is accepted', async () => {
    // A press within the first moment was meant for what stood there before.
    await page.waitForTimeout(350);
    await page.tap('#confirm .primary');
    await page.waitForFunction(() => /accepted|filled/i.test(document.querySelector('#announcer').textContent));
  });
  // A page that goes at once takes its word with it.
  const told = async () => (await server.table('funnel.csv')).find((row) => row.user === name)?.order_ms;
  while (!(await told())) await page.waitForTimeout(100);
  await context.close();
  return { bytes, painted, fetched: ready - painted, entered, steps };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

const server = await startServer(SHORT_SESSION);
const bots = startBots(server.url, { count: 6 });
const browser = await startBrowser();
try {
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, server, `Phone ${run}`));
  const of = (read) => median(visits.map(read));
  const bytes = Math.max(...visits.map((one) => one.bytes));
  line('light floor, bytes over the wire to a ticket', `${Math.round(bytes / 1_000)} kB`, `bar ${BYTES_MAX / 1_000} kB`);
  line(`from the link to the first paint, median of ${RUNS}`, seconds(of((one) => one.painted)), '4 times slower, 1.6 Mbit/s, 150 ms');
  line('from there to the program, while a name is typed', seconds(of((one) => one.fetched)), '');
  line('from the name to the market', seconds(of((one) => one.entered)), '');
  line('both: from the paint to a ticket that can be used', seconds(of((one) => one.fetched + one.entered)), `bar ${seconds(USABLE_MAX_MS)}`);
  for (const [index, { what }] of visits[0].steps.entries()) line(`  ${what}`, seconds(of((one) => one.steps[index].at)), '');
  line('from the name to the first accepted order', seconds(of((one) => one.steps.at(-1).at)), `bar ${seconds(ORDER_MAX_MS)}`);
  const newcomers = await server.table('funnel.csv');
  const recorded = newcomers.map((row) => Number(row.order_ms) - Number(row.named_ms));
  line('  the same, as the pages told the server (funnel.csv)', seconds(median(recorded)), `within ${seconds(AGREES_MS)} each`);
  const agrees = visits.every((one, run) => Math.abs(one.steps.at(-1).at - recorded[run]) < AGREES_MS);
  if (bytes > BYTES_MAX || !agrees) process.exitCode = 1;
} finally {
  await browser.close();
  await bots.stop();
  await server.stop();
}

// P8: what comes over the wire until the first frame, and how long a browser that has nothing
// takes to it.

import { startBrowser } from '../e2e/lib/browsers.mjs';
import { startServer } from '../e2e/lib/server.mjs';
import { QUICK_SESSION } from '../e2e/lib/session.mjs';

const RUNS = 3;
const BYTES_MAX = 6 << 20;
const FIRST_FRAME_LIMIT_MS = 240_000;

async function visit(browser, url) {
  // A context of its own has an empty cache.
  const context = await browser.newContext();
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  const answers = new Map();
  let bytes = 0;
  await network.send('Network.enable');
  network.on('Network.responseReceived', ({ requestId, response }) => answers.set(requestId, response));
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    const answer = answers.get(requestId);
    if (answer?.mimeType !== 'application/wasm') return;
    const encoding = answer.headers['content-encoding'];
    if (encoding !== 'br') throw new Error(`the program came as ${encoding ?? 'it is'}, not in brotli`);
  });
  // The projector's view: nobody has to type a name first.
  await page.goto(`${url}/?view=floor`);
  await page.waitForFunction(() => performance.getEntriesByName('first-frame').length > 0, null, { timeout: FIRST_FRAME_LIMIT_MS });
  const at = await page.evaluate(() =>
    Object.fromEntries(performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime])),
  );
  await context.close();
  return { bytes, compiled: at.compiled, first: at['first-frame'] };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const mebibytes = (bytes) => `${(bytes / (1 << 20)).toFixed(2)} MiB`;

function line(figure, value, bar) {
  process.stdout.write(`${'P8'.padEnd(4)} ${figure.padEnd(58)} ${value.padStart(12)}   ${bar}\n`);
}

const server = await startServer(QUICK_SESSION);
const browser = await startBrowser();
try {
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, server.url));
  const bytes = Math.max(...visits.map((one) => one.bytes));
  const of = (read) => seconds(median(visits.map(read)));
  line('web client, bytes over the wire to the first frame', mebibytes(bytes), `bar ${mebibytes(BYTES_MAX)}`);
  line(`from the link to the program compiled, median of ${RUNS}`, of((one) => one.compiled), 'software graphics');
  line(`from there to the first frame, median of ${RUNS}`, of((one) => one.first - one.compiled), 'software graphics');
  if (bytes > BYTES_MAX) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}

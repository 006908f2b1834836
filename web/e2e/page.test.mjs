// The page as the server has it, and where something is missing: scripts, graphics, the program,
// the server.

import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openFloor } from './lib/floor.mjs';
import { Screen, errorIs } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser } = await openFloor(SHORT_SESSION);

// An answer as it came: `fetch` would unpack it.
function ask(path, headers) {
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, server.url), { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on('error', reject);
    });
    request.on('error', reject);
  });
}

test('pages and program come packed out of the server itself, and are kept by their tags', async () => {
  const index = await ask('/', {});
  assert.match(index.headers['content-type'], /^text\/html/);
  const wasm = index.body.toString().match(/data-wasm="([^"]+)"/)[1];
  for (const [path, caching] of [['/boot.js', /^no-cache$/], [wasm, /immutable/]]) {
    const plain = await ask(path, {});
    assert.equal(plain.headers['content-encoding'], undefined);
    for (const [encoding, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]]) {
      const { headers, body } = await ask(path, { 'Accept-Encoding': encoding });
      assert.equal(headers['content-encoding'], encoding);
      assert.match(headers['cache-control'], caching);
      assert.ok(unpack(body).equals(plain.body), `${path} in ${encoding} is the same file`);
      const again = await ask(path, { 'Accept-Encoding': encoding, 'If-None-Match': headers.etag });
      assert.deepEqual([again.status, again.body.length], [304, 0]);
    }
  }
});

test('without scripts the page says what it needs, and offers no form', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  assert.match(await page.innerText('main'), /needs JavaScript/);
  assert.equal(await page.locator('#name').isVisible(), false);
  await context.close();
});

test('without WebGL 2 the link to the room leads to the light floor, and nothing large is fetched', async () => {
  const { page, context } = await Screen.open(browser, 'plain');
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`${server.url}/?view=full`);
  await errorIs(page, 'no WebGL 2');
  await page.fill('#name', 'Plain');
  await page.press('#name', 'Enter');
  await page.waitForSelector('[data-state="light"] #lobby-title');
  assert.match(await page.textContent('#notice'), /no WebGL 2/);
  assert.equal(await page.isVisible('[data-page="floor"]'), false, 'a door that leads nowhere');
  assert.ok(fetched.filter((path) => path.endsWith('.wasm')).every((path) => path.startsWith('/light-')), `${fetched}`);
  await context.close();
});

test('the room opens by itself where nothing is being typed', async () => {
  const { page, context } = await Screen.open(browser, 'idle', { width: 1280, height: 800, calm: false });
  await page.addInitScript(() => {
    // A graphics card, as far as the page can tell.
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function context(kind) {
      return getContext.call(this, kind);
    };
  });
  await page.goto(server.url);
  // By what it fetches: while it starts, nothing asks the page.
  const opens = page.waitForRequest((request) => new URL(request.url()).pathname === '/room.js');
  await page.fill('#name', 'Idle');
  await page.press('#name', 'Enter');
  await opens;
  await context.close();
});

test('the room is fetched only where there is room for it', async () => {
  const { page, context } = await Screen.open(browser, 'roomy', { width: 1280, height: 800, calm: false });
  await page.goto(server.url);
  const fetched = await page.evaluate(async () => {
    const { openRoomWhenIdle } = await import('/floors.js');
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function context(kind) {
      return getContext.call(this, kind);
    };
    const say = (what, value) => Object.defineProperty(navigator, what, { value, configurable: true });
    const device = (memory, saveData) => {
      say('deviceMemory', memory);
      say('connection', { saveData });
    };
    const tried = async (prepare) => {
      device(8, false);
      localStorage.clear();
      prepare();
      let isFetched = false;
      await openRoomWhenIdle({ fetchRoom: async () => (isFetched = true), isBusy: () => true, open: () => {} });
      return isFetched;
    };
    return [
      await tried(() => {}),
      await tried(() => device(2, false)),
      await tried(() => device(8, true)),
      await tried(() => localStorage.setItem('outcry-floor', 'light')),
    ];
  });
  assert.deepEqual(fetched, [true, false, false, false], 'a large device, little memory, a data saver, a choice');
  await context.close();
});

const TRAPS = [
  ['traps', 'Trapped', () => {}, /a fault of its own.*same seat/],
  // The program may meet it before the page is told.
  ['traps on lost graphics', 'Taken', () => {
    document.getElementById('floor').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
  }, /taken the graphics away.*same seat/],
];
for (const [what, name, before, why] of TRAPS) {
  test(`a room that ${what} leads to the light floor, with the same seat`, async () => {
    const { page, context } = await Screen.open(browser, 'trapped');
    await page.goto(`${server.url}/?view=full`);
    await page.fill('#name', name);
    await page.press('#name', 'Enter');
    await page.waitForSelector('[data-floor="full"]:is([data-state="loading"], [data-state="ready"])');
    await page.evaluate(`(${before})();
      dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));`);
    await page.waitForSelector('[data-state="light"] .people .you');
    assert.match(await page.textContent('#notice'), why);
    assert.match(await page.textContent('.people .you'), new RegExp(name));
    await context.close();
  });
}

test('a projector without WebGL 2 says so', async () => {
  const { page, context } = await Screen.open(browser, 'projector');
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(`${server.url}/?view=floor`);
  await errorIs(page, 'no WebGL 2');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'reload');
  await context.close();
});

for (const [floor, view] of [['light', ''], ['full', '?view=full']]) {
  test(`a ${floor} floor that cannot be fetched is tried again on entering, then said`, async () => {
    const { page, context } = await Screen.open(browser, `Olga-${floor}`);
    const program = floor === 'light' ? '/light-' : '/outcry-';
    let tries = 0;
    await page.route('**/*.wasm', (route) => {
      if (new URL(route.request().url()).pathname.startsWith(program)) tries += 1;
      return route.abort();
    });
    await page.goto(`${server.url}/${view}`);
    await page.waitForSelector('#name:enabled');
    await page.waitForLoadState('networkidle');
    const before = tries;
    await page.fill('#name', `Olga ${floor}`);
    await page.press('#name', 'Enter');
    await errorIs(page, 'could not be fetched: check the network and reload');
    assert.deepEqual([before > 0, tries], [true, before + 1]);
    assert.equal(await page.getAttribute('#name', 'aria-invalid'), 'false');
    await context.close();
  });
}

test('a server that is gone is waited for', async () => {
  const { page, context } = await Screen.open(browser, 'patient');
  let isGone = true;
  await page.route('**/session', (route) => (isGone ? route.abort() : route.continue()));
  await page.goto(server.url);
  await errorIs(page, 'cannot be reached');
  isGone = false;
  await errorIs(page, '^$');
  assert.equal(await page.textContent('#session-name'), SHORT_SESSION.name);
  await context.close();
});

test('a projector that could not start needs no hand', async () => {
  const { page, context } = await Screen.open(browser, 'projector');
  await page.clock.install();
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(`${server.url}/?view=floor`);
  await errorIs(page, 'could not be fetched: check the network and reload\\.$');
  const again = page.waitForRequest('**/*.wasm');
  await page.clock.fastForward('00:10');
  await again;
  await context.close();
});

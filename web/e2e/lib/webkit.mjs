// WebKit by WebDriver, under those of Playwright's names that the walks use, meaning the same. Debian's MiniBrowser is a
// window of its own for everybody; its driver has one session, so everybody has a driver too.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './server.mjs';

const DRIVER = '/usr/bin/WebKitWebDriver';
// Debian keeps it with the library, by kind of machine.
const PROGRAM = readdirSync('/usr/lib').map((kind) => join('/usr/lib', kind, 'webkit2gtk-4.1/MiniBrowser')).find(existsSync);
const START_LIMIT_MS = 30_000;
const LOOK_MS = 50;
// With its last compiler WASM seldom goes wrong under load: docs/decisions/three-browsers.md.
const COMPILERS = { JSC_useOMGJIT: '0' };
// By which W3C WebDriver names keys that have no character.
const KEYS = {
  Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Shift: '\uE008', Control: '\uE009', Backspace: '\uE003',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015',
};

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function startWebKit() {
  if (!PROGRAM) throw new Error('there is no MiniBrowser of WebKitGTK below /usr/lib: install webkit2gtk-driver');
  const contexts = new Set();
  return {
    async newContext({ viewport }) {
      const context = await WebKitContext.open(viewport);
      contexts.add(context);
      return context;
    },
    close: () => Promise.all([...contexts].map((context) => context.close())),
  };
}

class WebKitContext {
  static async open(viewport) {
    const home = await mkdtemp(join(tmpdir(), 'outcry-webkit-'));
    // By this GTK says that whoever sits here wants no motion.
    await mkdir(join(home, 'gtk-3.0'));
    await writeFile(join(home, 'gtk-3.0/settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
    const port = await freePort();
    const environment = { ...process.env, ...COMPILERS, XDG_CONFIG_HOME: home };
    const driver = spawn(DRIVER, [`--port=${port}`], { env: environment, stdio: 'ignore' });
    const context = new WebKitContext();
    Object.assign(context, { home, driver, viewport, url: `http://127.0.0.1:${port}`, limitMs: START_LIMIT_MS, at: null });
    await context.start();
    return context;
  }

  async start() {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await fetch(`${this.url}/status`).then((answer) => answer.ok, () => false))) {
      if (Date.now() > deadline) throw new Error(`${DRIVER} did not start`);
      await wait(LOOK_MS);
    }
    const options = { 'webkitgtk:browserOptions': { binary: PROGRAM, args: ['--automation'] } };
    const { sessionId } = await this.ask('POST', '/session', { capabilities: { alwaysMatch: options } });
    this.session = `/session/${sessionId}`;
    await this.ask('POST', `${this.session}/timeouts`, { script: 240_000, pageLoad: 240_000 });
  }

  /** One command of WebDriver; what it refuses is an error with its sentence. */
  async ask(method, path, body) {
    const answer = await fetch(`${this.url}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** A command to one of its windows; they come one after the other. */
  tell(window, method, path, body) {
    const turn = async () => {
      if (this.at !== window) await this.ask('POST', `${this.session}/window`, { handle: window });
      this.at = window;
      return this.ask(method, `${this.session}${path}`, body);
    };
    this.last = (this.last ?? Promise.resolve()).then(turn, turn);
    return this.last;
  }

  async newPage() {
    const isFirst = this.at === null;
    if (isFirst) this.at = await this.ask('GET', `${this.session}/window`);
    const window = isFirst ? this.at : (await this.ask('POST', `${this.session}/window/new`, { type: 'tab' })).handle;
    const page = new WebKitPage(this, window);
    if (isFirst) await page.setViewportSize(this.viewport);
    return page;
  }

  setDefaultTimeout(ms) {
    this.limitMs = ms;
  }

  async close() {
    if (this.isClosed) return;
    this.isClosed = true;
    const ended = new Promise((resolve) => this.driver.on('exit', resolve));
    await this.ask('DELETE', this.session).catch(() => {});
    this.driver.kill('SIGTERM');
    await ended;
    await rm(this.home, { recursive: true, force: true });
  }
}

class WebKitPage {
  #context;
  #window;

  constructor(context, window) {
    this.#context = context;
    this.#window = window;
    this.keyboard = {
      press: (key) => this.#keys(key.split('+')),
      type: async (text) => {
        for (const character of text) await this.#keys([character]);
      },
    };
    this.mouse = {
      move: (x, y) => this.#mouse([pointerTo(x, y)]),
      down: () => this.#mouse([{ type: 'pointerDown', button: 0 }]),
      up: () => this.#mouse([{ type: 'pointerUp', button: 0 }]),
    };
  }

  #tell(method, path, body) {
    return this.#context.tell(this.#window, method, path, body);
  }

  #keys(keys) {
    const values = keys.map((key) => KEYS[key] ?? key);
    const actions = [
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
    ];
    return this.#tell('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] });
  }

  #mouse(actions) {
    return this.#tell('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Nothing of a page's own faults comes through WebDriver. */
  on() {}

  /** Each is a program of its own, and its driver gives it the keys. */
  async bringToFront() {}

  goto(url) {
    return this.#tell('POST', '/url', { url });
  }

  reload() {
    return this.#tell('POST', '/refresh', {});
  }

  close() {
    const closed = this.#tell('DELETE', '/window');
    this.#context.at = undefined;
    return closed;
  }

  /** Runs a function in the page, or the text of a script. */
  evaluate(what, argument) {
    const script = typeof what === 'string' ? what : `return (${what})(arguments[0]);`;
    return this.#tell('POST', '/execute/sync', { script, args: [argument ?? null] });
  }

  async waitForFunction(condition, argument) {
    const deadline = Date.now() + this.limitMs;
    for (;;) {
      // While a page is being loaded there is nothing to ask.
      const found = await this.evaluate(condition, argument).catch(() => false);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`this never held: ${condition} of ${JSON.stringify(argument)}`);
      await wait(LOOK_MS);
    }
  }

  waitForTimeout(ms) {
    return wait(ms);
  }

  get limitMs() {
    return this.#context.limitMs;
  }

  locator(selector, { hasText } = {}) {
    return new Found(this, selector, hasText);
  }

  waitForSelector(selector) {
    return this.locator(selector).waitFor();
  }

  async click(selector) {
    await this.waitForSelector(selector);
    const { x, y } = await this.evaluate((wanted) => {
      const element = document.querySelector(wanted);
      element.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
    }, selector);
    await this.#mouse([pointerTo(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
  }

  async press(selector, key) {
    await this.waitForSelector(selector);
    await this.evaluate((wanted) => document.querySelector(wanted).focus(), selector);
    await this.keyboard.press(key);
  }

  async fill(selector, text) {
    await this.press(selector, 'Control+a');
    await this.keyboard.type(text);
  }

  async textContent(selector) {
    return this.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? null, selector);
  }

  /** The size of the page; the window has a frame around it. */
  async setViewportSize({ width, height }) {
    const frame = await this.evaluate(() => ({ width: outerWidth - innerWidth, height: outerHeight - innerHeight }));
    await this.#tell('POST', '/window/rect', { width: width + frame.width, height: height + frame.height });
    this.size = { width, height };
  }

  viewportSize() {
    return this.size;
  }

  async screenshot({ path }) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(await this.#tell('GET', '/screenshot'), 'base64'));
  }
}

const pointerTo = (x, y) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) });

/** What a selector finds, with a text in it if one is given; which of them, if that was said. */
class Found {
  constructor(page, selector, hasText, index = null) {
    const pattern = hasText instanceof RegExp ? { source: hasText.source, flags: hasText.flags } : null;
    Object.assign(this, { page, selector, hasText, index });
    this.wanted = { selector, pattern, text: pattern ? null : (hasText ?? null), index };
  }

  nth(index) {
    return new Found(this.page, this.selector, this.hasText, index);
  }

  first() {
    return this.nth(0);
  }

  #look() {
    return this.page.evaluate(({ selector, pattern, text, index }) => {
      const plain = (element) => element.textContent.replace(/\s+/g, ' ').trim();
      const isWanted = (element) =>
        pattern ? new RegExp(pattern.source, pattern.flags).test(plain(element))
          : text === null || plain(element).toLowerCase().includes(text.toLowerCase());
      const found = [...document.querySelectorAll(selector)].filter(isWanted);
      const chosen = index === null ? found : found.slice(index, index + 1);
      return chosen.map((element) => ({ text: element.textContent, isSeen: element.checkVisibility({ visibilityProperty: true }) }));
    }, this.wanted);
  }

  async count() {
    return (await this.#look()).length;
  }

  async allTextContents() {
    return (await this.#look()).map(({ text }) => text);
  }

  async isVisible() {
    return (await this.#look()).some(({ isSeen }) => isSeen);
  }

  async waitFor({ state = 'visible' } = {}) {
    const deadline = Date.now() + this.page.limitMs;
    for (;;) {
      const found = await this.#look().catch(() => null);
      if (found && (state === 'detached' ? found.length === 0 : found.some(({ isSeen }) => isSeen))) return;
      if (Date.now() > deadline) throw new Error(`${this.selector} with ${this.hasText ?? 'anything'} was never ${state}`);
      await wait(LOOK_MS);
    }
  }
}

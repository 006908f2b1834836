// A person's screen: a browser context whose canvas is read through the probe and worked by
// real clicks and keys at the places that the probe names.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

// Software WebGL on two shared cores draws a frame in its own time.
const STATE_LIMIT_MS = 240_000;
const LOOK_MS = 150;

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function startBrowser() {
  return chromium.launch({ executablePath: process.env.OUTCRY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS });
}

let pictures = 0;

export class Screen {
  /** Opens a page of its own cookies. */
  static async open(browser, who, size = { width: 960, height: 600 }) {
    const context = await browser.newContext({ viewport: size, acceptDownloads: true, reducedMotion: 'reduce' });
    context.setDefaultTimeout(STATE_LIMIT_MS);
    const page = await context.newPage();
    const screen = new Screen(who, context, page);
    page.on('pageerror', (error) => screen.faults.push(error.message));
    page.on('console', (message) => {
      screen.said.push(message.text());
      if (message.type() === 'error' && message.text().includes('panicked')) screen.faults.push(message.text());
    });
    return screen;
  }

  constructor(who, context, page) {
    Object.assign(this, { who, context, page, faults: [], said: [] });
  }

  goto(url) {
    return this.page.goto(url);
  }

  /** Waits until the floor has drawn its first frame. */
  async ready() {
    await this.page.waitForFunction(() => document.body.dataset.state === 'ready');
  }

  /** What the probe says now. */
  async state() {
    return JSON.parse(await this.page.evaluate(() => window.outcry?.state() ?? 'null'));
  }

  /** Waits until a condition on the state holds and returns that state. */
  async until(what, condition) {
    const deadline = Date.now() + STATE_LIMIT_MS;
    let state = null;
    while (Date.now() < deadline) {
      if (this.faults.length > 0) throw new Error(`${this.who}'s page failed: ${this.faults.join('; ')}`);
      state = await this.state();
      if (state !== null && (await condition(state))) return state;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    await this.picture('stuck');
    throw new Error(`${this.who} never saw: ${what}. The last state was ${JSON.stringify(state)}`);
  }

  /** Clicks a widget of the canvas, once it is there and stands still. */
  async click(name) {
    let last = null;
    const state = await this.until(`the widget ${name}`, ({ widgets }) => {
      const place = widgets[name];
      const stands = place && last && place.x === last.x && place.y === last.y;
      last = place ?? null;
      return stands;
    });
    const { x, y, w, h } = state.widgets[name];
    await this.page.mouse.move(x + w / 2, y + h / 2);
    await this.nextFrames(2);
    // Without a wait in between: a press held over slow frames is no click any more.
    await this.page.mouse.down();
    await this.page.mouse.up();
    await this.nextFrames(2);
  }

  /** Types into a text field of the canvas. */
  async type(name, text) {
    await this.click(name);
    const { keyboard } = this.page;
    // Held over whole frames: a modifier that comes and goes within one is not seen.
    await keyboard.down('Control');
    await this.nextFrames(2);
    await keyboard.press('a');
    await this.nextFrames(2);
    await keyboard.up('Control');
    await this.nextFrames(2);
    await keyboard.type(text);
    await this.nextFrames(2);
  }

  /** Lets the page draw. */
  nextFrames(count) {
    return this.page.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
    }, count);
  }

  /** Keeps a picture of the screen as an artefact. */
  async picture(name) {
    const dir = process.env.OUTCRY_ARTEFACTS ?? 'artefacts';
    await mkdir(dir, { recursive: true });
    pictures += 1;
    const file = `${String(pictures).padStart(2, '0')}-${this.who}-${name}.png`;
    await this.page.screenshot({ path: join(dir, file) });
  }
}

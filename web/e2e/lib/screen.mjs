// A person's screen: a browser context whose canvas is read through the probe and worked by
// real clicks, taps and keys at the places that the probe names.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSER } from './browsers.mjs';
import { installHiding } from './hiding.mjs';
import { within } from './limit.mjs';

// Software WebGL on two shared cores draws a frame in its own time.
const STATE_LIMIT_MS = 240_000;
// The largest screen in every detail takes seconds.
const FRAME_LIMIT_MS = 10_000;
const LOOK_MS = 150;
// Longer than any answer takes, so that nothing is done twice.
const CLICK_AGAIN_MS = 15_000;
// A menu that has not opened by then did not see its click.
const MENU_MS = 10_000;

/** Sizes of screens, in CSS pixels. */
export const SMALL_WINDOW = { width: 960, height: 600 };
export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740, touch: true };
export const LYING = { width: 740, height: 360, touch: true };

/** Waits until the door says what is wrong. */
export function errorIs(page, pattern) {
  return page.waitForFunction((source) => new RegExp(source).test(document.getElementById('error').textContent), pattern);
}

/** Brings one of several pages to the front, so that the others cost no frames. */
export async function bringToFront(front, screens) {
  for (const screen of screens) await screen.setHidden(screen !== front);
}

/** To be run in a page before its own scripts; counts what can be heard. */
function countTones() {
  const { start } = OscillatorNode.prototype;
  window.tones = 0;
  OscillatorNode.prototype.start = function count(...when) {
    window.tones += 1;
    start.apply(this, when);
  };
}

/** Software graphics are slow, which is said once on a device: here it was. */
function rememberSlow() {
  // An empty page has no storage.
  if (location.protocol.startsWith('http')) localStorage.setItem('outcry-slow-told', 'yes');
}

let pictures = 0;

// A style that comes with a picture, and that the page's policy refuses.
const OF_A_PICTURE = /blocked an inline style/;

export class Screen {
  /** Opens a page of its own cookies. `touch` makes it a screen that is tapped, `calm` one that asks for little motion. */
  static async open(browser, who, { width, height, touch = false, calm = true } = SMALL_WINDOW) {
    const context = await browser.newContext(BROWSER.context({ width, height, touch, calm }));
    context.setDefaultTimeout(STATE_LIMIT_MS);
    if (BROWSER.runsScriptsFirst) {
      await context.addInitScript(installHiding);
      await context.addInitScript(countTones);
      await context.addInitScript(rememberSlow);
    }
    return Screen.openIn(context, who, touch && BROWSER.touches);
  }

  static async openIn(context, who, touch) {
    const page = await context.newPage();
    const screen = new Screen(who, context, page, touch);
    page.on('pageerror', ({ message }) => OF_A_PICTURE.test(message) || screen.faults.push(message));
    page.on('console', (message) => {
      screen.said.push(message.text());
      if (message.type() === 'error' && message.text().includes('panicked')) screen.faults.push(message.text());
    });
    return screen;
  }

  constructor(who, context, page, touch) {
    Object.assign(this, { who, context, page, touch, faults: [], said: [] });
  }

  /** Another tab of the same browser. */
  openTab() {
    return Screen.openIn(this.context, this.who, this.touch);
  }

  async goto(url) {
    const answer = await this.page.goto(url);
    if (!BROWSER.runsScriptsFirst) await this.page.evaluate(rememberSlow);
    return answer;
  }

  /** Takes the keyboard: of several windows on one screen, one has it. */
  async toFront() {
    if (!(await this.page.evaluate(() => document.hasFocus()))) await this.page.bringToFront();
  }

  /** Taps an element of the page, or clicks it where nothing is tapped. */
  async tap(selector) {
    await this.toFront();
    return this.touch ? this.page.tap(selector) : this.page.click(selector);
  }

  /** Waits until the floor has drawn its first frame. */
  async ready() {
    const came = await this.page.waitForFunction((mayStop) => {
      const { state } = document.body.dataset;
      const hasStopped = state === 'light' && document.getElementById('notice').textContent.includes('a fault of its own');
      return (state === 'ready' || (mayStop && hasStopped)) && state;
    }, BROWSER.mayStop);
    if (!BROWSER.mayStop || came === 'ready') return;
    // What its person does: the seat is the same.
    console.warn(`${this.who}'s room stopped as it was entered, and is entered again`);
    await this.page.click('[data-page="floor"]');
    await this.page.waitForFunction(() => document.body.dataset.state === 'ready');
  }

  /** Draws the floor with every detail from now on, however slow that is here. */
  async detailed() {
    await this.page.evaluate(() => { window.outcry.detail = true; });
    await this.nextFrames(1);
  }

  /** What the probe says now. */
  async state() {
    return JSON.parse(await this.page.evaluate(() => window.outcry?.state() ?? 'null'));
  }

  /** The fonts that the floor has fetched, in the order of their names. */
  fonts() {
    return this.page.evaluate(() => {
      const paths = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
      return paths.filter((path) => path.startsWith('/font-')).sort();
    });
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

  phase(name) {
    return this.until(`the phase ${name}`, ({ phase }) => phase === name);
  }

  /** Clicks or taps a widget of the canvas, once it is there and stands still. */
  async click(name, times = 1) {
    const { x, y } = await this.place(name);
    const { mouse, touchscreen } = this.page;
    if (!this.touch) {
      await mouse.move(x, y);
      await this.nextFrames(2);
    }
    for (let time = 0; time < times; time += 1) {
      // Without a wait in between: a press held over slow frames is no click any more.
      await (this.touch ? touchscreen.tap(x, y) : Promise.all([mouse.down(), mouse.up()]));
      await this.nextFrames(2);
    }
  }

  /** Clicks a widget, if it comes within a while: a menu may have closed again. */
  async clickIfThere(name) {
    const deadline = Date.now() + MENU_MS;
    while (Date.now() < deadline) {
      if ((await this.state())?.widgets[name]) return this.click(name);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Clicks until it has its effect: what moves or runs out while frames are slow is clicked again. */
  async clickUntil(name, times, condition) {
    let clickedMs = 0;
    return this.until(`what comes of ${name}`, async (state) => {
      if (condition(state)) return true;
      if (state.widgets[name] && Date.now() - clickedMs > CLICK_AGAIN_MS) {
        await this.click(name, times);
        clickedMs = Date.now();
      }
      return false;
    });
  }

  /** The middle of a widget that is there and stands still. */
  async place(name) {
    let last = null;
    const state = await this.until(`the widget ${name}`, async ({ widgets }) => {
      const place = widgets[name];
      const stands = place && last && place.x === last.x && place.y === last.y;
      last = place ?? null;
      // Seen twice in one slow frame it may still move in the next.
      await this.nextFrames(1);
      return stands;
    });
    const { x, y, w, h } = state.widgets[name];
    return { x: x + w / 2, y: y + h / 2 };
  }

  /** Turns the wheel over a widget until another one, further down, is seen. */
  async scrollTo(name, over) {
    const { x, y } = await this.place(over);
    await this.page.mouse.move(x, y + 120);
    await this.until(`the widget ${name} further down`, async ({ widgets }) => {
      if (widgets[name]) return true;
      await this.page.mouse.wheel(0, 120);
      await this.nextFrames(3);
      return false;
    });
  }

  /** Types into a text field of the canvas, in place of what stands there. */
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

  /** The text in a field of the canvas, as the page knows it. */
  textOf(name) {
    return this.page.evaluate((wanted) => window.outcryPage.fields.find((field) => field.name === wanted)?.text, name);
  }

  /** Gives the keyboard to an element of the page. */
  focus(selector) {
    return this.page.evaluate((wanted) => document.querySelector(wanted).focus(), selector);
  }

  /** What stands in an input of the page. */
  valueOf(selector) {
    return this.page.evaluate((wanted) => document.querySelector(wanted).value, selector);
  }

  /** Puts a text into the input that has the keyboard, without a key. */
  insert(text) {
    return this.page.evaluate((words) => document.execCommand('insertText', false, words), text);
  }

  /** The element that has the keyboard. */
  focused() {
    return this.page.evaluate(() => document.activeElement.id);
  }

  /** Gives the page another size, and the floor time to follow. */
  async resize({ width, height }) {
    const now = this.page.viewportSize();
    if (now.width === width && now.height === height) return;
    await this.page.setViewportSize({ width, height });
    await this.nextFrames(3);
  }

  /** Puts the page into the background, or back to the front. */
  setHidden(hidden) {
    return this.page.evaluate((isHidden) => window.setHidden(isHidden), hidden);
  }

  /** Lets the page draw. */
  nextFrames(count) {
    const drawn = this.page.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
    }, count);
    return within(STATE_LIMIT_MS + count * FRAME_LIMIT_MS, drawn, `${this.who}'s page has not drawn ${count} frames`);
  }

  /** Keeps a picture of the screen as an artefact; returns its file's name. */
  async picture(name) {
    const dir = process.env.OUTCRY_ARTEFACTS ?? 'artefacts';
    await mkdir(dir, { recursive: true });
    pictures += 1;
    const file = `${String(pictures).padStart(2, '0')}-${this.who}-${name}.png`;
    await this.photograph(join(dir, file));
    return file;
  }

  /** A picture into a file. A browser that has too much to do says once in a while that it cannot take one. */
  async photograph(path) {
    try {
      await this.page.screenshot({ path });
    } catch (error) {
      if (!/Unable to capture screenshot/.test(error.message)) throw error;
      await this.nextFrames(1);
      await this.page.screenshot({ path });
    }
  }
}

// Somebody on the light floor, by the keyboard alone: what they do is keys, what they see is
// what a screen reader would.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { BROWSER } from './browsers.mjs';
import { Screen } from './screen.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// More than there are things to stop at on any page.
const TABS_MAX = 150;

export class LightPlayer {
  constructor(screen) {
    Object.assign(this, { screen, page: screen.page });
  }

  /** Comes by the link and enters, all by keys. */
  static async join(browser, url, name, size) {
    const screen = await Screen.open(browser, name, size);
    await screen.goto(url);
    const player = new LightPlayer(screen);
    // The form takes the focus by itself.
    await player.isAt('#name');
    await player.type(name);
    await player.press('Enter');
    await player.sees('#top h1');
    return player;
  }

  /** Waits until an element is there, with a text if one is given. */
  async sees(selector, text) {
    const found = text ? this.page.locator(selector, { hasText: text }) : this.page.locator(selector);
    await found.first().waitFor();
    return found.first();
  }

  /** Waits until the focus is on an element: a key is answered a moment later. */
  async isAt(selector) {
    await this.page.waitForFunction((wanted) => document.activeElement.matches(wanted), selector);
  }

  async press(key) {
    await this.screen.toFront();
    return this.page.keyboard.press(key);
  }

  /** Types into what has the focus. */
  async type(text) {
    await this.screen.toFront();
    return this.page.keyboard.type(text);
  }

  /** Takes the hands off everything: letters are keys of the floor then. */
  rest() {
    return this.page.evaluate(() => document.getElementById('main').focus());
  }

  /** Goes on with the seat that this browser has. */
  async goOn() {
    await this.page.waitForSelector('#continue');
    await this.screen.toFront();
    await this.page.press('#continue', 'Enter');
  }

  /** Presses Tab until the focus is on an element. */
  async tabTo(selector, key = 'Tab') {
    for (let time = 0; time < TABS_MAX; time += 1) {
      const isThere = await this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
      if (isThere) return;
      await this.press(key);
    }
    throw new Error(`no ${key} leads to ${selector}`);
  }

  /** Sends what stands in the ticket: Enter asks, and Enter again confirms. */
  async send() {
    const before = await this.page.locator('.receipts li').count();
    await this.tabTo('#amount');
    await this.press('Enter');
    await this.isAt('#confirm .primary');
    // A press within the first moment was meant for what stood there before.
    await this.page.waitForTimeout(350);
    await this.press('Enter');
    await this.page.locator('.receipts li').nth(before).waitFor();
    await this.isAt('#amount');
  }

  /** The parts of the page that stand beside each other. */
  columns() {
    return this.page.evaluate(() => {
      const places = [...document.getElementById('main').children].map(({ id, offsetTop, offsetHeight }) => ({ id, offsetTop, offsetHeight }));
      return places.filter(({ offsetTop, offsetHeight }) => offsetHeight > 0 && offsetTop === places[0].offsetTop).map(({ id }) => id);
    });
  }

  /** By how much the page is wider than its window. */
  overhang() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** What axe finds, of what is serious or worse. */
  async faults() {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** What a screen reader would find, kept as an artefact; a driver that does not know it finds everything. */
  async hears(name, pattern) {
    if (!BROWSER.hasTree) return;
    const dir = process.env.OUTCRY_ARTEFACTS ?? 'artefacts';
    await mkdir(dir, { recursive: true });
    const tree = await this.page.locator('body').ariaSnapshot();
    await writeFile(join(dir, `${this.screen.who}-${name}.tree.txt`), tree);
    assert.match(tree, pattern);
  }
}

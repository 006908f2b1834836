// Somebody on the light floor, by the keyboard alone: what they do is keys, what they see is
// what a screen reader would.

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
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
    // The form takes the focus by itself.
    await screen.page.waitForFunction(() => document.activeElement.id === 'name');
    await screen.page.keyboard.type(name);
    await screen.page.keyboard.press('Enter');
    const player = new LightPlayer(screen);
    await player.sees('#top h1');
    return player;
  }

  /** Waits until an element is there, with a text if one is given. */
  async sees(selector, text) {
    const found = text ? this.page.locator(selector, { hasText: text }) : this.page.locator(selector);
    await found.first().waitFor();
    return found.first();
  }

  press(key) {
    return this.page.keyboard.press(key);
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
    await this.sees('#confirm');
    // A press within the first moment was meant for what stood there before.
    await this.page.waitForTimeout(350);
    await this.press('Enter');
    await this.page.locator('.receipts li').nth(before).waitFor();
  }

  /** What axe finds, of what is serious or worse. */
  async faults() {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** Keeps what a screen reader would find, as an artefact. */
  async listen(name) {
    const dir = process.env.OUTCRY_ARTEFACTS ?? 'artefacts';
    await mkdir(dir, { recursive: true });
    const tree = await this.page.locator('body').ariaSnapshot();
    await writeFile(join(dir, `${this.screen.who}-${name}.tree.txt`), tree);
    return tree;
  }
}

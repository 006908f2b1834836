// What a part of the gallery plays on: a server, browsers, and whatever else it starts, all ended with it.

import { startBots } from '../e2e/lib/bots.mjs';
import { startBrowser } from '../e2e/lib/browsers.mjs';
import { startCable } from '../e2e/lib/cable.mjs';
import { within } from '../e2e/lib/limit.mjs';
import { startServer } from '../e2e/lib/server.mjs';

/** Sizes of screens, in CSS pixels. */
export { LAPTOP } from '../e2e/lib/screen.mjs';
export const PHONE = { width: 360, height: 740 };
export const LYING = { width: 740, height: 360 };
export const TABLET = { width: 820, height: 1180 };
export const WALL = { width: 2560, height: 1440 };

/** By which guests would come. */
export const PUBLIC_URL = 'http://debate.example.org';

const STOP_LIMIT_MS = 30_000;

export class Stage {
  #kept = [];

  async server(session, options) {
    const server = await startServer(session, options);
    this.#keep(server.stop);
    return server;
  }

  async cable(url) {
    const cable = await startCable(url);
    this.#keep(cable.stop);
    return cable;
  }

  async browser() {
    const browser = await startBrowser();
    this.#keep(() => browser.close());
    return browser;
  }

  bots(url, options) {
    this.#keep(startBots(url, options).stop);
  }

  #keep(stop) {
    this.#kept.push(stop);
  }

  /** Ends everything, the last started first; what does not end is said, and left behind. */
  async close() {
    while (this.#kept.length > 0) {
      await within(STOP_LIMIT_MS, this.#kept.pop()(), 'something has not ended').catch(({ message }) => process.stdout.write(`${message}\n`));
    }
  }
}

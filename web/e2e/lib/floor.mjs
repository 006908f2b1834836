// What a file of tests plays on: a server, browsers, and whatever else it starts, all ended with it.

import { after } from 'node:test';
import { startBrowser } from './browsers.mjs';
import { startServer } from './server.mjs';

/** Opens a session. `keep` notes what else has to be stopped at the end, the last started first. */
export async function openFloor(session, { windows = 1, rooms } = {}) {
  const server = await startServer(session, { rooms });
  const browsers = await Promise.all(Array.from({ length: windows }, () => startBrowser()));
  const kept = [server];
  after(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    while (kept.length > 0) await kept.pop().stop();
  });
  const keep = (thing) => {
    kept.push(thing);
    return thing;
  };
  return { server, browser: browsers[0], browsers, keep };
}

// The page before the floor: what is there at once, and everything that can go wrong.

import { Screen } from '../e2e/lib/screen.mjs';
import { debate } from './debate.mjs';
import { LAPTOP, LYING, PHONE, WALL } from './stage.mjs';

export async function door(album, stage) {
  const { url } = await stage.server(debate({ seconds: 900, rounds: [], eliminate: [] }));
  const browser = await stage.browser();
  await album.chapter('The way in', () => wayIn(album, browser, url));
  await album.chapter('The program is slow', () => slow(album, browser, url));
  await album.chapter('No graphics', () => plain(album, browser, url));
}

async function open(browser, size) {
  const screen = await Screen.open(browser, 'visitor', size);
  await screen.page.route('**/*.wasm', (route) => route.abort());
  return screen;
}

async function wayIn(album, browser, url) {
  const visitor = await open(browser, LAPTOP);
  await visitor.goto(url);
  await visitor.page.waitForSelector('#name:enabled');
  await album.show(visitor, 'The door', [LAPTOP, WALL, PHONE, LYING]);
  await visitor.page.fill('#name', 'admin');
  await visitor.page.press('#name', 'Enter');
  await visitor.page.waitForFunction(() => document.getElementById('error').textContent !== '');
  await album.show(visitor, 'A name that cannot be had', [PHONE, LYING]);
  await visitor.page.fill('#name', 'Maria');
  await visitor.page.press('#name', 'Enter');
  await visitor.page.waitForSelector('#reload:visible');
  await album.show(visitor, 'The program cannot be fetched', [LAPTOP, PHONE]);
  await visitor.page.reload();
  await visitor.page.waitForSelector('#continue:visible');
  await album.show(visitor, 'Back at the door', [PHONE, LYING]);
  await visitor.page.click('#forget');
  await visitor.page.waitForSelector('#leave:visible');
  await album.show(visitor, 'Whether to leave the seat', [PHONE, LYING]);
  await visitor.context.close();
}

async function slow(album, browser, url) {
  const visitor = await open(browser, PHONE);
  await visitor.page.unroute('**/*.wasm');
  await visitor.page.route('**/*.wasm', () => {});
  await visitor.goto(`${url}/?view=floor`);
  await visitor.page.waitForSelector('.load:visible');
  await album.show(visitor, 'The program is on its way', [PHONE, LAPTOP]);
  await visitor.context.close();
}

async function plain(album, browser, url) {
  const visitor = await open(browser, PHONE);
  await visitor.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await visitor.goto(`${url}/?view=full`);
  await visitor.page.waitForSelector('#error:not(:empty)');
  await album.show(visitor, 'A browser without WebGL 2', [PHONE]);
  await visitor.context.close();
}

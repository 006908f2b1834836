// A house with several rooms: the door that asks for a code, and the organiser's page, on screens and on paper.

import { PASSWORD } from '../e2e/lib/server.mjs';
import { Screen } from '../e2e/lib/screen.mjs';
import { debate } from './debate.mjs';
import { LAPTOP, LYING, PHONE, PUBLIC_URL, WALL } from './stage.mjs';

const EVERY = [PHONE, LYING, LAPTOP, WALL];
const ROOMS = 5;
const BOTS = 6;

export async function rooms(album, stage) {
  const { url } = await stage.server(debate({ seconds: 3600, rounds: [], eliminate: [] }), { rooms: ROOMS, publicUrl: PUBLIC_URL });
  const browser = await stage.browser();
  await album.chapter('The door of a house', () => code(album, browser, url));
  await album.chapter('The organiser', () => organiser(album, stage, browser, url));
}

async function complains({ page }, place) {
  await page.waitForFunction((id) => document.getElementById(id).textContent !== '', place);
}

async function code(album, browser, url) {
  const guest = await Screen.open(browser, 'guest', PHONE);
  await guest.goto(url);
  await guest.page.waitForSelector('#code');
  await album.show(guest, 'The code of a room is asked for', EVERY);
  await guest.page.fill('#code', 'CCCCC');
  await guest.page.press('#code', 'Enter');
  await complains(guest, 'error');
  await album.show(guest, 'A code of no room', [PHONE, LYING]);
  await guest.context.close();
}

async function organiser(album, stage, browser, url) {
  const desk = await Screen.open(browser, 'organiser', LAPTOP);
  const { page } = desk;
  await desk.goto(`${url}/rooms`);
  await page.waitForSelector('#password');
  await album.show(desk, 'The organiser\'s password', EVERY);
  await page.fill('#password', 'guess');
  await page.press('#password', 'Enter');
  await complains(desk, 'denied');
  await album.show(desk, 'A wrong password', [PHONE]);
  await page.fill('#password', PASSWORD);
  await page.press('#password', 'Enter');
  await page.waitForFunction((count) => document.querySelectorAll('#rooms .room').length === count, ROOMS);
  await page.waitForFunction(() => [...document.querySelectorAll('.qr')].every(({ naturalWidth }) => naturalWidth > 0));
  const first = await page.locator('#rooms .code').first().textContent();
  stage.bots(`${url}/r/${first}`, { count: BOTS });
  await page.locator('.room', { hasText: first }).locator('.phase', { hasText: 'Trading' }).waitFor();
  await album.showWhole(desk, 'The rooms', EVERY);
  await desk.resize(LAPTOP);
  await page.locator('.room').nth(1).locator('.ask').click();
  await page.locator('.room').nth(2).locator('summary').click();
  await album.showWhole(desk, 'Whether to close a room, and another one\'s password', [LAPTOP, PHONE]);
  await desk.resize(LAPTOP);
  await page.locator('.room').nth(1).locator('.yes').click();
  await page.waitForSelector('#closed .closed');
  await page.locator('.closed .ask').click();
  await album.showWhole(desk, 'A closed room, and whether to delete its record', [PHONE, LAPTOP]);
  await page.emulateMedia({ media: 'print' });
  await album.show(desk, 'The links on paper', [{ width: 794, height: 1123 }]);
  await desk.context.close();
}

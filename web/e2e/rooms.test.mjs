// Several rooms in one server: the organiser's page, the door that asks for a code, and one browser in two rooms.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBots } from './lib/bots.mjs';
import { openFloor } from './lib/floor.mjs';
import { LightPlayer } from './lib/light.mjs';
import { LAPTOP, PHONE, Screen, errorIs } from './lib/screen.mjs';
import { PASSWORD } from './lib/server.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser, keep } = await openFloor(SHORT_SESSION, { rooms: 2 });

const codesOn = (page) => page.locator('#rooms .code').allTextContents();

async function countIs(page, count) {
  await page.waitForFunction((wanted) => document.querySelectorAll('#rooms .room').length === wanted, count);
}

test('rooms are organised, found by their codes and played apart', async (t) => {
  const desk = await Screen.open(browser, 'organiser', LAPTOP);
  const { page } = desk;
  let codes = [];

  await t.test('the organiser sees the rooms and opens another', async () => {
    await desk.goto(`${server.url}/rooms`);
    await page.fill('#password', 'guess');
    await page.press('#password', 'Enter');
    await page.locator('#denied', { hasText: /^Wrong password.*\.$/ }).waitFor();
    assert.equal(await page.getAttribute('#password', 'aria-invalid'), 'true');
    await page.fill('#password', PASSWORD);
    await page.press('#password', 'Enter');
    await countIs(page, 2);
    assert.equal(await page.textContent('#denied'), '', 'what was wrong before is past');
    await page.selectOption('#preset', 'demo');
    await page.click('#open button');
    await countIs(page, 3);
    codes = await codesOn(page);
    assert.equal(new Set(codes).size, 3);
    await page.waitForFunction(() => [...document.querySelectorAll('.qr')].every(({ naturalWidth }) => naturalWidth > 0));
    await desk.picture('rooms');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.state:visible, #open:visible, #print:visible').count(), 0, 'no password is printed');
    await desk.picture('rooms-printed');
    await page.emulateMedia({ media: 'screen' });
  });

  const room = (index) => `${server.url}/r/${codes[index]}`;
  let ada;

  await t.test('the door asks for a code, and goes in', async () => {
    const guest = await Screen.open(browser, 'guest', PHONE);
    await guest.goto(`${server.url}/r/CCCCC`);
    await errorIs(guest.page, 'There is no room CCCCC');
    await guest.goto(server.url);
    await guest.page.fill('#code', 'ccc-cc');
    await guest.page.press('#code', 'Enter');
    await errorIs(guest.page, 'There is no room CCCCC');
    await guest.picture('code');
    await guest.page.fill('#code', ` ${codes[0].toLowerCase()}`);
    await guest.page.press('#code', 'Enter');
    await guest.page.waitForURL(room(0));
    await guest.page.waitForSelector('#name:enabled');
    assert.match(await guest.page.textContent('#session-name'), /^Evening session · \d$/);
    await guest.context.close();
  });

  await t.test('one browser has a seat in each of two rooms', async () => {
    ada = await LightPlayer.join(browser, room(0), 'Ada', LAPTOP);
    await ada.sees('.people .you', 'Ada');
    const eve = new LightPlayer(await ada.screen.openTab());
    await eve.screen.goto(room(1));
    await eve.isAt('#name');
    await eve.type('Eve');
    await eve.press('Enter');
    await eve.sees('.people .you', 'Eve');
    keep(startBots(room(0), { count: 2 }));
    await ada.sees('.phase.running');
    assert.equal(await eve.page.locator('.phase.running').count(), 0, 'the other room waits');
    await ada.page.reload();
    await ada.sees('.phase.running');
  });

  await t.test('the organiser sees who plays, and closes a room', async () => {
    await desk.toFront();
    const card = page.locator('.room', { hasText: codes[0] });
    await card.locator('.phase', { hasText: 'Trading' }).waitFor();
    const other = page.locator('.room', { hasText: codes[2] });
    await other.locator('.ask').click();
    await other.locator('.yes').click();
    await countIs(page, 2);
    const gone = await page.evaluate((path) => fetch(path).then(({ status }) => status), `/r/${codes[2]}/session`);
    assert.equal(gone, 404);
  });

  await t.test('a closed room is opened again, and the record of one is deleted', async () => {
    const past = page.locator('#closed .closed', { hasText: codes[2] });
    await desk.picture('rooms-closed');
    await past.locator('.again').click();
    await countIs(page, 3);
    const other = page.locator('.room', { hasText: codes[2] });
    await other.locator('.ask').click();
    await other.locator('.yes').click();
    await past.locator('.ask').click();
    await desk.picture('rooms-delete');
    await past.locator('.yes').click();
    await past.waitFor({ state: 'detached' });
    await countIs(page, 2);
    assert.equal(await page.locator('#past:visible').count(), 0);
  });

  assert.deepEqual([...desk.faults, ...ada.screen.faults], []);
});

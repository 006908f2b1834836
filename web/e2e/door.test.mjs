// The join form, which is HTML and there before the program is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFloor } from './lib/floor.mjs';
import { Screen, errorIs } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const { server, browser } = await openFloor(SHORT_SESSION);

async function door(who, { size, before } = {}) {
  const screen = await Screen.open(browser, who, size);
  await before?.(screen.page);
  await screen.goto(server.url);
  await screen.page.waitForFunction((name) => document.getElementById('session-name').textContent === name, SHORT_SESSION.name);
  return screen;
}

// Without its program the page stays where it is: for what is about the seat. It is fetched as soon as there is a door.
function withoutProgram(page) {
  return page.route('**/*.wasm', (route) => route.abort());
}

async function tryName(page, name) {
  await page.fill('#name', name);
  await page.press('#name', 'Enter');
}

test('a name that is none is refused with a sentence, and the form stays', async () => {
  const { page, context } = await door('visitor');
  await tryName(page, '   ');
  await errorIs(page, '1 to 24');
  await tryName(page, 'a name that is much too long for anyone');
  await errorIs(page, '24');
  await tryName(page, 'admin');
  await errorIs(page, 'reserved');
  assert.equal(await page.getAttribute('#name', 'aria-invalid'), 'true');
  await context.close();
});

test('a seat is remembered, and can be left', async () => {
  const { page, context } = await door('Maria', { before: withoutProgram });
  await tryName(page, 'Maria');
  await page.waitForSelector('#reload:visible');

  const namesake = await door('namesake', { size: { width: 360, height: 740 } });
  await tryName(namesake.page, 'MARIA');
  await errorIs(namesake.page, 'taken');
  await namesake.picture('name-taken');
  await namesake.context.close();

  await page.reload();
  await page.waitForSelector('#continue:visible');
  assert.equal(await page.textContent('#continue'), 'Continue as Maria');
  const cookies = await context.cookies();
  assert.deepEqual(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite })), [{ httpOnly: true, sameSite: 'Strict' }]);
  // Nobody leaves a seat by one press, and whoever stays is who they were.
  await page.click('#forget');
  assert.match(await page.textContent('#leave-question'), /the seat of Maria/);
  await page.click('#stay');
  await page.reload();
  await page.waitForSelector('#continue:visible');
  await page.click('#forget');
  await page.click('#leave-yes');
  await page.waitForSelector('#name:visible');
  const { you } = await page.evaluate(() => fetch('/session').then((answer) => answer.json()));
  assert.equal(you, null);
  await context.close();
});

test('an answer that is lost burns no name, and another name is asked about', async () => {
  const { page, context } = await door('Nils');
  await page.route('**/join', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await tryName(page, 'Nils');
  await errorIs(page, 'cannot be reached');
  await tryName(page, 'Nils');
  await page.waitForSelector('#lobby-title');
  // Another tab of this browser, where the form was open already.
  const tab = await context.newPage();
  await tab.route('**/session', (route) => route.fulfill({ json: { session: 1, name: SHORT_SESSION.name, phase: 'Lobby', you: null, open: true } }));
  await tab.goto(server.url);
  await tryName(tab, 'Nora');
  await errorIs(tab, 'Nils already');
  assert.equal(await tab.textContent('#continue'), 'Continue as Nils');
  await context.close();
});

test('a browser without cookies is told so before it has a seat', async () => {
  const { page, context } = await door('cookieless');
  // As a browser that keeps none.
  await page.route('**/join', async (route) => {
    await context.clearCookies();
    await route.continue();
  });
  await tryName(page, 'Otto');
  await errorIs(page, 'cookies');
  await context.close();
  const other = await door('Otto', { before: withoutProgram });
  await tryName(other.page, 'Otto');
  await other.page.waitForSelector('#reload:visible');
  await other.context.close();
});

test('on a phone of 360 px nothing is cut off', async () => {
  const screen = await door('phone', { size: { width: 360, height: 640 } });
  for (const id of ['#name', '#join button', 'nav a:last-child']) {
    const { x, width } = await screen.page.locator(id).boundingBox();
    assert.ok(x >= 0 && x + width <= 360, `${id} reaches from ${x} to ${x + width}`);
  }
  assert.equal(await screen.page.textContent('#question'), SHORT_SESSION.question);
  await screen.picture('door');
  await screen.context.close();
});

test('the page keeps to a strict content policy', async () => {
  const screen = await Screen.open(browser, 'policy');
  const answer = await screen.goto(server.url);
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  assert.deepEqual(screen.said.filter((text) => text.includes('Content Security Policy')), []);
  await screen.context.close();
});

// A host on a laptop: in by the password, and through every act to the export.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { startBots } from './lib/bots.mjs';
import { parseCsv } from './lib/csv.mjs';
import { openFloor } from './lib/floor.mjs';
import { Host } from './lib/people.mjs';
import { LAPTOP } from './lib/screen.mjs';
import { SHORT_SESSION } from './lib/session.mjs';

const EXTENSION_MS = 60_000;

const { server, browser, keep } = await openFloor(SHORT_SESSION);

test('a host on a laptop', async (t) => {
  const host = await Host.arrive(browser, server.url, LAPTOP);
  const { screen } = host;

  await t.test('a wrong password is refused in a sentence, and slows the next one down', async () => {
    await host.tryPassword('not the password');
    const { denied } = await screen.until('the refusal', (state) => state.denied);
    assert.match(denied, /wrong password: try again in 1 s/);
    // What was typed is there still, in the page's field and in the program: the button can be pressed again.
    assert.equal(await screen.page.inputValue('#password'), 'not the password');
    await screen.clickUntil('host.login', 1, (state) => /try again in 2 s/.test(state.denied));
    // The form is the page's: Enter sends it, and a password manager knows it.
    assert.equal(await screen.page.getAttribute('#password', 'autocomplete'), 'current-password');
    await screen.page.fill('#password', 'nor this one');
    await screen.page.press('#password', 'Enter');
    await screen.until('a longer wait', (state) => /try again in 4 s/.test(state.denied));
    await screen.picture('wrong-password');
    assert.equal((await screen.state()).host, false);
    await host.logIn();
  });

  await t.test('is drawn with more contrast for whoever asks for it', async () => {
    const drawn = () => screen.page.locator('#floor').evaluate((floor) => getComputedStyle(floor).filter);
    assert.equal(await drawn(), 'none');
    await screen.page.emulateMedia({ contrast: 'more' });
    assert.match(await drawn(), /contrast/);
    await screen.picture('contrast');
    await screen.page.emulateMedia({ contrast: null });
    // And for whoever has no such setting.
    await screen.click('top.help');
    await screen.click('prefs.contrast');
    await screen.page.locator(':root[data-contrast]').waitFor();
    assert.match(await drawn(), /contrast/);
    await screen.click('prefs.contrast');
    await screen.page.locator(':root:not([data-contrast])').waitFor();
    await screen.click('window.close');
  });

  await t.test('copies the link, or is given it to copy by hand', async () => {
    await host.showSection(2);
    await screen.page.evaluate(() => {
      // As on a page without https, in a browser that has forgotten the old command.
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
      document.execCommand = () => false;
    });
    await screen.click('host.copy');
    await screen.page.waitForSelector('#by-hand[open]');
    assert.equal(await screen.page.inputValue('#by-hand-text'), server.url);
    await screen.picture('copy-by-hand');
    await screen.page.keyboard.press('Escape');
  });

  await t.test('takes a preset', async () => {
    await host.showSection(1);
    await screen.click('host.presets');
    await screen.click('host.preset.party');
    await screen.click('host.apply');
    await screen.until('the five outcomes of the preset', ({ prices }) => prices.length === 5);
    await screen.picture('preset');
  });

  await t.test('starts, pauses, resumes and extends', async () => {
    keep(startBots(server.url, { start: false }));
    await screen.until('the bots', ({ seats }) => seats === 3);
    await host.start();
    const { end_ms } = await screen.phase('Running');
    await host.run('host.pause');
    await screen.phase('Paused');
    await screen.picture('paused');
    await host.run('host.resume');
    await screen.phase('Running');
    await host.run('host.extend');
    const extended = await screen.until('a later end', (state) => state.end_ms > end_ms);
    assert.equal(extended.end_ms, end_ms + EXTENSION_MS);
  });

  await t.test('has an outcome eliminated now', async () => {
    await host.resolveNext();
    await screen.until('an elimination', ({ outcomes }) => outcomes.filter((outcome) => outcome.Eliminated).length === 1);
    await screen.phase('Running');
  });

  await t.test('overrides the winner, and ends it', async () => {
    const { outcomes } = await screen.state();
    const winner = outcomes.findLastIndex((outcome) => outcome === 'Active');
    await host.overrideWinner(winner);
    await host.resolveFinal();
    const end = await screen.until('the end', ({ phase, ended }) => phase === 'Resolved' && ended);
    assert.equal(end.outcomes[winner], 'Won');
    await screen.picture('acts');
    assert.ok(end.acts.every(({ effect }) => 'Ok' in effect), JSON.stringify(end.acts));
  });

  await t.test('exports the record', async () => {
    const rankings = parseCsv(await readFile(await host.download('rankings.csv'), 'utf8'));
    assert.equal(rankings.length, 3);
    await screen.picture('exported');
  });

  assert.deepEqual(screen.faults, []);
  assert.deepEqual(await screen.fonts(), [], 'no font is fetched that no name needs');
});

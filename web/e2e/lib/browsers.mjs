// The browser of a run, which `OUTCRY_BROWSER` names: Chromium and Firefox by Playwright, which speaks to Debian's
// builds of both, and WebKit, of which it knows its own build only, by WebDriver.

import { chromium, firefox } from 'playwright-core';
import { startWebKit } from './webkit.mjs';

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const FIREFOX_PREFERENCES = {
  'ui.prefersReducedMotion': 1,
  // The processor draws.
  'webgl.force-enabled': true,
  'browser.shell.checkDefaultBrowser': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

const BROWSERS = {
  chromium: {
    start: () => chromium.launch({ executablePath: process.env.OUTCRY_CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS }),
    context: ({ width, height, touch, calm }) => ({
      viewport: { width, height },
      hasTouch: touch,
      isMobile: touch,
      acceptDownloads: true,
      reducedMotion: calm ? 'reduce' : 'no-preference',
    }),
    touches: true,
    runsScriptsFirst: true,
    hasTree: true,
    isHeard: true,
    isInFront: true,
    growsLetters: true,
  },
  firefox: {
    // Without a window it has no WebGL.
    start: () =>
      firefox.launch({
        channel: 'moz-firefox',
        executablePath: process.env.OUTCRY_FIREFOX ?? '/usr/bin/firefox-esr',
        headless: false,
        firefoxUserPrefs: FIREFOX_PREFERENCES,
      }),
    context: ({ width, height }) => ({ viewport: { width, height }, acceptDownloads: true }),
    touches: false,
    runsScriptsFirst: true,
    hasTree: true,
    isHeard: false,
    isInFront: true,
    growsLetters: false,
  },
  webkit: {
    start: startWebKit,
    context: ({ width, height }) => ({ viewport: { width, height } }),
    touches: false,
    runsScriptsFirst: false,
    hasTree: false,
    isHeard: false,
    isInFront: false,
    growsLetters: false,
  },
};

const name = process.env.OUTCRY_BROWSER ?? 'chromium';
if (!(name in BROWSERS)) throw new Error(`OUTCRY_BROWSER is ${name}: it must be one of ${Object.keys(BROWSERS).join(', ')}`);

/**
 * What the browser of this run is and can: `touches`, its screens are tapped; `runsScriptsFirst`, ours before the page's;
 * `hasTree`, its driver tells what a screen reader finds; `isHeard`, it speaks without a loudspeaker on the machine;
 * `isInFront`, its window has the keyboard, so that Tab moves.
 */
export const BROWSER = { name, ...BROWSERS[name] };

export function startBrowser() {
  return BROWSER.start();
}

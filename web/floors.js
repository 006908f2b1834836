// Which of the two floors is entered, and what is taken from one to the other. They are two
// loads of one page: the seat is the browser's, the order being typed goes along.

import { BASE } from './place.js';

// What a page that is left has to say to the one that follows.
const LEFT_KEY = `outcry-left${BASE}`;
// The floor that somebody chose, on this device.
const CHOSEN_KEY = 'outcry-floor';
// Without a hand on the page for so long, the room may open by itself.
const IDLE_MS = 5_000;
// Less memory than this is no room for the room, in GiB.
const MEMORY_MIN = 4;
const ROOMY = '(min-width: 64em) and (hover: hover) and (pointer: fine)';
// Who asked for any of these asked for text.
const PLAIN = '(prefers-reduced-motion: reduce), (prefers-contrast: more), (prefers-reduced-data: reduce), (forced-colors: active)';

function kept(storage, key) {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function keep(storage, key, value) {
  try {
    storage().setItem(key, value);
  } catch {
    // Nothing is kept here: the next page begins as a first one does.
  }
}

/** What the page before left for this one: floor, draft, why, and whether it enters at once. */
export function takeLeft() {
  const text = kept(() => sessionStorage, LEFT_KEY);
  keep(() => sessionStorage, LEFT_KEY, '');
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Loads the page anew on the other floor. What somebody chose is remembered; what happens by itself is no choice. */
export function turnTo(floor, draft, { why = '', isChosen = false }) {
  if (isChosen) keep(() => localStorage, CHOSEN_KEY, floor);
  keep(() => sessionStorage, LEFT_KEY, JSON.stringify({ floor, draft, why, enters: true }));
  location.reload();
}

/** "light" or "full": what the page before asked for, the link, what was chosen here, or what runs everywhere. */
export function firstFloor(left, asked) {
  const chosen = kept(() => localStorage, CHOSEN_KEY);
  return [left.floor, asked, chosen].find((floor) => floor === 'light' || floor === 'full') ?? 'light';
}

/** Whether this browser can draw the room at all; `well`: with a graphics card. */
export function canDraw(well = false) {
  return document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: well }) !== null;
}

/** Fetches and compiles the room's program; `tell` hears which share of its bytes is here. */
export async function fetchRoom(wasm, bytes, tell) {
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  let received = 0;
  // The length in the headers is the compressed one: what arrives here is counted against the
  // size that the build wrote into the page.
  const count = new TransformStream({
    transform(chunk, controller) {
      received += chunk.byteLength;
      tell(Math.min(1, received / bytes));
      controller.enqueue(chunk);
    },
  });
  const counted = new Response(response.body.pipeThrough(count), { headers: { 'Content-Type': 'application/wasm' } });
  return WebAssembly.compileStreaming(counted);
}

/**
 * Opens the room by itself: on large screens that can draw it well, when nobody has chosen and nobody's hand is on the
 * page. `fetchRoom` brings its program; `isBusy` says whether something is being typed or asked.
 */
export async function openRoomWhenIdle({ fetchRoom, isBusy, open }) {
  const isSmall = (navigator.deviceMemory ?? MEMORY_MIN) < MEMORY_MIN || navigator.connection?.saveData;
  if (kept(() => localStorage, CHOSEN_KEY) || isSmall || !matchMedia(ROOMY).matches || matchMedia(PLAIN).matches) return;
  if (!canDraw(true)) return;
  let touchedMs = performance.now();
  let isByKeys = false;
  const touched = (event) => {
    touchedMs = performance.now();
    // Who goes by Tab reads, or listens to, a page.
    if (event.key === 'Tab' || event.code === 'Tab') isByKeys = true;
  };
  for (const name of ['keydown', 'pointerdown', 'wheel']) addEventListener(name, touched, { passive: true });
  await fetchRoom();
  const timer = setInterval(() => {
    if (isByKeys) clearInterval(timer);
    else if (!document.hidden && !isBusy() && performance.now() - touchedMs > IDLE_MS) {
      clearInterval(timer);
      open();
    }
  }, 1_000);
}

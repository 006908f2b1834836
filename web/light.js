// The light floor's hands: its program says what is to be shown, said and done, and this does
// it. Nothing here knows what a price is.

import { copy, speak, stretch } from './hands.js';
import { fill } from './morph.js';
import { BASE } from './place.js';

// Countdowns show seconds.
const TURN_MS = 250;
// A clock that stood still for so long has slept.
const SLEPT_MS = 3_000;
const PREFS_KEY = 'outcry-prefs';
const NARROW = matchMedia('(max-width: 43.99em)');
const CALM = matchMedia('(prefers-reduced-motion: reduce)');

const at = (id) => document.getElementById(id);
const now = () => performance.now();

/** What is remembered on this device, for both floors. */
export function prefs() {
  try {
    return JSON.parse(localStorage.getItem(PREFS_KEY)) ?? {};
  } catch {
    return {};
  }
}

function remember(changes) {
  try {
    localStorage.setItem(PREFS_KEY, JSON.stringify({ ...prefs(), ...changes }));
  } catch {
    // This browser keeps nothing: the choice holds until the page is left.
  }
}

/** A connection that is opened before there is a seat to enter with: its hello is said by whoever takes it. */
class Ahead {
  socket = null;

  open() {
    if (this.socket !== null && this.socket.readyState <= WebSocket.OPEN) return;
    this.socket = new WebSocket(`${location.origin.replace('http', 'ws')}${BASE}/ws`);
  }

  close() {
    this.socket?.close();
    this.socket = null;
  }

  /** The connection to an address, if it is there or on its way. */
  take(url) {
    const { socket } = this;
    if (socket === null || socket.url !== url || socket.readyState > WebSocket.OPEN) return null;
    this.socket = null;
    return socket;
  }
}

/** While somebody types a name. It belongs to the browser's key of that moment. */
export const ahead = new Ahead();

/** What the program calls. Elements change only after the call that asked for it. */
class Page {
  sockets = new Map();
  waiting = [];

  connect(number, url) {
    const socket = ahead.take(url) ?? new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    this.sockets.set(number, socket);
    socket.onopen = () => this.arrive(() => this.floor.socket(number, true));
    socket.onclose = () => this.arrive(() => this.floor.socket(number, false));
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.arrive(() => this.floor.frame(number, new Uint8Array(data)));
    };
    // Of one that was open before nobody is told any more.
    if (socket.readyState === WebSocket.OPEN) queueMicrotask(() => socket.onopen?.());
  }

  send(number, frame) {
    const socket = this.sockets.get(number);
    if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
  }

  close(number) {
    const socket = this.sockets.get(number);
    this.sockets.delete(number);
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }

  chance() {
    return Math.random();
  }

  put(part, html) {
    this.waiting.push(() => show(part, html));
  }

  say(sentence) {
    this.waiting.push(() => speak(sentence));
  }

  focus(id) {
    const isWhole = id === 'main' || id === 'act';
    this.waiting.push(() => focus(at(id), { preventScroll: isWhole }));
    if (isWhole) this.waiting.push(() => scrollTo(0, 0));
  }

  copy(text) {
    this.waiting.push(async () => this.act('copied', String(await copied(text))));
  }

  remember(confirmOrders, moreContrast, fullTicket, hintsDone) {
    stretch(moreContrast);
    remember({
      confirm_orders: confirmOrders, more_contrast: moreContrast, full_ticket: fullTicket, hints_done: hintsDone,
    });
  }

  reload() {
    location.reload();
  }

  // --- and what calls the program ---

  arrive(take) {
    if (!this.floor) return;
    this.guard(take);
    if (this.isDue) return;
    this.isDue = true;
    // A hidden page has no frames: its turns are the timer's.
    requestAnimationFrame(() => this.turn());
  }

  turn() {
    this.isDue = false;
    this.guard(() => this.floor.turn(now()));
  }

  act(what, value) {
    return this.guard(() => this.floor.act(what, value, now()));
  }

  guard(call) {
    if (!this.floor) return false;
    let answer;
    try {
      answer = call();
    } catch (error) {
      this.floor = null;
      clearInterval(this.timer);
      this.broken(error);
      return false;
    }
    const waiting = this.waiting;
    this.waiting = [];
    for (const task of waiting) task();
    return answer;
  }
}

function show(part, html) {
  const element = at(part);
  fill(element, html);
  // What there is stands alone. By name: WebKit does not look again at a page that "has" something empty.
  if (part === 'act') at('light').classList.toggle('alone', html === '');
  if (part === 'dialog') {
    const dialog = element.querySelector('dialog');
    if (dialog && !dialog.open) {
      dialog.showModal();
      focus(dialog.querySelector('[autofocus]'));
    }
  }
  if (part === 'top') beat(element.querySelector('.beat'));
}

// What was behind a dialog, or has just come, has the focus once its style is known: WebKit refuses it before.
function focus(element, options) {
  if (element && getComputedStyle(element).display !== 'none') element.focus(options);
}

// A bar that fills from one tick to the next.
function beat(bar) {
  if (!bar || CALM.matches || bar.tick === bar.dataset.beat) return;
  bar.tick = bar.dataset.beat;
  bar.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], { duration: Number(bar.dataset.ms) });
}

// What cannot be copied is selected, to be copied by hand.
async function copied(text) {
  const isCopied = await copy(text);
  const link = at('link');
  if (!isCopied) {
    link?.focus();
    link?.select();
  }
  return isCopied;
}

// --- one's result as a picture; few ask for it, and only at the end ---

async function keepResult({ keep: file, ...result }) {
  const { keep } = await import('/result.js');
  await keep({ ...result, file });
}

// --- what a word means, by a tap: the sentence that a pointer gets by resting on it ---

function explain(light, tip) {
  const hide = () => tip.hidePopover?.();
  light.addEventListener('click', ({ target }) => {
    const term = target.closest?.('[title]');
    if (!term || target.closest('button, a, input, select, summary')) return;
    tip.textContent = term.title;
    tip.hidden = false;
    // Over a dialog too; where a browser has no such layer it stands over the page alone.
    tip.showPopover?.();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target === tip || !target.closest?.('[title]')) {
      hide();
      tip.hidden = true;
    }
  });
}

// --- what people do ---

function listen(page, light) {
  const doing = (event) => event.target.closest?.('[data-do]');
  light.addEventListener('click', (event) => {
    const keeping = event.target.closest?.('[data-keep]');
    if (keeping) keepResult(keeping.dataset);
    const element = doing(event);
    if (element?.nodeName !== 'BUTTON') return;
    page.act(element.dataset.do, element.value);
    // What was turned to, also below what has the screen.
    if (element.dataset.do === 'tab') scrollTo(0, at('moment').offsetHeight);
  });
  light.addEventListener('input', (event) => {
    const element = doing(event);
    if (element?.type === 'text' || element?.type === 'range') page.act(element.dataset.do, element.value);
  });
  light.addEventListener('change', (event) => {
    const element = doing(event);
    if (element?.nodeName === 'SELECT' || element?.type === 'radio') page.act(element.dataset.do, element.value);
    if (element?.type === 'checkbox') page.act(element.dataset.do, String(element.checked));
  });
  light.addEventListener('submit', (event) => {
    event.preventDefault();
    page.act(event.target.dataset.do, '');
  });
  light.addEventListener('toggle', ({ target }) => {
    if (target.dataset?.toggle) page.act(target.dataset.toggle, String(target.open));
  }, true);
  light.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (event.target.dataset.close) page.act(event.target.dataset.close, '');
  }, true);
  document.addEventListener('keydown', (event) => onKey(page, event));
  explain(light, at('tip'));
}

function onKey(page, event) {
  const { key, target } = event;
  const isPress = key === 'Enter' || key === ' ';
  // A key that is held presses once.
  if (isPress && event.repeat && target.closest('button, form')) event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // On a button or in a form it is theirs.
  if (isPress && (key === ' ' || !target.matches('body, main'))) return;
  if (document.querySelector('dialog[open]')) return;
  const isArrow = key.startsWith('Arrow');
  if (event.repeat && !isArrow) return;
  const isTyped = target.matches('input[type=text], select, textarea');
  const isTaken = isArrow ? target.matches('input:not(#amount), select, textarea') : isTyped && key !== 'Escape';
  if (isTaken) return;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const shifted = event.shiftKey && (isArrow || key === 'X');
  if (page.act('key', shifted ? `Shift+${key}` : name)) event.preventDefault();
}

// --- the start ---

let program = null;

async function start(script, wasm) {
  const [module, glue] = await Promise.all([WebAssembly.compileStreaming(fetch(wasm)), import(script)]);
  await glue.default({ module_or_path: module });
  return glue;
}

/** Fetches and starts the program, once: it shows nothing until `openLight`. */
export function fetchLight({ script, wasm }) {
  program ??= start(script, wasm);
  program.then(
    () => performance.mark('light-ready'),
    () => (program = null),
  );
  return program;
}

/**
 * Opens the light floor in the element `light`. `broken` is called with an error when it stops by a fault of its own.
 * `opening` has the times of the visit. What is returned can leave it, and says what was being typed.
 */
export async function openLight({ light, files, name, draft, opening, broken }) {
  const glue = await fetchLight(files);
  const page = new Page();
  page.broken = broken;
  const {
    confirm_orders: confirms = true, more_contrast: contrast = false, full_ticket: full = false, hints_done: hints = 0,
  } = prefs();
  page.floor = glue.LightFloor.open(
    page, location.origin + BASE, Date.now() * 1_000, NARROW.matches, confirms, contrast, full, hints, name ?? '', draft ?? '',
    opening.lead, opening.named,
  );
  listen(page, light);
  NARROW.addEventListener('change', () => page.act('narrow', String(NARROW.matches)));
  document.addEventListener('visibilitychange', () => {
    page.guard(() => page.floor.hide(document.visibilityState === 'hidden', now()));
  });
  let clocks = Date.now() - now();
  page.timer = setInterval(() => {
    const drift = Date.now() - now() - clocks;
    clocks += drift;
    if (drift > SLEPT_MS) page.guard(() => page.floor.wake());
    page.turn();
  }, TURN_MS);
  page.turn();
  return {
    leave() {
      const line = page.guard(() => page.floor.leave());
      clearInterval(page.timer);
      page.floor = null;
      return line;
    },
    isBusy: () => Boolean(at('amount')?.value) || document.querySelector('.practice-strip') !== null,
  };
}

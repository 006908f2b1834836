// The page around the room: inputs of its own over the fields of the canvas, so that every keyboard, input method,
// clipboard and password manager works; where Tab leaves; how much of the screen is safe; whether frames are too slow.
// Nothing here knows what a price is.

import { copy, speak, stretch } from './hands.js';

// A finger that moves farther than this scrolls, in CSS pixels.
const TAP_MAX = 12;
// Smaller letters make phones zoom into the page, in CSS pixels.
const LETTERS_MIN = 16;
// A browser's zoom below this is the edge of its window.
const ZOOM_MIN = 1.08;
// Frames longer than this are too slow, on the average of so many ms; longer ones are pauses.
const SLOW_MS = 150;
const SLOW_FOR_MS = 6_000;
const PAUSE_MS = 1_500;
// That it was said, on this device.
const TOLD_KEY = 'outcry-slow-told';

const MODES = { text: ['text', 'done'], amount: ['decimal', 'done'] };
const KEYS = new Set(['Enter', 'Escape', 'Tab']);

const at = (id) => document.getElementById(id);

/** What the program calls, and reads in each of its frames. */
class Room {
  queue = [];
  fields = [];
  sent = 0;
  // The field that the program's keyboard is on, and the one that the page's input lies over.
  focused = null;
  open = null;

  constructor(canvas) {
    Object.assign(this, { canvas, typed: at('typed'), login: at('login'), password: at('password') });
  }

  // --- the program's side ---

  /** What has been done on the page since the last frame. */
  said() {
    if (this.queue.length === 0) return '';
    const all = JSON.stringify(this.queue);
    this.queue = [];
    return all;
  }

  /** Where fields stand, what is in them, and where the keyboard is. */
  shows(text) {
    const { fields, edge, seen, contrast } = JSON.parse(text);
    Object.assign(this, { fields, seen });
    stretch(contrast);
    this.canvas.dataset.edge = edge;
    this.placeLogin(this.secret());
    const focused = fields.find((field) => field.focused);
    if ((focused?.name ?? null) !== this.focused) {
      this.focused = focused?.name ?? null;
      if (focused) this.enter(focused);
      else this.leave();
    }
    const open = fields.find(({ name }) => name === this.open);
    if (open) this.follow(open);
    else if (this.open !== null) this.leave();
  }

  copy(text) {
    return copy(text).then((isCopied) => {
      if (!isCopied) showByHand(text);
      return isCopied;
    });
  }

  speak(sentence) {
    speak(sentence);
  }

  // --- the page's side ---

  say(what) {
    this.queue.push(what);
    this.wake?.();
  }

  /** Lays the input over a field and gives it the keyboard: within a tap, or phones keep theirs closed. */
  enter(field) {
    if (this.open === field.name) return;
    this.open = field.name;
    if (field.kind === 'secret') {
      this.password.focus({ preventScroll: true });
      return;
    }
    const { typed } = this;
    const [mode, hint] = MODES[field.kind];
    typed.inputMode = mode;
    typed.enterKeyHint = hint;
    Object.assign(typed.dataset, { name: field.name, kind: field.kind });
    typed.setAttribute('aria-label', field.label);
    typed.value = field.text;
    typed.hidden = false;
    place(typed, field);
    typed.focus({ preventScroll: true });
    typed.setSelectionRange(typed.value.length, typed.value.length);
    this.say({ what: 'focus', name: field.name });
  }

  /** Follows a field that moves, and what the program makes of its text. */
  follow(field) {
    if (field.kind === 'secret') return;
    place(this.typed, field);
    const isOurs = this.isComposing || this.seen !== this.sent;
    if (!isOurs && this.typed.value !== field.text) this.typed.value = field.text;
  }

  leave() {
    const had = [this.typed, this.password].includes(document.activeElement);
    this.open = null;
    this.typed.hidden = true;
    if (had) this.canvas.focus({ preventScroll: true });
  }

  placeLogin(field) {
    this.login.hidden = !field;
    if (!field) {
      this.password.value = '';
      return;
    }
    this.password.setAttribute('aria-label', field.label);
    this.password.placeholder = field.label;
    place(this.password, field);
  }

  typedIn(name, text) {
    this.sent += 1;
    this.say({ what: 'typed', name, text, number: this.sent });
  }

  secret() {
    return this.fields.find(({ kind }) => kind === 'secret');
  }

  fieldAt(x, y) {
    return this.fields.find((field) => x >= field.x && x <= field.x + field.w && y >= field.y && y <= field.y + field.h);
  }
}

function place(element, { x, y, w, h }) {
  const style = { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` };
  Object.assign(element.style, style, { fontSize: `${Math.max(LETTERS_MIN, h * 0.45)}px` });
}

// Where a browser lets no page copy.
function showByHand(text) {
  at('by-hand-text').value = text;
  at('by-hand').showModal();
  at('by-hand-text').select();
}

// --- what people do ---

function listen(room) {
  const { canvas, typed, login, password } = room;
  const tap = (x, y) => {
    const field = room.fieldAt(x, y);
    if (field) room.enter(field);
  };
  let began = null;
  canvas.addEventListener('touchstart', ({ touches: [touch] }) => (began = touch), { passive: true });
  canvas.addEventListener('touchend', (event) => {
    // The clicks that browsers make of taps would take the keyboard back.
    event.preventDefault();
    const [touch] = event.changedTouches;
    if (began && Math.hypot(touch.clientX - began.clientX, touch.clientY - began.clientY) < TAP_MAX) {
      tap(touch.clientX, touch.clientY);
    }
  });
  canvas.addEventListener('click', ({ clientX, clientY }) => tap(clientX, clientY));
  addEventListener('keydown', (event) => isTab(event) && (canvas.dataset.tabbed = ''), true);
  addEventListener('pointerdown', () => delete canvas.dataset.tabbed, true);
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('blur', ({ relatedTarget }) => {
    // Whoever turns to another window comes back to where they were.
    if (document.hasFocus() && relatedTarget !== typed && relatedTarget !== password) room.say({ what: 'left' });
  });
  canvas.addEventListener('keydown', (event) => keepKeys(room, event));
  for (const input of [typed, password]) {
    const name = () => (input === password ? room.secret()?.name : typed.dataset.name);
    input.addEventListener('input', () => room.typedIn(name(), input.value));
    input.addEventListener('compositionstart', () => (room.isComposing = true));
    input.addEventListener('compositionend', () => (room.isComposing = false));
    input.addEventListener('keydown', (event) => passOn(room, event));
    // A wheel over the input turns what lies under it.
    input.addEventListener('wheel', (event) => canvas.dispatchEvent(new WheelEvent(event.type, event)), { passive: true });
    input.addEventListener('blur', () => {
      const left = name();
      if (input === typed && document.hasFocus()) input.hidden = true;
      if (room.open === left && document.hasFocus()) {
        room.open = null;
        room.say({ what: 'blur', name: left });
      }
    });
  }
  password.addEventListener('focus', () => {
    room.open = room.secret()?.name ?? null;
    if (room.open !== null) room.say({ what: 'focus', name: room.open });
  });
  login.addEventListener('submit', (event) => {
    event.preventDefault();
    const secret = room.secret();
    if (!secret) return;
    room.say({ what: 'focus', name: secret.name });
    room.typedIn(secret.name, password.value);
    room.say({ what: 'key', key: 'Enter', shift: false });
  });
}

// With Shift it has no name in some browsers.
function isTab({ key, code }) {
  return key === 'Tab' || code === 'Tab';
}

// Keys of the page's inputs that mean something to the program.
function passOn(room, event) {
  const { shiftKey, target } = event;
  const key = isTab(event) ? 'Tab' : event.key;
  event.stopPropagation();
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const isStep = target.dataset.kind === 'amount' && (key === 'ArrowUp' || key === 'ArrowDown');
  // Enter in the form of the password submits it.
  if (!(isStep || KEYS.has(key)) || (key === 'Enter' && target === room.password)) return;
  event.preventDefault();
  if (!(event.repeat && key === 'Enter')) room.say({ what: 'key', key, shift: shiftKey });
}

// What the browser would do by itself. From both ends Tab leaves the canvas.
function keepKeys(room, event) {
  const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's';
  const isQuickFind = !event.ctrlKey && !event.metaKey && (event.key === '/' || event.key === "'");
  const leaves = room.canvas.dataset.edge === (event.shiftKey ? 'start' : 'end');
  if ((isTab(event) && !leaves) || isSave || isQuickFind) event.preventDefault();
}

// --- the screen ---

function tellScreen(room) {
  const style = getComputedStyle(at('insets'));
  const insets = ['paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft'].map((side) => parseFloat(style[side]) || 0);
  // A page is not told its zoom. With docked tools one of the two is off, and never both.
  const ratio = Math.min(outerWidth / innerWidth, outerHeight / innerHeight);
  const zoom = matchMedia('(pointer: fine)').matches && ratio > ZOOM_MIN ? ratio : 1;
  room.say({ what: 'screen', insets, zoom });
}

// --- frames ---

/** Calls `tell` once, on this device, when frames are too slow to be at ease in the room. */
export function watchPace(tell, now = () => performance.now()) {
  if (wasTold()) return;
  let last = null;
  let sum = 0;
  let count = 0;
  const look = () => {
    const frame = last === null ? 0 : now() - last;
    last = document.hidden ? null : now();
    if (frame > 0 && frame < PAUSE_MS) {
      sum += frame;
      count += 1;
    }
    if (sum > SLOW_FOR_MS) {
      if (sum / count > SLOW_MS) {
        noteTold();
        tell();
        return;
      }
      sum = count = 0;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function wasTold() {
  try {
    return localStorage.getItem(TOLD_KEY) !== null;
  } catch {
    return false;
  }
}

function noteTold() {
  try {
    localStorage.setItem(TOLD_KEY, 'yes');
  } catch {
    // This browser keeps nothing: it is said once in each page.
  }
}

/** Makes the page ready for the program of the room. */
export function openRoom(canvas) {
  const room = new Room(canvas);
  window.outcryPage = room;
  listen(room);
  tellScreen(room);
  addEventListener('resize', () => tellScreen(room));
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/room.css' });
  style.addEventListener('load', () => tellScreen(room));
  document.head.append(style);
  at('by-hand-close').addEventListener('click', () => at('by-hand').close());
  return room;
}

// From the link to a floor: asks for a name while the program is fetched and compiled, takes a
// seat, starts the program, and gets out of its way. There are two: the light floor is text and
// opens at once; the full one draws the room.

import { canDraw, fetchRoom, firstFloor, openRoomWhenIdle, takeLeft, turnTo } from './floors.js';
import { speak, stretch } from './hands.js';
import { ahead, fetchLight, openLight, prefs } from './light.js';
import { PHASES, ask, isSameName, post, postWithKey, sentence, takeCode } from './seat.js';
import { beginAgain, noteInside, noteLook, noteVisit, sessionPath, wasInside } from './visit.js';

// How often the page looks at the session while somebody stands at the door: more often while
// there is nothing else to do than wait.
const WAITING_MS = 2_000;
const READING_MS = 10_000;
// Of the bar, what fetching fills; the rest is starting up.
const FETCHED_PERCENT = 90;

const query = new URLSearchParams(location.search);
const view = query.get('view') === 'floor' ? 'floor' : query.has('host') ? 'host' : 'player';
const left = takeLeft();
// Read by the program when it starts; `name` is what the form has asked for.
window.outcryBoot = { view, draft: left.draft ?? '' };
noteVisit(window.outcryBoot);
stretch(Boolean(prefs().more_contrast));
let isLight = view === 'player' && firstFloor(left, query.get('view')) === 'light';

const { script, wasm, wasmBytes, lightScript, lightWasm } = document.body.dataset;
const lightFiles = { script: lightScript, wasm: lightWasm };
const at = (id) => document.getElementById(id);
const canvas = at('floor');

let isReady = false;
let lightFloor = null;

// --- what the page shows ---

function setState(state) {
  document.body.dataset.state = state;
}

function showError(sentence, isAboutName = false) {
  delete at('error').dataset.calm;
  // Said again only when it is another one.
  if (at('error').textContent !== sentence) at('error').textContent = sentence;
  at('name').setAttribute('aria-invalid', String(isAboutName && sentence !== ''));
}

function showProgress(percent, text) {
  at('progress').value = percent;
  at('progress-text').textContent = text;
}

function breakDown(sentence) {
  at('door').hidden = false;
  setState('broken');
  showError(sentence);
  at('reload').hidden = false;
  at('reload').focus();
}

// Nobody is at a projector to press a button.
function mendByItself() {
  if (view === 'floor') setTimeout(reloadWhenThere, READING_MS);
}

async function reloadWhenThere() {
  const isThere = await ask('/session').then(() => true, () => false);
  if (isThere) location.reload();
  else mendByItself();
}

function showFloor() {
  isReady = true;
  noteInside(window.outcryBoot);
  performance.mark('first-frame');
  setState('ready');
  speak('You are on the floor.');
  canvas.focus();
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) at('door').hidden = true;
}

function closeDoor({ target }) {
  if (target === at('door') && document.body.dataset.state === 'ready') at('door').hidden = true;
}

// --- the program ---

async function fetchProgram() {
  const tell = (share) => isReady || showProgress(share * FETCHED_PERCENT, `Fetching the floor: ${Math.round(share * 100)} %`);
  const module = await fetchRoom(wasm, Number(wasmBytes), tell);
  performance.mark('compiled');
  showProgress(FETCHED_PERCENT, 'The floor is ready for you');
  return module;
}

let program = null;

// While somebody types a name. A failure leaves nothing behind: entering tries again.
function fetchAhead() {
  program ??= fetchProgram();
  program.catch((error) => {
    program = null;
    console.warn('the program could not be fetched', error);
    showProgress(0, 'The floor could not be fetched yet: entering tries again.');
  });
  return program;
}

async function enterLight() {
  setState('loading');
  showError('');
  speak('Entering the floor.');
  at('progress').removeAttribute('value');
  at('progress-text').textContent = 'Opening the light floor';
  try {
    await fetchLight(lightFiles);
    setState('light');
    at('light').hidden = false;
    at('notice').textContent = left.why ?? '';
    lightFloor = await openLight({
      light: at('light'),
      files: lightFiles,
      name: window.outcryBoot.name,
      draft: left.draft,
      opening: window.outcryBoot,
      broken: stopLight,
    });
    noteInside(window.outcryBoot);
    if (!query.has('view') && !left.why) waitForRoom();
  } catch (error) {
    console.warn('the light floor could not be opened', error);
    breakDown('The floor could not be fetched: check the network and reload. Your seat is kept.');
  }
}

function stopLight(error) {
  console.error('the light floor has stopped', error);
  at('light').hidden = true;
  breakDown('The floor has stopped by a fault of its own: reload to come back to it. Your seat is kept.');
}

// Nobody is led away from what they are doing.
function waitForRoom() {
  const isBusy = () => lightFloor.isBusy() || document.querySelector('dialog[open]') !== null;
  const open = () => turnTo('full', lightFloor.leave(), {});
  openRoomWhenIdle({ fetchRoom: fetchAhead, isBusy, open }).catch(() => {});
}

// The room has a fault: a player goes on in text, a host and a projector begin again.
function leaveRoom(sentence) {
  if (view === 'player' && !isLight) {
    turnTo('light', window.outcryBoot.draft, { why: `${sentence} You are on the light floor, with the same seat.` });
    return;
  }
  breakDown(`${sentence} Reload to come back to it.`);
  mendByItself();
}

async function enter() {
  if (isLight) return enterLight();
  setState('loading');
  showError('');
  speak('Entering the floor.');
  let parts;
  try {
    parts = await Promise.all([fetchAhead(), import(script), import('./room.js')]);
  } catch (error) {
    console.warn('the floor could not be fetched', error);
    const seat = view === 'player' ? ' Your seat is kept.' : '';
    breakDown(`The floor could not be fetched: check the network and reload.${seat}`);
    mendByItself();
    return;
  }
  const [module, glue, hands] = parts;
  hands.openRoom(canvas);
  if (view === 'player') addEventListener('outcry-ready', () => hands.watchPace(() => (at('slow').hidden = false)), { once: true });
  showProgress(FETCHED_PERCENT + 4, 'Lighting the floor');
  try {
    await glue.default({ module_or_path: module });
  } catch (error) {
    if (!isControlFlow(error)) leaveRoom(`The floor could not start (${error.message ?? error}).`);
  }
}

// The event loop of the program may leave its start function by throwing.
function isControlFlow(error) {
  return String(error?.message ?? error).startsWith('Using exceptions for control flow');
}

// --- the seat ---

function comeBack() {
  window.outcryBoot.name = at('continue').dataset.name;
  return enter();
}

async function join(event) {
  event.preventDefault();
  const name = at('name').value.trim();
  if (name === '') {
    showError('A name needs 1 to 24 characters.', true);
    at('name').focus();
    return;
  }
  const button = at('join').querySelector('button');
  button.disabled = true;
  try {
    const seat = await postWithKey('/join', { name }, () => ahead.close());
    // Whoever has a seat and types another name is asked first.
    if (seat.before && !isSameName(seat.name, name)) {
      offer({ you: seat.name });
      showError(`This browser is ${seat.name} already.`);
      at('continue').focus();
      return;
    }
    window.outcryBoot.name = seat.name;
    noteVisit(window.outcryBoot, { named: Date.now() });
    await enter();
  } catch (error) {
    showError(sentence(error), !(error instanceof TypeError));
    at('name').focus();
  } finally {
    button.disabled = false;
  }
}

// Leaving a seat cannot be taken back by oneself, so it is asked first.
function askToLeave() {
  at('leave-question').textContent = `Leave the seat of ${at('continue').dataset.name}? Only the host can give it back to you.`;
  askLeave(true);
  at('stay').focus();
}

/** While it is asked, the question stands alone. */
function askLeave(isAsked) {
  at('leave').hidden = !isAsked;
  for (const id of ['continue', 'forget']) at(id).hidden = isAsked;
}

function stay() {
  askLeave(false);
  at('continue').focus();
}

async function leave() {
  try {
    await post('/leave', {});
    ahead.close();
    noteVisit(window.outcryBoot, { inside: undefined });
    offer({ you: null });
    at('name').focus();
  } catch (error) {
    showError(sentence(error));
  }
}

// --- a seat that the host gives back ---

const seatCode = takeCode();

function offerSeat() {
  at('join').hidden = true;
  at('resume').hidden = true;
  at('claim').hidden = false;
  at('claim-seat').focus();
}

async function claimSeat() {
  try {
    const seat = await postWithKey('/claim', { code: seatCode });
    at('claim').hidden = true;
    window.outcryBoot.name = seat.name;
    await enter();
  } catch (error) {
    showError(sentence(error));
    at('claim').hidden = true;
    watchSession();
  }
}

// --- the session ---

function offer({ you }) {
  const known = typeof you === 'string';
  at('resume').hidden = !known;
  at('join').hidden = known;
  if (known && at('continue').dataset.name === you) return;
  askLeave(false);
  at('continue').dataset.name = known ? you : '';
  at('continue').textContent = known ? `Continue as ${you}` : 'Continue';
}

function showSession(session) {
  const isClosed = session.phase !== 'Draft' && session.open === false && !session.you;
  if (session.name) {
    at('session-name').textContent = session.name;
    document.title = `${session.name} · Outcry`;
  }
  at('question').textContent = session.question ?? '';
  at('question').hidden = !session.question;
  at('about').textContent = isClosed ? 'The host has closed the door to newcomers.' : (PHASES[session.phase] ?? '');
  const isShut = isClosed || (session.phase === 'Draft' && !session.you);
  for (const field of at('join').elements) field.disabled = isShut;
  offer(session);
  return isShut;
}

// What the last look at the session complained of, and whether anybody could enter.
let complaint = '';
let wasShut = true;
// Whoever has stood at the door is asked: only a page that was just loaded goes on by itself.
let mayGoOn = true;

async function watchSession() {
  if (document.body.dataset.state !== 'form') return;
  let isShut = true;
  try {
    const session = await ask(sessionPath());
    noteLook();
    if (!session.you) beginAgain(window.outcryBoot);
    isShut = showSession(session);
    if (complaint !== '' && at('error').textContent === complaint) showError('');
    complaint = '';
    if (mayGoOn && wasInside(session.you)) return comeBack();
    mayGoOn = false;
  } catch (error) {
    complaint = sentence(error);
    showError(complaint);
  }
  if (wasShut && !isShut && !at('join').hidden) at('name').focus({ preventScroll: true });
  wasShut = isShut;
  setTimeout(watchSession, isShut ? WAITING_MS : READING_MS);
}

// --- what else happens to a page ---

// The link of a seat, opened in a page that is there already.
addEventListener('hashchange', () => location.hash.startsWith('#seat=') && location.reload());
at('door').addEventListener('transitionend', closeDoor);
addEventListener('outcry-ready', showFloor, { once: true });

const TAKEN = 'This device has taken the graphics away from the floor.';

// A program that traps is gone, before its first frame or after. What it trapped on may be lost graphics, of which the
// page is told later.
function onTrap(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  leaveRoom(canvas.getContext('webgl2')?.isContextLost() ? TAKEN : 'The floor has stopped by a fault of its own.');
}
addEventListener('error', (event) => onTrap(event.error));
addEventListener('unhandledrejection', (event) => onTrap(event.reason));

at('join').addEventListener('submit', join);
at('continue').addEventListener('click', comeBack);
at('forget').addEventListener('click', askToLeave);
at('leave-yes').addEventListener('click', leave);
at('stay').addEventListener('click', stay);
at('claim-seat').addEventListener('click', claimSeat);
at('reload').addEventListener('click', () => location.reload());
at('name').addEventListener('input', () => {
  showError('');
  if (isLight) ahead.open();
});

canvas.addEventListener('webglcontextlost', () => leaveRoom(TAKEN));
addEventListener('outcry-keep', async ({ detail }) => (await import('/result.js')).keep(JSON.parse(detail)));
const toLight = () => turnTo('light', window.outcryBoot.draft, { isChosen: true });
addEventListener('outcry-light', toLight);
at('slow-light').addEventListener('click', toLight);
at('slow-stay').addEventListener('click', () => {
  at('slow').hidden = true;
  canvas.focus();
});
at('light').addEventListener('click', ({ target }) => {
  if (target.dataset?.page === 'floor') turnTo('full', lightFloor?.leave() ?? '', { isChosen: true });
});

const NO_WEBGL = 'This browser cannot draw the room: it has no WebGL 2.';

if (!canDraw()) {
  document.body.dataset.plain = '';
  if (view !== 'player') breakDown(`${NO_WEBGL} A current Chrome, Edge, Firefox or Safari has.`);
  else if (!isLight) left.why = 'This browser cannot draw the market as a room (it has no WebGL 2). Enter all the same: the page has everything else.';
  isLight = view === 'player';
}
document.body.dataset.floor = isLight ? 'light' : 'full';
if (view === 'player') {
  if (isLight) fetchLight(lightFiles).catch(() => {});
  else fetchAhead();
  if (left.why) {
    showError(left.why);
    // Nothing is wrong with what was typed.
    at('error').dataset.calm = '';
  }
  if (seatCode !== null) offerSeat();
  else if (left.enters) enter();
  else watchSession();
} else if (document.body.dataset.state !== 'broken') {
  enter();
}

// The organiser's page of a house: its rooms with state, people and health; opens one, closes one, prints all links.

import { sentence } from '/seat.js';

const LOOK_MS = 3_000;
/** A password is read or written down by then; the screen may be on a wall. */
const SHOWN_MS = 20_000;
const GRANT_KEY = 'outcry-organiser';
const PHASES = {
  Draft: 'Being set up',
  Lobby: 'In the lobby',
  Running: 'Trading',
  Frozen: 'A round is being decided',
  Paused: 'Paused',
  Resolved: 'Over',
};

const ONLY_HERE = /^https?:\/\/(localhost|127\.|\[::1\])/;

const at = (id) => document.getElementById(id);
/** The cards of what is open and of what is closed, by code. */
const cards = new Map();
const closed = new Map();
let grant = keptGrant();
let presets = [];

function keptGrant() {
  try {
    return sessionStorage.getItem(GRANT_KEY);
  } catch {
    return null;
  }
}

function keepGrant(value) {
  grant = value;
  try {
    if (value === null) sessionStorage.removeItem(GRANT_KEY);
    else sessionStorage.setItem(GRANT_KEY, value);
  } catch {
    // This browser keeps nothing: the right lasts as long as the page.
  }
}

/** Says what is wrong, beside what was pressed; said again only when it is another sentence. */
function say(place, sentence) {
  if (place.textContent !== sentence) place.textContent = sentence;
}

function deny(sentence) {
  say(at('denied'), sentence);
  at('password').setAttribute('aria-invalid', String(sentence !== ''));
}

/** Asks the house; what it refuses is an error with its sentence and status. */
async function ask(path, body) {
  const headers = grant === null ? {} : { Authorization: `Bearer ${grant}` };
  const options = body === undefined ? { headers } : { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/rooms/${path}`, options);
  const text = await answer.text();
  let said = {};
  try {
    said = JSON.parse(text);
  } catch {
    said = { error: text.trim() };
  }
  if (answer.ok) return said;
  throw Object.assign(new Error(said.error || `The server answered ${answer.status}: try again.`), { status: answer.status });
}

async function logIn(event) {
  event.preventDefault();
  try {
    const { grant: given } = await ask('login', { password: at('password').value });
    keepGrant(given);
    at('password').value = '';
    deny('');
    await look();
  } catch (error) {
    deny(sentence(error));
    at('password').select();
  }
}

function turnTo(isIn) {
  at('door').hidden = isIn;
  for (const id of ['house', 'print']) at(id).hidden = !isIn;
  if (isIn) return;
  at('sum').textContent = '';
  at('only-here').hidden = true;
  at('password').focus();
}

// --- the rooms ---

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

function people(seats, connections) {
  if (seats === 0 && connections === 0) return 'nobody yet';
  return `${count(seats, 'seat', 'seats')}, ${connections} connected`;
}

function put(card, part, text) {
  const element = card.querySelector(part);
  if (element.textContent !== text) element.textContent = text;
}

/** A link breaks before the code of its room and nowhere in it. */
function putLink(element, text) {
  if (element.textContent === text) return;
  const at = text.lastIndexOf('/r/');
  element.replaceChildren(text.slice(0, Math.max(at, 0)), Object.assign(document.createElement('span'), { textContent: text.slice(Math.max(at, 0)) }));
}

/** Does something of a card only once it is said twice. */
function askTwice(card, question, task) {
  const sure = card.querySelector('.sure');
  const button = card.querySelector('.ask');
  const turn = (isAsked) => {
    sure.hidden = !isAsked;
    button.hidden = isAsked;
  };
  const text = sure.querySelector('p');
  text.textContent = `${question} ${text.textContent}`;
  sure.setAttribute('aria-label', question);
  button.addEventListener('click', () => {
    turn(true);
    card.querySelector('.no').focus();
  });
  card.querySelector('.no').addEventListener('click', () => {
    turn(false);
    button.focus();
  });
  card.querySelector('.yes').addEventListener('click', async () => {
    turn(false);
    await act(task, card.querySelector('.refused'));
  });
}

/** Opens a room again, one that stands still or one that was closed. */
function againBy(card, code) {
  const again = () => act(() => ask('again', { code }), card.querySelector('.refused'));
  card.querySelector('.again').addEventListener('click', again);
}

function cardOf(code) {
  if (cards.has(code)) return cards.get(code);
  const card = at('room').content.firstElementChild.cloneNode(true);
  const secret = card.querySelector('details');
  let folds = 0;
  secret.addEventListener('toggle', () => {
    clearTimeout(folds);
    if (secret.open) folds = setTimeout(() => (secret.open = false), SHOWN_MS);
  });
  askTwice(card, `Close room ${code}?`, () => ask('close', { code }));
  againBy(card, code);
  cards.set(code, card);
  return card;
}

function closedCardOf(code) {
  if (closed.has(code)) return closed.get(code);
  const card = at('closed-room').content.firstElementChild.cloneNode(true);
  askTwice(card, `Delete the record of room ${code}?`, () => ask('purge', { code }));
  againBy(card, code);
  closed.set(code, card);
  return card;
}

/** Puts the cards of these rooms into a list, in this order, and takes away those of others. */
function arrange(list, known, rooms, cardOf, fill) {
  for (const [code, card] of known) {
    if (rooms.some((room) => room.code === code)) continue;
    card.remove();
    known.delete(code);
  }
  rooms.forEach((room, index) => {
    const card = cardOf(room.code);
    fill(card, room);
    // One that stands in its place keeps the focus that it may have.
    if (list.children[index] !== card) list.insertBefore(card, list.children[index] ?? null);
  });
}

function title(name, code) {
  return (name || `Room ${code}`).replace(/ · (\d+)$/, '\u00a0·\u00a0$1');
}

function fill(card, { code, link, name, phase, seats, connections, password, trouble }) {
  const isOpen = link !== undefined;
  put(card, '.code', code);
  put(card, '.name', title(name, code));
  putLink(card.querySelector('.link'), isOpen ? link.replace(/^https?:\/\//, '') : '');
  put(card, '.phase', isOpen ? (PHASES[phase] ?? phase) : 'Cannot go on');
  put(card, '.people', isOpen ? people(seats, connections) : '');
  put(card, '.trouble', trouble ?? '');
  put(card, '.password', password ?? '');
  card.classList.toggle('broken', !isOpen || Boolean(trouble));
  for (const part of ['.doors', 'details', '.qr']) card.querySelector(part).hidden = !isOpen;
  card.querySelector('.again').hidden = isOpen;
  if (!isOpen) return;
  const qr = card.querySelector('.qr');
  if (qr.dataset.code !== code) {
    qr.dataset.code = code;
    qr.src = `/r/${code}/qr.svg`;
    qr.alt = `QR code of ${link}`;
    card.querySelector('.host').href = `/r/${code}?host`;
    card.querySelector('.floor').href = `/r/${code}?view=floor`;
  }
}

function showRooms(rooms) {
  arrange(at('rooms'), cards, rooms, cardOf, fill);
  const sum = (part) => rooms.reduce((total, room) => total + (room[part] ?? 0), 0);
  const ill = rooms.filter(({ trouble }) => trouble).length;
  const words = [count(rooms.length, 'room', 'rooms'), `${sum('connections')} connected`];
  const text = words.concat(ill === 0 ? [] : [`${ill} not well`]).join(' · ');
  if (at('sum').textContent !== text) at('sum').textContent = text;
  at('only-here').hidden = !rooms.some(({ link }) => ONLY_HERE.test(link ?? ''));
}

function showClosed(rooms) {
  at('past').hidden = rooms.length === 0;
  arrange(at('closed'), closed, rooms, closedCardOf, (card, { code, name }) => {
    put(card, '.code', code);
    put(card, '.name', title(name, code));
  });
}

function showPresets(offered) {
  if (presets.length === offered.length) return;
  presets = offered;
  at('preset').replaceChildren(...offered.map(({ id, label }) => new Option(label, id)));
  explain();
}

function explain() {
  at('preset-about').textContent = presets.find(({ id }) => id === at('preset').value)?.about ?? '';
}

async function look() {
  const { rooms, closed: past, presets: offered } = await ask('list');
  turnTo(true);
  showPresets(offered);
  showRooms(rooms);
  showClosed(past);
}

/** Does something and shows what came of it, and what was wrong at its place. */
async function act(task, place) {
  try {
    await task();
    say(place, '');
    await look();
  } catch (error) {
    say(place, sentence(error));
  }
}

async function open(event) {
  event.preventDefault();
  const [file] = at('file').files;
  await act(async () => {
    const { code } = await ask('open', file ? { config: await file.text() } : { preset: at('preset').value });
    at('file').value = '';
    await look();
    cards.get(code)?.scrollIntoView({ block: 'nearest' });
  }, at('open').querySelector('.refused'));
}

async function watch() {
  if (grant !== null && !document.hidden) {
    try {
      await look();
      say(at('error'), '');
    } catch (error) {
      const isOut = error.status === 401 || error.status === 403;
      if (isOut) {
        keepGrant(null);
        turnTo(false);
      }
      say(at('error'), isOut ? '' : sentence(error));
      if (isOut) deny(sentence(error));
    }
  }
  setTimeout(watch, LOOK_MS);
}

at('login').addEventListener('submit', logIn);
at('open').addEventListener('submit', open);
at('preset').addEventListener('change', explain);
at('print').addEventListener('click', () => window.print());
turnTo(false);
watch();

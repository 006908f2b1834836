// What the page says to the server about a seat.

import { BASE } from './place.js';

// How the server answers a browser that has shown no key.
const NEEDS_KEY = 428;

/** Where a session stands, to whoever is at the door. */
export const PHASES = {
  Draft: 'The host is still setting up. This page opens by itself.',
  Lobby: 'The floor opens soon, with play money: take your place in the lobby.',
  Running: 'Trading is on, with play money.',
  Frozen: 'A round is being decided: trading goes on in a moment.',
  Paused: 'The host has paused trading.',
  Resolved: 'This session is over: come in and see how it ended.',
};

/** Asks the room; what it refuses is an error with its sentence and status. */
export async function ask(path, options) {
  const response = await fetch(`${BASE}${path}`, { credentials: 'same-origin', ...options });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const error = new Error(answer.error ?? `The server answered ${response.status}: try again.`);
  throw Object.assign(error, { status: response.status });
}

/** Sends something to the server, as JSON. */
export function post(path, body) {
  return ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** What went wrong, for people. A network that is away throws a TypeError with a text for programmers. */
export function sentence(error) {
  return error instanceof TypeError ? 'The server cannot be reached: check the network and try again.' : asSentence(error.message);
}

/** A reason of the server's as a sentence: capital first, full stop last. */
export function asSentence(reason) {
  const text = reason.trim();
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) || text === '' ? '' : '.'}`;
}

/**
 * The same for what needs a key. A browser that keeps cookies has got one with the refusal, which `changed` is told: the
 * second try is its last.
 */
export async function postWithKey(path, body, changed = () => {}) {
  try {
    return await post(path, body);
  } catch (error) {
    if (error.status !== NEEDS_KEY) throw error;
    changed();
    return post(path, body);
  }
}

/** Whether the server takes two names for one. */
export function isSameName(one, other) {
  const plain = (name) => name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
  return plain(one) === plain(other);
}

/** The code of a seat. What stands after the # never leaves the browser by itself, and is taken out of its history at once. */
export function takeCode() {
  const code = new URLSearchParams(location.hash.slice(1)).get('seat');
  if (code !== null) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

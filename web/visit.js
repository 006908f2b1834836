// How long it takes from the link to an order, for the host to see: when this tab's page was opened, and when the door
// took a name, by the wall clock. Going over to another floor loads the page anew, and is the same visit. So is a reload:
// a tab that was on the floor goes back there without being asked who it is.

import { BASE } from './place.js';

const KEY = `outcry-visit${BASE}`;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

let visit = kept();
// Whether the server has not heard of this tab yet.
let isNew = visit === null;
visit ??= { opened: performance.timeOrigin };

/** Where the session stands; a tab that was opened just now says so, until an answer has come. */
export function sessionPath() {
  return isNew ? '/session?opened' : '/session';
}

/** An answer has come. */
export function noteLook() {
  isNew = false;
}

/** Notes what is new of the visit, and leaves in `boot` what the program counts from. */
export function noteVisit(boot, changes = {}) {
  visit = { ...visit, ...changes };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(visit));
  } catch {
    // Nothing is kept here: the next page is another visit.
  }
  const since = (at) => Math.max(0, Math.round(at - visit.opened));
  boot.lead = since(performance.timeOrigin);
  boot.named = visit.named === undefined ? undefined : since(visit.named);
}

/** This tab is on the floor: a reload comes back to it. */
export function noteInside(boot) {
  if (boot.name) noteVisit(boot, { inside: boot.name });
}

/** Whether this tab was on the floor as this person. */
export function wasInside(you) {
  return typeof you === 'string' && visit.inside === you;
}

/** Whoever stands at the door again without a seat comes anew. */
export function beginAgain(boot) {
  if (visit.named !== undefined) noteVisit(boot, { opened: Date.now(), named: undefined, inside: undefined });
}

// Fills an element with new HTML and keeps every node that can stay: focus, caret, scrolling,
// open lists and what is being pressed survive a change of the figures beside them.

/** Makes the children of an element those of an HTML text. Children with an id are the same by it, others by their place. */
export function fill(element, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  match(element, template.content);
}

function match(parent, wanted) {
  const [had, fresh] = [[...parent.childNodes], [...wanted.childNodes]];
  // What is alike before and behind a change stays, whatever comes or goes between.
  const most = Math.min(had.length, fresh.length);
  let before = 0;
  while (before < most && isAlike(had[before], fresh[before])) before += 1;
  let behind = 0;
  while (behind < most - before && isAlike(had.at(-1 - behind), fresh.at(-1 - behind))) behind += 1;
  const end = had[had.length - behind] ?? null;
  replace(parent, had[before] ?? end, end, fresh.slice(before, fresh.length - behind));
  for (let index = 0; index < before; index += 1) change(had[index], fresh[index]);
  for (let index = 1; index <= behind; index += 1) change(had.at(-index), fresh.at(-index));
}

/** Makes the children from one to another those that are wanted. */
function replace(parent, start, end, wanted) {
  const known = new Map();
  for (let child = start; child !== end; child = child.nextSibling) if (child.id) known.set(child.id, child);
  let at = start;
  for (const fresh of wanted) {
    const kept = fresh.id ? known.get(fresh.id) : at;
    if (kept === end || !isSame(kept, fresh)) {
      parent.insertBefore(fresh, at);
      continue;
    }
    if (kept === at) at = at.nextSibling;
    else parent.insertBefore(kept, at);
    change(kept, fresh);
  }
  while (at !== end) {
    const next = at.nextSibling;
    remove(at);
    at = next;
  }
}

function isAlike(kept, fresh) {
  return isSame(kept, fresh) && kept.getAttribute?.('class') === fresh.getAttribute?.('class');
}

function isSame(kept, fresh) {
  return kept && kept.nodeName === fresh.nodeName && (kept.id ?? '') === (fresh.id ?? '');
}

function remove(node) {
  // A dialog that is closed gives the focus back to where it was.
  if (node.nodeName === 'DIALOG') node.close();
  node.remove();
}

function change(kept, fresh) {
  if (kept.nodeType !== Node.ELEMENT_NODE) {
    if (kept.nodeValue !== fresh.nodeValue) kept.nodeValue = fresh.nodeValue;
    return;
  }
  changeAttributes(kept, fresh);
  match(kept, fresh);
  changeValue(kept, fresh);
}

function changeAttributes(kept, fresh) {
  for (const { name, value } of fresh.attributes) if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
  for (const { name } of [...kept.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === 'open' && isOpenedByHand(kept))) kept.removeAttribute(name);
  }
}

// Whether somebody opened it belongs to the page, unless the page is told.
function isOpenedByHand(element) {
  return !('toggle' in element.dataset);
}

// What is typed or chosen is a property; its attribute is only where it began.
function changeValue(kept, fresh) {
  if (kept.nodeName === 'SELECT') {
    const chosen = fresh.querySelector('option[selected]')?.value;
    if (chosen !== undefined && kept.value !== chosen) kept.value = chosen;
  }
  if (kept.nodeName !== 'INPUT') return;
  if (kept.type === 'radio' || kept.type === 'checkbox') kept.checked = fresh.hasAttribute('checked');
  else if (kept.value !== (fresh.getAttribute('value') ?? '')) kept.value = fresh.getAttribute('value') ?? '';
}

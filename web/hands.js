// What both floors have a page do: speak to those who do not see it, show more to those who see little, and copy.

// Sentences that are kept for a screen reader to come back to.
const SAID_MAX = 6;

/** Says a sentence to a screen reader. */
export function speak(sentence) {
  const log = document.getElementById('announcer');
  const line = document.createElement('span');
  line.textContent = `${sentence} `;
  log.append(line);
  while (log.children.length > SAID_MAX) log.firstElementChild.remove();
}

/** Colours with more contrast, as somebody has chosen on this device; what the system asks for counts beside it. */
export function stretch(isWanted) {
  document.documentElement.toggleAttribute('data-contrast', isWanted);
}

/** Puts a text on the clipboard; says whether it is there. A page without https has no clipboard but an old command's. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  field.readOnly = true;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    before?.focus?.({ preventScroll: true });
  }
}

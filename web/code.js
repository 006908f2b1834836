// The door of a house with several rooms: asks for the code of one, and goes there.

const at = (id) => document.getElementById(id);

function show(sentence) {
  at('error').textContent = sentence;
  at('code').setAttribute('aria-invalid', String(sentence !== ''));
}

const nowhere = (code) => `There is no room ${code}: check the code with whoever gave it to you.`;

/** What somebody means who types a code, or pastes a whole link. */
function meant(text) {
  const [, code] = /\/r\/([^/?#]+)/.exec(text) ?? [];
  return (code ?? text).replace(/[\s-]/g, '').toUpperCase();
}

async function goIn(event) {
  event.preventDefault();
  const code = meant(at('code').value);
  if (code === '') {
    show('Type the code of your room: five letters and digits.');
    at('code').focus();
    return;
  }
  const room = `/r/${encodeURIComponent(code)}`;
  try {
    const answer = await fetch(`${room}/session`, { credentials: 'same-origin' });
    if (answer.ok) {
      // What was asked of the house, as the projector's view, is asked of the room.
      location.assign(`${room}${location.search}`);
      return;
    }
    const { error } = await answer.json().catch(() => ({}));
    show(answer.status === 404 ? nowhere(code) : (error ?? `The server answered ${answer.status}: try again.`));
  } catch {
    show('The server cannot be reached: check the network and try again.');
  }
  at('code').select();
}

at('find').addEventListener('submit', goIn);
at('code').addEventListener('input', () => show(''));

// Somebody followed a link to a room that is not there.
const [, wrong] = /^\/r\/([^/]+)/.exec(location.pathname) ?? [];
if (wrong !== undefined) {
  at('code').value = meant(location.pathname);
  show(nowhere(at('code').value));
  at('code').select();
}
at('code').focus({ preventScroll: true });

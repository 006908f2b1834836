// What a tab in the background is to a page: hidden, told so, and without frames. A browser
// without a window never hides a page by itself.

/** To be run in a page before its own scripts; gives it `window.setHidden`. */
export function installHiding() {
  const draw = window.requestAnimationFrame.bind(window);
  const forget = window.cancelAnimationFrame.bind(window);
  const held = new Map();
  let isHidden = false;

  window.requestAnimationFrame = (callback) => {
    const id = draw((time) => {
      if (isHidden) held.set(id, callback);
      else callback(time);
    });
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    held.delete(id);
    forget(id);
  };
  Object.defineProperty(document, 'hidden', { get: () => isHidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });

  window.setHidden = (hidden) => {
    if (hidden === isHidden) return;
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    if (hidden) return;
    const late = [...held.values()];
    held.clear();
    for (const callback of late) window.requestAnimationFrame(callback);
  };
}

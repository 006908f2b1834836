// Which room this page belongs to. A server with one room has none in its address.

/** `/r/CODE` in a house with several rooms; nothing where there is one. What is asked of the session is asked under it. */
export const BASE = /^\/r\/[^/]+/.exec(location.pathname)?.[0] ?? '';

// Letters twice as large, and what does not fit then.

export const LETTERS_PX = 32;

/** What somebody sets in the browser who needs it. Only Chromium can be told. */
export async function growLetters({ page, context }) {
  const network = await context.newCDPSession(page);
  await network.send('Page.setFontSizes', { fontSizes: { standard: LETTERS_PX } });
}

export function letters(page, selector) {
  return page.evaluate((wanted) => getComputedStyle(document.querySelector(wanted)).fontSize, selector);
}

/** Everything that has words or is pressed and reaches over an edge, the page's or its own, or has a line for each letter. */
export function outside(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth + 1;
    const parts = document.querySelectorAll('#light :is(h1, h2, h3, p, li, dt, dd, button, input, select, label)');
    const isSeen = (part) => part.checkVisibility() && !part.closest('.unseen, table') && !part.matches('.unseen *');
    const isOut = (part) => {
      const { left, right, height, width } = part.getBoundingClientRect();
      if (width === 0) return false;
      const isColumn = part.matches('h1, h3') && height > 3 * Number.parseFloat(getComputedStyle(part).fontSize) * 1.5;
      const isCut = part.clientWidth > 0 && !part.matches('input, select') && part.scrollWidth > part.clientWidth + 1;
      return left < -1 || right > edge || isColumn || isCut;
    };
    return [...parts].filter((part) => isSeen(part) && isOut(part)).map((part) => part.outerHTML.slice(0, 90));
  });
}

// Pictures with captions, the page that shows them, and the list of what could not be shown.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { within } from '../e2e/lib/limit.mjs';

const STYLE = `
  body { margin: 2rem; font: 16px/1.5 system-ui, sans-serif; color: #eef1f9; background: #0b1020; }
  h1, h2 { color: #ffb454; }
  section { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: start; }
  figure { margin: 0; max-width: 100%; }
  img { display: block; max-width: min(100%, 640px); border: 1px solid #3b4770; }
  img.narrow { max-width: 260px; }
  figcaption { max-width: 40rem; padding-top: 0.4rem; color: #a9b4d0; }
  .missing { color: #ff8a6e; }
`;
const NARROW_PX = 500;
// After a change of size: the layout, the glyphs it needs, and the camera that follows.
const FRAMES_TO_SETTLE = 8;
/** For what moves on the floor: pillars that rise and sink, frost, sparks. */
export const FRAMES_TO_PLAY = 40;
// Beyond it a browser paints a page anew from its top.
const HEIGHT_MAX = 8000;
// A chapter that has not ended by then never will.
const CHAPTER_LIMIT_MS = 1_200_000;

/** A chapter is missing that every later one begins with. */
export class Over extends Error {}

export class Album {
  #title;
  #dir;
  #chapters = [];
  #count = 0;
  #doing = '';
  /** Files, in the order in which they were taken. */
  pictures = [];
  /** Moments that could not be shown, each with the reason. */
  missing = [];

  constructor(title, dir) {
    this.#title = title;
    this.#dir = dir;
  }

  async empty() {
    await rm(this.#dir, { recursive: true, force: true });
    await mkdir(this.#dir, { recursive: true });
  }

  /** Opens a chapter; what cannot be shown of it is noted, and the next one still comes, unless it needs this one. */
  async chapter(title, tell, { isNeeded = false } = {}) {
    this.#chapters.push({ title, entries: [] });
    this.#doing = 'its beginning';
    try {
      await within(CHAPTER_LIMIT_MS, tell(), 'it has not come to its end');
    } catch (error) {
      this.miss(`${title}, at ${this.#doing}`, error);
      if (isNeeded || error.isLate) throw new Over(`the rest was not tried: it begins with "${title}"`);
    }
  }

  /** Notes a moment that cannot be shown. */
  miss(moment, { message, stack }) {
    this.missing.push({ moment: `${this.#title}: ${moment}`, why: message });
    this.#chapters.at(-1)?.entries.push({ caption: `${moment}: ${message}` });
    process.stdout.write(`-  ${moment}: ${stack}\n`);
  }

  /** A picture of a screen, once for each size, after so many frames. */
  async show(screen, caption, sizes = [screen.page.viewportSize()], frames = FRAMES_TO_SETTLE) {
    for (const { width, height } of sizes) {
      this.#doing = `"${caption}", ${width} × ${height}`;
      const { file, path } = this.file(`${caption}-${width}`);
      await screen.resize({ width, height });
      await screen.nextFrames(frames);
      await screen.photograph(path);
      this.found(file, caption, width);
      if (screen.faults.length > 0) throw new Error(`${screen.who}'s page failed: ${screen.faults.join('; ')}`);
    }
  }

  /** The same of whole pages, in windows as long as they are. A new size undoes what `asked` asks of a page. */
  async showWhole(screen, caption, sizes, asked = () => {}) {
    for (const size of sizes) {
      await screen.resize(size);
      await asked();
      await screen.nextFrames(2);
      const height = await screen.page.evaluate(() => document.documentElement.scrollHeight);
      await screen.resize({ ...size, height: Math.min(height, HEIGHT_MAX) });
      await asked();
      await this.show(screen, caption);
      await screen.resize(size);
    }
  }

  /** A picture that is there, by the name that `file` gave. */
  found(file, caption, width) {
    this.pictures.push(join(this.#dir, file));
    this.#chapters.at(-1).entries.push({ file, caption, width });
    process.stdout.write(`${file}\n`);
  }

  /** The next file. */
  file(words) {
    this.#count += 1;
    const name = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const file = `${String(this.#count).padStart(3, '0')}-${name}.png`;
    return { file, path: join(this.#dir, file) };
  }

  /** Writes the page. */
  async close() {
    const chapters = this.#chapters.map(({ title, entries }) => `<h2>${text(title)}</h2>\n<section>\n${entries.map(figure).join('\n')}\n</section>`);
    const title = `Outcry: ${text(this.#title)}`;
    const head = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<style>${STYLE}</style>`;
    await writeFile(join(this.#dir, 'index.html'), `${head}\n<h1>${title}</h1>\n${chapters.join('\n')}\n</html>\n`);
  }
}

function figure({ file, caption, width }) {
  if (!file) return `<p class="missing">${text(caption)}</p>`;
  const shape = width < NARROW_PX ? ' class="narrow"' : '';
  const words = `${text(caption)} (${width} px)`;
  return `<figure><a href="${file}"><img src="${file}" alt="${words}"${shape}></a><figcaption>${words}</figcaption></figure>`;
}

function text(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

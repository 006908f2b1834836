// Pictures with captions, and the page that shows them.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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

export class Album {
  #dir;
  #chapters = [];
  #count = 0;
  missing = 0;

  constructor(dir) {
    this.#dir = dir;
  }

  async empty() {
    await rm(this.#dir, { recursive: true, force: true });
    await mkdir(this.#dir, { recursive: true });
  }

  /** Opens a chapter; what cannot be shown of it is said, and the next one still comes. */
  async chapter(title, tell) {
    this.#chapters.push({ title, entries: [] });
    try {
      await tell();
    } catch (error) {
      this.missing += 1;
      this.#add({ caption: `The rest of "${title}" could not be shown: ${error.message}` });
      process.stdout.write(`${title}: ${error.stack}\n`);
    }
  }

  /** A picture of a screen, once for each size, after so many frames. */
  async show(screen, caption, sizes = [screen.page.viewportSize()], frames = FRAMES_TO_SETTLE) {
    for (const { width, height } of sizes) {
      const { file, path } = this.file(`${caption}-${width}`);
      await screen.resize({ width, height });
      await screen.nextFrames(frames);
      await screen.page.screenshot({ path });
      this.#add({ file, caption, width });
    }
  }

  /** The same of whole pages, in windows as long as they are. A new size undoes what `asked` asks of a page. */
  async showWhole(screen, caption, sizes, asked = () => {}) {
    for (const size of sizes) {
      await screen.resize(size);
      await asked();
      await screen.nextFrames(2);
      const height = await screen.page.evaluate(() => document.documentElement.scrollHeight);
      await screen.resize({ ...size, height });
      await asked();
      await this.show(screen, caption);
      await screen.resize(size);
    }
  }

  /** A picture that another program has written, by the name that `file` gave. */
  found(file, caption, width) {
    this.#add({ file, caption, width });
  }

  /** The next file. */
  file(words) {
    this.#count += 1;
    const name = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const file = `${String(this.#count).padStart(3, '0')}-${name}.png`;
    return { file, path: join(this.#dir, file) };
  }

  #add(entry) {
    this.#chapters.at(-1).entries.push(entry);
    process.stdout.write(`${entry.file ?? '-'}  ${entry.caption}\n`);
  }

  /** Writes the page; returns its path. */
  async close() {
    const path = join(this.#dir, 'index.html');
    const chapters = this.#chapters.map(({ title, entries }) => `<h2>${text(title)}</h2>\n<section>\n${entries.map(figure).join('\n')}\n</section>`);
    const head = `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Outcry: every screen</title>\n<style>${STYLE}</style>`;
    await writeFile(path, `${head}\n<h1>Outcry: every screen</h1>\n${chapters.join('\n')}\n</html>\n`);
    return path;
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

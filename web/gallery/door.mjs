// The page before the floor: what is there at once, and everything that can go wrong.

import { Screen } from '../e2e/lib/screen.mjs';

export async function pictures(album, browser, url, { LAPTOP, PHONE }) {
  const open = async (size) => {
    const screen = await Screen.open(browser, 'door', size);
    await screen.page.route('**/*.wasm', (route) => route.abort());
    return screen;
  };

  const visitor = await open(LAPTOP);
  await visitor.goto(url);
  await visitor.page.waitForSelector('#name:enabled');
  await album.show(visitor, 'The door', [LAPTOP, PHONE]);
  await visitor.page.fill('#name', 'admin');
  await visitor.page.press('#name', 'Enter');
  await visitor.page.waitForFunction(() => document.getElementById('error').textContent !== '');
  await album.show(visitor, 'A name that cannot be had', [PHONE]);
  await visitor.page.fill('#name', 'Maria');
  await visitor.page.press('#name', 'Enter');
  await visitor.page.waitForSelector('#reload:visible');
  await album.show(visitor, 'The program cannot be fetched', [LAPTOP, PHONE]);
  await visitor.page.reload();
  await visitor.page.waitForSelector('#continue:visible');
  await album.show(visitor, 'Back at the door', [PHONE]);
  await visitor.context.close();

  const slow = await open(PHONE);
  await slow.page.unroute('**/*.wasm');
  await slow.page.route('**/*.wasm', () => {});
  await slow.goto(`${url}/?view=floor`);
  await slow.page.waitForSelector('.load:visible');
  await album.show(slow, 'The program is on its way', [PHONE]);
  await slow.context.close();

  const plain = await open(PHONE);
  await plain.page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await plain.goto(`${url}/?view=full`);
  await plain.page.waitForSelector('#error:not(:empty)');
  await album.show(plain, 'A browser without WebGL 2', [PHONE]);
  await plain.context.close();
}

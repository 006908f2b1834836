// The desktop program, on a screen that nobody sees.

import { spawn } from 'node:child_process';

// Software graphics: the floor has come to rest by then.
const AFTER_S = 25;
const SIZE = { width: 1280, height: 720 };
const VIEWS = [
  ['The desktop program', ['--name', 'Nadia']],
  ['The desktop program as projector', ['--view', 'floor']],
];

export async function nativePictures(album, url) {
  const program = process.env.OUTCRY_CLIENT_BIN;
  if (!program) {
    process.stdout.write('the desktop program is left out: --native brings it\n');
    return;
  }
  for (const [caption, flags] of VIEWS) {
    const { file, path } = album.file(caption);
    const screen = ['-a', '-s', `-screen 0 ${SIZE.width}x${SIZE.height}x24`];
    await run('xvfb-run', [...screen, program, '--url', url, ...flags, '--screenshot', path, '--after', String(AFTER_S)]);
    album.found(file, caption, SIZE.width);
  }
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

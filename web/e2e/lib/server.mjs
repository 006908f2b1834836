// The real server, one file with its pages inside, in an empty directory that goes with it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from './csv.mjs';

const START_LIMIT_MS = 30_000;
const LOOK_MS = 100;

export const PASSWORD = 'a lamp over the floor';

export function required(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: run this by "cargo xtask test --only guests" or "--only hosts"`);
  return value;
}

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a server with one room, or with several that each have a code; guests are given its own address, or another. */
export async function startServer(sessionConfig, { rooms, publicUrl } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'outcry-browser-'));
  const configFile = join(dir, 'session.json');
  await writeFile(configFile, JSON.stringify(sessionConfig));
  const url = `http://127.0.0.1:${await freePort()}`;
  const environment = { ...process.env, ADMIN_PASSWORD: PASSWORD };
  for (const variable of ['DATABASE_URL', 'OUTCRY_WEB_DIR']) delete environment[variable];
  const child = spawn(
    required('OUTCRY_SERVER_BIN'),
    [
      ['serve', '--open', '--session-config', configFile],
      ['--listen', new URL(url).host, '--public-url', publicUrl ?? url],
      rooms ? ['--rooms', String(rooms)] : [],
    ].flat(),
    { cwd: dir, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => child.on('exit', resolve));

  async function stop() {
    child.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true });
  }

  /** A table of the session's export, as the record has it by now. */
  async function table(name) {
    const out = await mkdtemp(join(dir, 'export-'));
    const exporting = spawn(required('OUTCRY_SERVER_BIN'), ['export', '--session', '1', '--out', out], {
      cwd: dir, env: environment, stdio: 'ignore',
    });
    await new Promise((resolve) => exporting.on('exit', resolve));
    return parseCsv((await readFile(join(out, name), 'utf8')).replace('\u{feff}', ''));
  }

  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the server did not become ready:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return { url, stop, table, log: () => log };
}

async function isReady(url) {
  return fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
}

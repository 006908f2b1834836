// Players and a host without a screen: a walk then needs no host's page, and no time of its own that it could miss.

import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { PASSWORD, required } from './server.mjs';

/** Time between two acts of a bot that hardly acts: prices stand still while somebody looks at them. */
export const QUIET_MS = 600_000;

/** Sends bots to a server; they start the session once all are in, unless `start` is false. */
export function startBots(url, { count = 3, seed = 1, start = true, paceMs } = {}) {
  const flags = ['--url', url, '--count', String(count), '--seed', String(seed)];
  if (start) flags.push('--start-with', PASSWORD);
  if (paceMs) flags.push('--pace-ms', String(paceMs));
  const child = spawn(required('OUTCRY_BOTS_BIN'), flags, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return {
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Does one thing as the host: 'start', 'round' or 'end'. */
export function lead(url, step) {
  const env = { ...process.env, ADMIN_PASSWORD: PASSWORD };
  return promisify(execFile)(required('OUTCRY_BOTS_BIN'), ['--url', url, 'host', step], { env });
}

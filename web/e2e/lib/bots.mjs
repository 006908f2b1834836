// Players without a screen. They also start the session: a walk then needs no host's page.

import { spawn } from 'node:child_process';
import { PASSWORD, required } from './server.mjs';

/** Sends bots to a server; they start the session once all are in, unless `start` is false. */
export function startBots(url, { count = 3, seed = 1, start = true } = {}) {
  const child = spawn(
    required('OUTCRY_BOTS_BIN'),
    ['--url', url, '--count', String(count), '--seed', String(seed), ...(start ? ['--start-with', PASSWORD] : [])],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return {
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

// A cable between a browser and the server that can be pulled: what is on it is cut, and
// nothing gets through until it is plugged in again.

import { connect, createServer } from 'node:net';
import { freePort } from './server.mjs';

export async function startCable(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let isPlugged = true;
  const keep = (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Its other end was cut.
    socket.on('error', () => socket.destroy());
  };
  const ends = createServer((near) => {
    keep(near);
    if (!isPlugged) return void near.destroy();
    const far = connect(Number(port), hostname);
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const ownPort = await freePort();
  await new Promise((resolve) => ends.listen(ownPort, '127.0.0.1', resolve));
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${ownPort}`,
    pull() {
      isPlugged = false;
      cut();
    },
    plug() {
      isPlugged = true;
    },
    stop() {
      cut();
      return new Promise((resolve) => ends.close(resolve));
    },
  };
}

/** Nothing goes out of the machine: servers of the test's own wait for it. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { startedEach, test } from './started-app';

const started = startedEach({ provoke: true });
let udp: Socket;
let tcp: Server;
let received: string[] = [];

test.beforeAll(async () => {
  udp = createSocket('udp4').on('message', (message) => received.push(`udp ${message.length}`));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  tcp = createServer((socket) => {
    received.push('tcp');
    socket.on('error', () => undefined).destroy();
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
});

test.beforeEach(() => {
  received = [];
});

test.afterAll(() => {
  udp.close();
  tcp.close();
});

const portOf = (server: Socket | Server): number => (server.address() as AddressInfo).port;

test('the servers hear whoever does send', async () => {
  const other = createSocket('udp4');
  other.send('x', portOf(udp), '127.0.0.1');
  await expect.poll(() => received).toEqual(['udp 1']);
  other.close();
});

test('WebRTC asks no server, by UDP or TCP', async () => {
  const state = await started.page.evaluate(
    async ([udpPort, tcpPort]) => {
      const peer = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udpPort}` },
          { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'u', credential: 'c' },
          { urls: `turn:127.0.0.1:${udpPort}?transport=udp`, username: 'u', credential: 'c' },
        ],
      });
      peer.createDataChannel('out');
      const gathered = new Promise((resolve) => {
        peer.addEventListener('icegatheringstatechange', () => {
          if (peer.iceGatheringState === 'complete') resolve(peer.iceGatheringState);
        });
      });
      await peer.setLocalDescription(await peer.createOffer());
      const state = await gathered;
      peer.close();
      return state;
    },
    [portOf(udp), portOf(tcp)] as const,
  );
  expect(state).toBe('complete');
  expect(received).toEqual([]);
});

test('no name is looked up, and no connection is made but through a proxy that is not there', async () => {
  const { app, page } = started;
  await page.evaluate((port) => {
    for (const [rel, href] of [
      ['dns-prefetch', '//schedville.example'],
      ['preconnect', `http://127.0.0.1:${port}`],
      ['prefetch', `http://127.0.0.1:${port}/x`],
    ] as const) {
      const link = document.createElement('link');
      Object.assign(link, { rel, href });
      document.head.append(link);
    }
    navigator.sendBeacon(`http://127.0.0.1:${port}/beacon`, 'x');
  }, portOf(tcp));
  const asked = await app.evaluate(
    ({ session }, port) =>
      Promise.all([
        // Chromium knows this name without asking anybody, unless it is told to know none.
        session.defaultSession.resolveHost('localhost').then(
          () => 'resolved',
          () => 'refused',
        ),
        session.defaultSession.resolveProxy(`http://127.0.0.1:${port}/`),
        session.defaultSession.resolveProxy('https://schedville.example/'),
      ]),
    portOf(tcp),
  );
  expect(asked).toEqual(['refused', 'PROXY 127.0.0.1:9', 'PROXY 127.0.0.1:9']);
  expect(received).toEqual([]);
});

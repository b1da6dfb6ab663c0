/** A display for Electron: the one that is there, else an Xvfb of our own. */
import { spawn, spawnSync } from 'node:child_process';
import { Failure } from './failures.mjs';
import { apt } from './system.mjs';

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * `env` is what Electron is to be started with, `isOwn` whether nobody sees what it shows, and `stop` ends what was started.
 */
export async function display() {
  if (hasDisplay()) return { env: {}, isOwn: false, stop: () => undefined };
  if (spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error)
    await apt(['xvfb'], 'There is no display, and Xvfb, which would stand in for one, is not installed.');
  // It picks a free number itself and writes it to descriptor 3 when it listens.
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Failure('Xvfb ended at once')));
    child.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return { env: { DISPLAY: `:${number}` }, isOwn: true, stop: () => child.kill() };
}

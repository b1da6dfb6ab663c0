/** What a start that was killed has left behind. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whoever makes one of these needs it for less. */
const OLD_MS = 60 * 60_000;
const CONFIG_OLD_MS = 60_000;

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOlder(path, ms) {
  try {
    return Date.now() - statSync(path).mtimeMs > ms;
  } catch {
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** How a folder to work in is called: by the process that works there. */
export const workPrefix = () => `work-${process.pid}-`;

/** Removes folders of some hundred megabytes in which nobody fetches or unpacks anything any more. */
export function sweepWork(cache) {
  for (const name of namesIn(cache)) {
    if (!name.startsWith('work-')) continue;
    const [, pid] = /^work-(\d+)-/.exec(name) ?? [];
    const path = join(cache, name);
    if (pid === undefined ? isOlder(path, OLD_MS) : !isRunning(Number(pid))) rmSync(path, { recursive: true, force: true });
  }
}

/** electron-vite writes its configuration beside the source, for the moment in which it loads it. */
export function sweepConfigs(root) {
  for (const name of namesIn(root)) {
    const path = join(root, name);
    if (/^electron\.config\.ts\.\d+\.mjs$/.test(name) && isOlder(path, CONFIG_OLD_MS)) rmSync(path, { force: true });
  }
}

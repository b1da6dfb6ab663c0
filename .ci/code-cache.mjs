/**
 * What V8 has made of the page's scripts, for a package to bring along (src-main/app/code-cache.ts): it comes from a few starts of the very program
 * that was packed, because V8 believes it in this version and of these scripts only.
 */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { isRoot } from './system.mjs';

/** The second start keeps it; the third one would find it. */
const STARTS = 2;
/** Until its window is whole, and Chromium has written what it keeps. */
const USED_MS = 6_000;
const END_MS = 10_000;
/** The page's own script alone comes to more. */
const LEAST_BYTES = 400 * 1024;

/** Starts the program with data of its own, lets it come to rest and ends it. */
async function used(executable, args, env) {
  const child = spawn(executable, [...args, '--disable-gpu', ...(isRoot() ? ['--no-sandbox'] : [])], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const gone = new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  const early = await Promise.race([gone, after(USED_MS, 'runs')]);
  if (early !== 'runs') throw new Error(`${executable} ended at once (${early})`);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await gone;
  clearTimeout(timer);
}

/** Puts into the folder `to` what a program keeps of its scripts; returns how many bytes. `env` has a display. */
export async function makeCodeCache(executable, args, { env, to }) {
  const data = mkdtempSync(join(tmpdir(), 'schedville-code-'));
  try {
    for (let i = 0; i < STARTS; i++) await used(executable, [...args, `--user-data-dir=${data}`], env);
    const kept = join(data, 'Code Cache', 'js');
    const names = existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith('_0')) : [];
    const bytes = names.reduce((sum, name) => sum + statSync(join(kept, name)).size, 0);
    if (bytes < LEAST_BYTES) throw new Error(`V8 has kept ${bytes} bytes of its scripts`);
    mkdirSync(to, { recursive: true });
    for (const name of names) {
      copyFileSync(join(kept, name), join(to, name));
      // As Chromium writes it nobody else may read it.
      chmodSync(join(to, name), 0o644);
    }
    return bytes;
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

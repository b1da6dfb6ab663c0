/** What Electron says on standard error and what of it is for a person. */
import { createInterface } from 'node:readline';

/** Chromium looks for a desktop bus that a server does not have; that says nothing about Schedville. */
const NOISE = /ERROR:(bus|object_proxy)\.cc/;

/** Hands on every line that is no noise. Whole lines: what arrives in pieces may be cut in the middle of a character. */
export async function withoutNoise(stream, write) {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (!NOISE.test(line)) write(`${line}\n`);
  }
}

/** Electron's fuses as they are in an executable, by the names that the configuration has for them. */
import { createRequire } from 'node:module';
import { FUSES } from '../electron-builder.config.js';

const { FuseV1Options, getCurrentFuseWire } = createRequire(import.meta.url)('@electron/fuses');

const [OFF, ON] = [48, 49];

/** Name in the configuration -> true, false, or null where this Electron has no such fuse. */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    Object.keys(FUSES).map((name) => {
      const state = wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)]];
      return [name, state === ON ? true : state === OFF ? false : null];
    }),
  );
}

/** What is not as configured, in words. */
export function wrongFuses(found) {
  return Object.entries(FUSES).flatMap(([name, wanted]) => (found[name] === wanted ? [] : [`${name} is ${found[name]}, not ${wanted}`]));
}

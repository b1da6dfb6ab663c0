/** What the system says of a disk that is full or may not be written to, told in a sentence instead. */

const FULL = /\bENOSPC\b|\bEDQUOT\b|\bEFBIG\b|no space left on device|disk quota exceeded/i;
const SHUT = /\b(EACCES|EPERM|EROFS|ENOTDIR)\b|read-only file system/i;
const PATH = /(?:open|mkdir|mkdtemp|unlink|rmdir|rename|scandir|copyfile|syscall mkdir|path) '?([/\\][^'\n]*|[A-Za-z]:[^'\n]*)'?/i;

/** Packages, Electron and its archive while it is unpacked, the build. */
const NEEDED_GB = 1.5;

/** `said`: an error's text, or what a tool has printed; null: it is about something else. */
export function diskReason(said) {
  if (FULL.test(said))
    return `There is no space left on the disk. Schedville needs about ${NEEDED_GB} GB for its packages and Electron. Make room and start again: whatever was begun is begun anew.`;
  const [what] = SHUT.exec(said) ?? [];
  if (what === undefined) return null;
  const [, path] = PATH.exec(said) ?? [];
  return `${path ?? 'A folder'} cannot be written to (${what}). Schedville needs a checkout and a cache (~/.cache, or what XDG_CACHE_HOME names) that belong to you: copy the checkout into your own folder, or have its owner start it.`;
}

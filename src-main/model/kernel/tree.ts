/**
 * The tree of files, as rows of KernelState.files by their path: a plain path is a file, a symbolic link or (as `sameAs`) a further name of
 * a file; a path with a slash at its end is a directory that somebody has made. A directory is there, too, when something lies in it.
 * What is open and has no name any more keeps its row under a name that no path can have.
 */
import type { KernelFd, KernelFile, KernelState } from '../kernel-state';
import type { Json } from '../state';

interface Holder {
  readonly kernel: KernelState;
}

interface Changer extends Holder {
  set(path: readonly string[], value: Json): void;
}

export type Entry =
  /** `key`: where its row is, which is another name when this one is a further one. */
  { kind: 'file' | 'symlink'; path: string; key: string } | { kind: 'dir'; path: string };

/** Which rights what is made new has not, until the program says otherwise. */
export const UMASK = 0o022;

export const maskedMode = ({ kernel }: Holder, mode: number): number => mode & ~(kernel.umask ?? UMASK);

/** There in any case, until somebody removes it. */
const TMP = '/tmp';
/** Before a name that is gone: no path of a program begins so. */
const NAMELESS = '(deleted) ';

export const isNameless = (path: string): boolean => !path.startsWith('/');

/** The path without doubled or trailing slashes, dots and way back: how a scenario may write it, not how the kernel walks it. */
export function canonical(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export const childOf = (directory: string, name: string): string => (directory === '/' ? `/${name}` : `${directory}/${name}`);
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
export const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function rowOf({ files }: KernelState, key: string): KernelFile | undefined {
  return Object.hasOwn(files, key) ? files[key] : undefined;
}

/** What lies at a canonical path; null: nothing. */
export function entryAt({ kernel }: Holder, path: string): Entry | null {
  const row = rowOf(kernel, path);
  if (row) return { kind: row.type ?? 'file', path, key: row.sameAs ?? path };
  return isDirectory({ kernel }, path) ? { kind: 'dir', path } : null;
}

function isDirectory({ kernel }: Holder, path: string): boolean {
  if (path === '/') return true;
  const own = rowOf(kernel, `${path}/`);
  if (own) return own.gone !== true;
  return path === TMP || Object.keys(kernel.files).some((key) => key.startsWith(`${path}/`));
}

/** Names in a directory in their order, each once. */
export function namesIn({ kernel }: Holder, directory: string): string[] {
  const before = directory === '/' ? '/' : `${directory}/`;
  const names = new Set<string>();
  for (const [key, row] of Object.entries(kernel.files)) {
    const name = key.startsWith(before) ? key.slice(before.length).split('/', 1)[0] : '';
    if (name !== undefined && name !== '' && !(row.gone === true && key === `${before}${name}/`)) names.add(name);
  }
  if (directory === '/' && isDirectory({ kernel }, TMP)) names.add('tmp');
  return [...names].sort();
}

export function fileAt({ kernel }: Holder, key: string): KernelFile {
  return rowOf(kernel, key) ?? { data: '' };
}

/** Names of the file whose row is `key`, the row's own if it is one. */
export function namesOf({ kernel }: Holder, key: string): string[] {
  const others = Object.entries(kernel.files).filter(([, row]) => row.sameAs === key);
  return [...(isNameless(key) ? [] : [key]), ...others.map(([path]) => path)];
}

/** The row of a directory that has one: its permissions, if somebody has made or changed it. */
export const directoryRow = ({ kernel }: Holder, path: string): KernelFile | undefined => rowOf(kernel, path === '/' ? '//' : `${path}/`);

function setFiles(port: Changer, change: (files: Record<string, KernelFile>) => void): void {
  const files = { ...port.kernel.files };
  change(files);
  port.set(['files'], files as unknown as Json);
}

/** Somebody takes the last thing out of a directory that is there only because of it: it stays. */
function keepDirectory(files: Record<string, KernelFile>, path: string): void {
  if (path === '/' || isNameless(path)) return;
  if (!Object.keys(files).some((key) => key.startsWith(`${path}/`))) files[`${path}/`] = { data: '' };
}

export function makeFile(port: Changer, path: string, row: KernelFile): void {
  setFiles(port, (files) => {
    files[path] = row;
  });
}

export function makeDirectory(port: Changer, path: string, mode: number): void {
  makeFile(port, `${path}/`, { data: '', mode });
}

export function removeDirectory(port: Changer, path: string): void {
  setFiles(port, (files) => {
    Reflect.deleteProperty(files, `${path}/`);
    if (path === TMP) files[`${TMP}/`] = { data: '', gone: true };
    keepDirectory(files, parentOf(path));
  });
  moved(port, (each) => (each === path ? `${NAMELESS}${path}` : each));
}

/** A name that nothing has yet, for a file without one. */
export function namelessKey({ kernel }: Holder, path: string): string {
  const name = `${NAMELESS}${path}`;
  if (!rowOf(kernel, name)) return name;
  let n = 2;
  while (rowOf(kernel, `${name} ${n}`)) n++;
  return `${name} ${n}`;
}

const isOpen = ({ kernel }: Holder, key: string): boolean =>
  [...Object.values(kernel.fds), ...(kernel.held ?? []).map(({ open }) => open)].some((open) => namesFile(open) && open.path === key) ||
  kernel.maps.some((map) => map.path === key);

const namesFile = (open: KernelFd): boolean => open.kind === 'file' || open.kind === 'symlink';

/** Takes a name away. The file stays while it has another or is open. */
export function removeName(port: Changer, path: string): void {
  const row = rowOf(port.kernel, path);
  if (!row) return;
  const [heir] = row.sameAs === undefined ? namesOf(port, path).filter((each) => each !== path) : [];
  const key = heir ?? (row.sameAs === undefined && isOpen(port, path) ? namelessKey(port, path) : null);
  setFiles(port, (files) => {
    Reflect.deleteProperty(files, path);
    if (key !== null) files[key] = row;
    for (const [name, other] of Object.entries(files))
      if (other.sameAs === path && key !== null && name !== key) files[name] = { ...other, sameAs: key };
    keepDirectory(files, parentOf(path));
  });
  if (key !== null) moved(port, (each) => (each === path ? key : each));
}

/** A file without a name that nobody has open any more is gone. */
export function forgetNameless(port: Changer, key: string): void {
  if (!isNameless(key) || !rowOf(port.kernel, key) || isOpen(port, key) || namesOf(port, key).length > 0) return;
  setFiles(port, (files) => {
    Reflect.deleteProperty(files, key);
  });
}

/** Gives a file, whose row is `key`, a further name; a file without one gets its first. */
export function addName(port: Changer, key: string, path: string): void {
  if (!isNameless(key)) {
    makeFile(port, path, { data: '', sameAs: key });
    return;
  }
  const row = fileAt(port, key);
  setFiles(port, (files) => {
    Reflect.deleteProperty(files, key);
    files[path] = row;
  });
  moved(port, (each) => (each === key ? path : each));
}

/** Everything at and below `from` is at and below `to` from now on; what was at `to` has been removed before. */
export function renameEntry(port: Changer, from: string, to: string): void {
  const renamed = (key: string): string => (key === from || key.startsWith(`${from}/`) ? to + key.slice(from.length) : key);
  const isTmp = from === TMP && !rowOf(port.kernel, `${TMP}/`);
  const files: Record<string, KernelFile> = {};
  for (const [key, row] of Object.entries(port.kernel.files))
    files[renamed(key)] = row.sameAs === undefined ? row : { ...row, sameAs: renamed(row.sameAs) };
  // What comes to a place is there, even where something had been removed.
  if (files[`${to}/`]?.gone === true) files[`${to}/`] = { data: '' };
  if (isTmp) files[`${to}/`] = { data: '' };
  if (from === TMP) files[`${TMP}/`] = { data: '', gone: true };
  keepDirectory(files, parentOf(from));
  port.set(['files'], files as unknown as Json);
  moved(port, renamed);
}

/** Descriptors, mappings and the working directory follow what they name. */
function moved(port: Changer, to: (path: string) => string): void {
  const { fds, maps, cwd } = port.kernel;
  for (const [n, open] of Object.entries(fds)) {
    if ((namesFile(open) || open.kind === 'dir') && to(open.path) !== open.path) port.set(['fds', n, 'path'], to(open.path));
  }
  if (maps.some((map) => map.path !== '' && to(map.path) !== map.path))
    port.set(['maps'], maps.map((map) => (map.path === '' ? map : { ...map, path: to(map.path) })) as unknown as Json);
  if (cwd !== undefined && to(cwd) !== cwd) port.set(['cwd'], to(cwd));
}

/** Whether a distribution of Electron is still what it was when it was prepared: every file with its size. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

function sizesOf(dist) {
  const sizes = {};
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    sizes[relative(dist, path)] = statSync(path).size;
  }
  return sizes;
}

/** Writes down what is there now. `version`: of what the sizes are. */
export function markSizes(mark, dist, version) {
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, `${JSON.stringify({ version, sizes: sizesOf(dist) })}\n`);
}

function readMark(mark) {
  try {
    const { version, sizes } = JSON.parse(readFileSync(mark, 'utf8'));
    return sizes && typeof sizes === 'object' ? { version, sizes } : null;
  } catch {
    return null;
  }
}

/** What is wrong, in words; null: nothing. A distribution without a mark, or with one of another version, gets its mark now. */
export function damageOf(mark, dist, version) {
  const marked = readMark(mark);
  if (!marked || marked.version !== version) {
    markSizes(mark, dist, version);
    return null;
  }
  for (const [name, size] of Object.entries(marked.sizes)) {
    const path = join(dist, name);
    if (!existsSync(path)) return `${name} is missing`;
    const found = statSync(path).size;
    if (found !== size) return `${name} has ${found} bytes instead of ${size}`;
  }
  return null;
}

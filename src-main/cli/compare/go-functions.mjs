/**
 * node src-main/cli/compare/go-functions.mjs GOROOT/src VERSION RELEASE (for instance /tmp/go/src 1.14 1.14.1)
 *
 * Notes in which lines of Go's sources those functions lie that the pseudo-code of VERSION names (assets/pseudocode/VERSION), so that a test
 * can check its line numbers without having Go's sources. Only names and numbers are kept, in
 * src-main/model/testdata/goRELEASE-functions.json: { "runtime/proc.go": { "schedule": [first, last] } }. Run it again when the pseudo-code
 * gains a function.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

const [sources, version, release] = process.argv.slice(2);
if (!sources || !version || !release) throw new Error('usage: node src-main/cli/compare/go-functions.mjs GOROOT/src VERSION RELEASE');

/** File below src to the names of its functions that the pseudo-code uses. */
function namesWanted() {
  const folder = join(ROOT, 'assets/pseudocode', version);
  const wanted = new Map();
  let names = new Set();
  for (const file of readdirSync(folder).sort()) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const head = /^== (\S+) (\S+)$/.exec(line);
      if (head) {
        names = wanted.get(head[2]) ?? new Set();
        wanted.set(head[2], names);
        names.add(head[1]);
      }
      const elsewhere = /^[^¦]*¦ ([A-Za-z]\w*):\d+[ ,]/.exec(line);
      if (elsewhere) names.add(elsewhere[1]);
    }
  }
  return wanted;
}

/** Where each function of a Go or assembly file begins and ends. Methods go by their bare name and, where that is not enough, by their type's with it: RWMutex.Lock. */
function functionsIn(text, isAssembly) {
  const lines = text.split('\n');
  const found = [];
  lines.forEach((line, index) => {
    const [, name] = (isAssembly ? /^TEXT (?:[\w∕]+)?·(\w+)\(SB\)/ : /^func (?:\([^)]*\) )?(\w+)\(/).exec(line) ?? [];
    if (name === undefined) return;
    const type = isAssembly ? undefined : /^func \(\w+ \*?(\w+)\)/.exec(line)?.[1];
    const rest = lines.slice(index + 1);
    const next = isAssembly ? rest.findIndex((each) => /^TEXT /.test(each)) : rest.findIndex((each) => each === '}');
    let last = isAssembly ? (next < 0 ? lines.length : index + 1 + next) : index + 2 + next;
    if (isAssembly) while (/^(\/\/.*|\s*)$/.test(lines[last - 1] ?? '')) last--;
    if (!isAssembly && /}\s*$/.test(line)) last = index + 1;
    found.push({ name, first: index + 1, last });
    if (type !== undefined) found.push({ name: `${type}.${name}`, first: index + 1, last });
  });
  return found;
}

const table = {};
for (const [file, names] of [...namesWanted()].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const all = functionsIn(readFileSync(join(sources, file), 'utf8'), file.endsWith('.s'));
  table[file] = {};
  for (const name of [...names].sort()) {
    const [only, ...more] = all.filter((each) => each.name === name);
    if (more.length > 0) throw new Error(`${file} has ${more.length + 1} functions called ${name}`);
    if (only) table[file][name] = [only.first, only.last];
    else console.log(`${file} has no function ${name}`);
  }
}
const out = join(ROOT, 'src-main/model/testdata', `go${release}-functions.json`);
const rows = Object.entries(table)
  .filter(([, functions]) => Object.keys(functions).length > 0)
  .map(([file, functions]) => {
    const inside = Object.entries(functions).map(
      ([name, lines]) => `    ${JSON.stringify(name)}: ${JSON.stringify(lines).replace(',', ', ')}`,
    );
    return `  ${JSON.stringify(file)}: {\n${inside.join(',\n')}\n  }`;
  });
writeFileSync(out, `{\n${rows.join(',\n')}\n}\n`);
console.log(`${Object.values(table).flatMap((each) => Object.keys(each)).length} functions: ${out}`);

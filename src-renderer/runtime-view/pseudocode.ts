/** The pseudo-code that comes with the product, by version of Go. Its texts are assets/pseudocode; a version is read when it is first shown. */
import { type Pseudocode, readPseudocode } from '../../src-main/contract/index';

const TEXTS: Record<string, string> = import.meta.glob('../../assets/pseudocode/*/*.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const read = new Map<string, ReadonlyMap<string, Pseudocode>>();

function functionsOf(version: string): ReadonlyMap<string, Pseudocode> {
  const known = read.get(version);
  if (known) return known;
  const texts = Object.entries(TEXTS).filter(([path]) => path.split('/').at(-2) === version);
  const { functions } = readPseudocode(Object.fromEntries(texts));
  read.set(version, functions);
  return functions;
}

/** `version`: folder of assets/pseudocode. */
export function pseudocodeOf(version: string, fn: string): Pseudocode | null {
  return functionsOf(version).get(fn) ?? null;
}

/** Where a line stands in Go's source, as it is written beside it: proc.go:2466. '' for lines of the model's own. */
export function sourcePlace(file: string, line: number | null): string {
  return line === null ? '' : `${file.split('/').at(-1) ?? file}:${line}`;
}

/** A lesson file of version 1 as one of version 2. Only the number changes: everything that version 1 says means the same in version 2. */
import { isMap, isScalar, type Node } from 'yaml';
import { composed, YAML_OPTIONS } from '../yaml-document';

/** The same text with the newer number, comments and layout included. Null: it has no number 1 to be changed. */
export function upgraded(text: string): string | null {
  const { document } = composed(text, YAML_OPTIONS);
  const root = document.contents as Node | null;
  if (document.errors.length > 0 || !isMap(root)) return null;
  const version = root.items.find(({ key }) => isScalar(key) && key.value === 'schedville')?.value;
  if (!isScalar(version) || version.value !== 1 || !version.range) return null;
  const [from, to] = version.range;
  return `${text.slice(0, from)}2${text.slice(to)}`;
}

/**
 * A text as a document of the `yaml` library, unless it is nested deeper than anything of ours: the library composes documents by calling
 * itself, so that its own limit would be how much stack happens to be left, and the same file would be read today and refused tomorrow.
 */
import { Composer, type CST, type Document, Parser, parseDocument, YAMLParseError } from 'yaml';

type Options = Exclude<ConstructorParameters<typeof Composer>[0], undefined>;
export type YamlDocument = Document.Parsed;

/** Levels of lists and maps. A scenario has 16 levels of operations, each of a few. */
export const MOST_LEVELS = 150;

/**
 * How every file of ours is read. The library looks for equal keys by comparing each with each; yaml-source.ts does it in one walk. Known tags
 * stay unknown: !!binary and !!set would put into the document what JSON does not have.
 */
export const YAML_OPTIONS = {
  version: '1.2',
  uniqueKeys: false,
  stringKeys: true,
  prettyErrors: false,
  resolveKnownTags: false,
} as const satisfies Options;

/** `tooDeepAt`: the character at which it gets too deep; null: it does not, and the document is the text's. */
export function composed(text: string, options: Options): { document: YamlDocument; tooDeepAt: number | null } {
  const tokens = [...new Parser().parse(text)];
  const tooDeepAt = deeperThan(tokens, MOST_LEVELS);
  if (tooDeepAt !== null) return { document: parseDocument('', options), tooDeepAt };
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  if (!document) return { document: parseDocument('', options), tooDeepAt };
  if (second) document.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'a second document'));
  return { document: document as YamlDocument, tooDeepAt };
}

/** Where the first list or map of more than `most` levels begins. */
function deeperThan(tokens: readonly CST.Token[], most: number): number | null {
  const left: { token: CST.Token; level: number }[] = [];
  const push = (token: CST.Token | null | undefined, level: number): void => {
    if (token) left.push({ token, level });
  };
  for (const token of tokens) if (token.type === 'document') push(token.value, 0);
  for (let next = left.pop(); next; next = left.pop()) {
    const { token, level } = next;
    if (!('items' in token)) continue;
    if (level >= most) return token.offset;
    for (const { key, value } of token.items) {
      push(key, level + 1);
      push(value, level + 1);
    }
  }
  return null;
}

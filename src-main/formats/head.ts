/**
 * What every file of ours begins with, and texts in every language. Apart from the scenario's reader, which knows the whole model: the build
 * and the tests read the glossary with this and little else.
 */
import { fill } from '../../assets/words/index';
import { type Language, LANGUAGES, type Text, textOf, WRITTEN } from '../model/words';
import type { Entry, Node, Said, YamlSource } from './yaml-source';

/** schedville and kind, as all our files begin. `versions`: those of this kind of file. */
export function checkHead(source: YamlSource, top: ReadonlyMap<string, Entry>, kind: string, versions: readonly number[] = [1]): void {
  const version = top.get('schedville')?.value;
  if (version && !versions.map(String).includes(source.describe(version))) {
    const found = source.describe(version);
    source.fault(version, (w, { language }) => {
      const known = new Intl.ListFormat(language.tag, { type: 'disjunction' }).format(versions.map(String));
      return fill(w.formatVersion, { version: known, found });
    });
  }
  const named = top.get('kind')?.value;
  if (!named || (source.isText(named) && source.text(named, 'kind') === kind)) return;
  const found = source.describe(named);
  source.fault(named, (w) => fill(w.wrongKind, { kind, found }), kind);
}

/**
 * A text in each language that has to be written and in whichever else it was; none of them empty. `wrong` says what else a language's text may
 * not have. `only`: the one language of a file that is written in no other; there the text may stand alone, and stands in for the others.
 */
export function readText(
  source: YamlSource,
  node: Node | null,
  what: string,
  wrong: (text: string) => Said | null = () => null,
  only: Language | null = null,
): Text {
  if (node !== null && source.isText(node)) {
    if (only === null) source.fault(node, (w) => fill(w.wantsLanguages, { what, form: TEXT_FORM }));
    const said = only === null ? '' : (checkedText(source, node, what, wrong) ?? '');
    return textOf(() => said);
  }
  return textIn(source, source.fields(node, what, ...languagesOf(only), [], notInText(source, only)), what, wrong);
}

/** In which language somebody has written: whoever writes Chinese uses Chinese characters. */
export const languageOfText = (text: string): Language => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');

/**
 * The title of a file that has no other text. One language is enough there, `{ zh: … }` or the plain text, and stands in for the others.
 * `only`: that language; null: it is there in both.
 */
export function readTitle(source: YamlSource, node: Node): { title: Text; only: Language | null } {
  if (source.isText(node)) {
    const only = languageOfText(source.text(node, 'title') ?? '');
    return { title: readText(source, node, 'title', () => null, only), only };
  }
  const written = source.isMap(node) ? source.entries(node, 'title').filter(({ name }) => LANGUAGES.some((each) => each === name)) : [];
  const only = written.length === 1 ? (written[0]?.name as Language) : null;
  const fields = source.fields(node, 'title', LANGUAGES, only === null ? WRITTEN : [only], [], notInText(source, null));
  return { title: textIn(source, fields, 'title'), only };
}

/** A text in every language, as it is written. */
export const TEXT_FORM = '{ zh: …, en: … }';

/** Keys that a text has not, and what was meant: another language, or a sentence that a comma has cut in two. */
export const notInText =
  (source: YamlSource, only: Language | null) =>
  ({ name, value }: Entry): Said | null => {
    if (only !== null && LANGUAGES.some((each) => each === name)) return (w) => fill(w.otherLanguage, { name, only });
    return source.isNothing(value) && !name.includes(':') ? (w) => fill(w.cutByComma, { rest: name }) : null;
  };

/** Which languages a text may have, and which it must. */
export const languagesOf = (only: Language | null): [known: readonly Language[], required: readonly Language[]] =>
  only === null ? [LANGUAGES, WRITTEN] : [[only], [only]];

function checkedText(source: YamlSource, node: Node, what: string, wrong: (text: string) => Said | null): string | undefined {
  const text = source.text(node, what)?.trim();
  // Behind a sentence hardly anybody means a comment, which can also stand above it.
  source.hintOfLost(node, () => true);
  if (text === '') source.fault(node, (w) => fill(w.emptyText, { what }));
  const said = text === undefined ? null : wrong(text);
  if (said) source.fault(node, said);
  return text;
}

/** The same of a map that has other keys besides, whose fields have been read. */
export function textIn(
  source: YamlSource,
  fields: ReadonlyMap<string, Entry>,
  what: string,
  wrong: (text: string) => Said | null = () => null,
): Text {
  const of = (language: Language): string | undefined => {
    const entry = fields.get(language);
    return entry && checkedText(source, entry.value, `${what}.${language}`, wrong);
  };
  const said = new Map(LANGUAGES.map((language) => [language, of(language)]));
  const any = [...said.values()].find((text) => text !== undefined);
  return textOf((language) => said.get(language) ?? said.get('en') ?? any ?? '');
}

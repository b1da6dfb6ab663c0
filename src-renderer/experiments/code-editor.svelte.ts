/**
 * The text editor: CodeMirror with what a scenario's writer needs. It lives in a shadow root, because there its styles are constructed sheets, which
 * the page's policy allows; in the document they would be an inline style, which it does not.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentService, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter, lintKeymap, forceLinting } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Fault } from '../../src-main/contract/index';
import type { Offer } from './scenario-context';

export interface EditorWords {
  label: string;
  phrases: Readonly<Record<string, string>>;
}

export interface EditorSetting {
  text: string;
  words: EditorWords;
  onchange: (text: string) => void;
  onrun: () => void;
  onsave: () => void;
  /** Faults first, then hints. */
  check: (text: string) => Promise<{ fault: Fault; isFault: boolean; message: string }[]>;
  offers: (text: string, at: number) => { from: number; offers: readonly Offer[] } | null;
  /** What a word of the file means; null: nothing is known. */
  explain: (word: string) => string | null;
}

export interface CodeEditor {
  /** Another text, from elsewhere: a step of the editor's own undo. */
  put: (text: string) => void;
  setWords: (words: EditorWords) => void;
  focus: () => void;
  /** To a fault's place. */
  goTo: (line: number, column: number) => void;
  destroy: () => void;
}

/** Whoever types on is not corrected in the middle of a word. */
const CHECK_AFTER_MS = 300;

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--kernel)' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: 'var(--ink-soft)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--panel)', fontSize: 'var(--text-small)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--panel-2)', color: 'var(--ink-soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--changed-bg) 45%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--focus) 35%, transparent)',
  },
  '.cm-tooltip, .cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--panel)', border: '1px solid var(--line)' },
  '.cm-tooltip': { fontSize: 'var(--text-small)', padding: '3px 8px', maxWidth: '46ch', borderRadius: '6px', whiteSpace: 'pre-line' },
  '.cm-tooltip-autocomplete': { maxWidth: 'none', padding: '0' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--accent-ink)', background: 'var(--accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8', marginLeft: '1em' },
  '.cm-panels': { fontSize: 'var(--text-small)' },
  '.cm-textfield, .cm-button': {
    color: 'var(--ink)',
    backgroundColor: 'var(--panel-2)',
    backgroundImage: 'none',
    border: '1px solid var(--line)',
  },
  '.cm-panel.cm-search': { padding: '4px 24px 6px 6px' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { fontSize: 'var(--text-small)' },
  '.cm-diagnostic': { padding: '2px 6px' },
  // Instead of the library's own pictures: the page loads none that are written into a style.
  '.cm-lint-marker': {
    content: 'normal',
    width: '0.7em',
    height: '0.7em',
    marginTop: '0.35em',
    borderRadius: '50%',
    backgroundColor: 'var(--bad)',
  },
  '.cm-lint-marker-error, .cm-lint-marker-info': { content: 'normal' },
  '.cm-lint-marker-warning': { content: 'normal', backgroundColor: 'var(--changed)', borderRadius: '0' },
  '.cm-lintRange-error, .cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--changed)' },
});

const wordsOf = ({ label, phrases }: EditorWords): Extension => [
  EditorState.phrases.of(phrases),
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', tabindex: '0' }),
];

export function codeEditor(host: HTMLElement, setting: EditorSetting): CodeEditor {
  const root = host.attachShadow({ mode: 'open' });
  const words = new Compartment();
  const run = (): boolean => {
    setting.onrun();
    return true;
  };
  const save = (): boolean => {
    setting.onsave();
    return true;
  };
  const view: EditorView = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: setting.text,
      extensions: [
        keymap.of([
          { key: 'Mod-Enter', run },
          { key: 'F5', run },
          { key: 'Mod-s', run: save },
        ]),
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        EditorView.lineWrapping,
        yaml(),
        search({ top: true }),
        indentService.of(({ state }, at) => indentOf(state.doc.lineAt(Math.max(0, at - 1)).text)),
        autocompletion({ override: [(context) => completions(context, setting)], icons: false }),
        hoverTooltip(({ state }, at) => explained(state, at, setting)),
        linter(({ state }) => diagnostics(state, setting), { delay: CHECK_AFTER_MS }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        syntaxHighlighting(COLOURS),
        LOOK,
        words.of(wordsOf(setting.words)),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) setting.onchange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    put: (text) => {
      const { doc } = view.state;
      if (doc.toString() !== text) view.dispatch({ changes: between(doc.toString(), text) });
    },
    setWords: (said) => {
      view.dispatch({ effects: words.reconfigure(wordsOf(said)) });
      forceLinting(view);
    },
    focus: () => {
      view.focus();
    },
    goTo: (line, column) => {
      const at = view.state.doc.line(Math.min(view.state.doc.lines, line));
      view.dispatch({ selection: { anchor: Math.min(at.to, at.from + column - 1) }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => {
      view.destroy();
    },
  };
}

/** A new line begins below the line before it, further in behind a key that has nothing beside it yet. */
function indentOf(before: string): number {
  const [lead = ''] = /^\s*/.exec(before) ?? [];
  const isOpen = /:\s*(#.*)?$/.test(before);
  return lead.length + (isOpen ? (before.slice(lead.length).startsWith('- ') ? 4 : 2) : 0);
}

/** What differs, from the first character to the last: the cursor stays where nothing has changed. */
function between(one: string, other: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - from && one.at(-1 - end) === other.at(-1 - end)) end++;
  return { from, to: one.length - end, insert: other.slice(from, other.length - end) };
}

function completions({ state, pos, explicit }: CompletionContext, { offers }: EditorSetting): CompletionResult | null {
  const found = offers(state.doc.toString(), pos);
  if (!found || found.offers.length === 0 || (!explicit && found.from === pos)) return null;
  const options = found.offers.map(({ label, behind, detail }) => ({ label, detail, apply: `${label}${behind}` }));
  return { from: found.from, options, validFor: /^[\p{L}\w."]*$/u };
}

function explained(state: EditorState, at: number, { explain }: EditorSetting): ReturnType<Parameters<typeof hoverTooltip>[0]> {
  const word = state.wordAt(at);
  const said = word && explain(state.sliceDoc(word.from, word.to));
  if (!word || said === null) return null;
  const create = (): { dom: HTMLElement } => {
    const dom = document.createElement('div');
    dom.textContent = said;
    return { dom };
  };
  return { pos: word.from, end: word.to, above: true, create };
}

async function diagnostics(state: EditorState, { check }: EditorSetting): Promise<Diagnostic[]> {
  const { doc } = state;
  const found = await check(doc.toString());
  return found.map(({ fault, isFault, message }) => {
    const line = doc.line(Math.min(doc.lines, fault.line));
    const from = Math.min(line.to, line.from + fault.column - 1);
    const word = state.wordAt(from);
    return { from, to: Math.max(from, word?.to ?? line.to), severity: isFault ? ('error' as const) : ('warning' as const), message };
  });
}

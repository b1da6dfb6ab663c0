/** What was typed after `sim`, read and checked; and the help texts. A fault says what is wrong, where, and how it would be right. */
import { fill, inEveryLanguage, type Words, WORDS } from '../../assets/words/index';
import { EVENT_GROUPS, type EventGroup } from '../ask/events/groups';
import { EXPORT_IDS, type ExportId } from '../contract/exports';
import { durationNs } from '../formats/durations';
import type { KnobChange } from '../formats/scenario-knobs';
import { type Voice, VOICES } from '../formats/sentences';
import { nearest } from '../model/nearest-word';
import { isLanguage, type Language, LANGUAGES, type Text } from '../model/words';

export interface RunOptions {
  trace: string | undefined;
  facts: string | undefined;
  seed: number | undefined;
  untilNs: number | undefined;
  stateAt: number | undefined;
  isQuiet: boolean;
}

export type Wish =
  | { kind: 'help'; about: CommandName | null }
  | { kind: 'version' }
  | { kind: 'run'; file: string; options: RunOptions }
  | { kind: 'check'; files: readonly string[]; expect: string | undefined; isQuiet: boolean }
  | { kind: 'anchors'; file: string; isJson: boolean }
  | { kind: 'upgrade'; file: string; out: string }
  | { kind: 'export'; file: string; format: ExportId; out: string }
  | { kind: 'import'; file: string; out: string }
  | AskWish
  | { kind: 'find'; file: string; expression: string; limit: number | undefined; isJson: boolean };

/** Questions that are answered in sentences. */
export type AskWish =
  | { kind: 'events'; file: string; only: string | null; groups: readonly EventGroup[]; limit: number; isJson: boolean; voice: Voice }
  | { kind: 'why'; file: string; who: string; at: string | null; isJson: boolean; voice: Voice }
  | { kind: 'compare'; file: string; other: string | null; changes: readonly KnobChange[]; isJson: boolean };

const COMMANDS = ['run', 'check', 'anchors', 'find', 'events', 'why', 'compare', 'export', 'import', 'upgrade'] as const;
type CommandName = (typeof COMMANDS)[number];

/** The command was typed wrongly: exit status 2. */
export class Usage extends Error {
  /** For whoever prints it. */
  readonly text: Text;

  constructor(
    said: (words: Words['sim'], all: Words) => string,
    readonly about: CommandName | null,
  ) {
    const text = inEveryLanguage((words) => said(words.sim, words));
    super(text.en);
    this.text = text;
  }
}

export const EXAMPLE = 'assets/examples/two-houses.scenario.yaml';
/** What the others are for is no scenario. */
const EXAMPLES: Partial<Record<CommandName, string>> = { import: 'server.trace', upgrade: 'lesson.yaml' };

/** Each switch with its value's name, or null when none follows, and the commands that have it. */
const SWITCHES: Readonly<Record<string, { value: string | null; of: readonly CommandName[]; example: string }>> = {
  '--trace': { value: 'OUT', of: ['run'], example: '--trace run.trace.jsonl' },
  '--facts': { value: 'OUT', of: ['run'], example: '--facts -' },
  '--seed': { value: 'N', of: ['run'], example: '--seed 7' },
  '--until': { value: 'TIME', of: ['run'], example: '--until 30ms' },
  '--state-at': { value: 'N', of: ['run'], example: '--state-at 20' },
  '--expect': { value: 'FACTS', of: ['check'], example: '--expect two-houses.facts.json' },
  '--quiet': { value: null, of: ['run', 'check'], example: '--quiet' },
  '--format': { value: 'F', of: ['export'], example: '--format perfetto' },
  '--out': { value: 'OUT', of: ['export', 'import', 'upgrade'], example: '--out run.perfetto.json' },
  '--limit': { value: 'N', of: ['find', 'events'], example: '--limit 10' },
  '--only': { value: 'WHO', of: ['events'], example: '--only G7' },
  '--kind': { value: 'KINDS', of: ['events'], example: '--kind syscall,wait' },
  '--at': { value: 'WHERE', of: ['why'], example: '--at 11ms' },
  '--with': { value: 'NAME=VALUE', of: ['compare'], example: '--with gomaxprocs=2' },
  '--voice': { value: VOICES.join('|'), of: ['events', 'why'], example: '--voice go' },
  '--json': { value: null, of: ['anchors', 'find', 'events', 'why', 'compare'], example: '--json' },
  '--lang': { value: LANGUAGES.join('|'), of: COMMANDS, example: '--lang en' },
  '--help': { value: null, of: COMMANDS, example: '--help' },
  '--version': { value: null, of: COMMANDS, example: '--version' },
};
const switchesOf = (command: CommandName): string[] => Object.keys(SWITCHES).filter((name) => SWITCHES[name]?.of.includes(command));

interface Typed {
  words: string[];
  values: Map<string, string>;
}

function typed(args: readonly string[]): Typed {
  const words: string[] = [];
  const values = new Map<string, string>();
  const command = COMMANDS.find((each) => each === args.find((arg) => !arg.startsWith('-'))) ?? null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    const [name = '', ...glued] = arg === '-h' ? ['--help'] : arg.split('=');
    const known = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined;
    if (!known) throw unknownSwitch(name, command);
    if (command && !known.of.includes(command))
      throw new Usage((words, { language }) => fill(words.wrongCommand, { name, commands: known.of.join(language.and), command }), command);
    if (values.has(name)) throw new Usage((words) => fill(words.twice, { name }), command);
    if (known.value === null) {
      if (glued.length > 0) throw new Usage((words) => fill(words.takesNoValue, { name, found: arg }), command);
      values.set(name, '');
      continue;
    }
    const value = glued.length > 0 ? glued.join('=') : args[++i];
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new Usage((words) => fill(words.lacksValue, { name, example: known.example }), command);
    values.set(name, value);
  }
  return { words, values };
}

const guessed = (near: string | null, words: Words): string => (near === null ? '' : fill(words.window.didYouMean, { word: near }));

function unknownSwitch(name: string, command: CommandName | null): Usage {
  const known = command === null ? Object.keys(SWITCHES) : switchesOf(command);
  const near = nearest(name, known);
  return new Usage(
    (words, all) => fill(words.noSwitch, { name, guess: guessed(near, all), known: known.join(all.language.comma) }),
    command,
  );
}

/** What was asked for. Throws Usage. */
export function readArguments(args: readonly string[]): Wish {
  const { words, values } = typed(args);
  const [word, ...files] = words;
  const command = COMMANDS.find((each) => each === word) ?? null;
  if (values.has('--help')) return { kind: 'help', about: command };
  if (values.has('--version')) return { kind: 'version' };
  const language = values.get('--lang');
  if (language !== undefined && !isLanguage(language))
    throw new Usage(
      (words, all) =>
        fill(words.badLanguage, {
          languages: new Intl.ListFormat(all.language.tag, { type: 'disjunction' }).format(LANGUAGES),
          found: language,
        }),
      command,
    );
  if (command === null) throw noCommand(word);
  const [file] = files;
  if (file === undefined) {
    throw new Usage((words) => fill(words.lacksFile, { command, example: EXAMPLES[command] ?? EXAMPLE }), command);
  }
  // A variable of the shell that holds nothing, most likely.
  if (command === 'find' ? file === '' : files.includes('')) throw new Usage((words) => fill(words.emptyWord, { command }), command);
  if (command === 'check') return { kind: 'check', files, expect: values.get('--expect'), isQuiet: values.has('--quiet') };
  if (command === 'find') {
    // Signs that the shell may have taken apart are put together again.
    const expression = files.slice(1).join(' ');
    if (expression.trim() === '') throw new Usage((words) => fill(words.lacksExpression, { file }), command);
    return { kind: 'find', file, expression, limit: whole(values, '--limit', command, 1), isJson: values.has('--json') };
  }
  if (command === 'events' || command === 'why' || command === 'compare') return asked(command, file, files, values);
  if (files.length > 1) throw new Usage((words) => fill(words.oneFile, { command, n: files.length, files: files.join(' ') }), command);
  if (command === 'export') return { kind: 'export', file, format: formatOf(values.get('--format')), out: values.get('--out') ?? '-' };
  if (command === 'import') return { kind: 'import', file, out: values.get('--out') ?? '-' };
  if (command === 'upgrade') return { kind: 'upgrade', file, out: values.get('--out') ?? '-' };
  if (command === 'anchors') return { kind: 'anchors', file, isJson: values.has('--json') };
  return {
    kind: 'run',
    file,
    options: {
      trace: values.get('--trace'),
      facts: values.get('--facts'),
      seed: whole(values, '--seed'),
      untilNs: until(values),
      stateAt: whole(values, '--state-at'),
      isQuiet: values.has('--quiet'),
    },
  };
}

function asked(command: AskWish['kind'], file: string, words: readonly string[], values: ReadonlyMap<string, string>): AskWish {
  const most = command === 'events' ? 1 : 2;
  if (words.length > most)
    throw new Usage((_, { asking }) => fill(asking.mostFiles, { command, most, n: words.length, words: words.join(' ') }), command);
  const isJson = values.has('--json');
  const [, second = null] = words;
  if (command === 'compare') {
    const changes = values.get('--with');
    if (second !== null && changes !== undefined) throw new Usage((_, { asking }) => asking.bothOthers, command);
    if (second === null && changes === undefined) throw new Usage((_, { asking }) => asking.lacksOther, command);
    return { kind: command, file, other: second, changes: changesOf(changes), isJson };
  }
  const said = values.get('--voice') ?? 'village';
  const voice = VOICES.find((each) => each === said);
  if (!voice) throw new Usage((_, { asking }) => fill(asking.noVoice, { known: VOICES.join('|'), found: said }), command);
  if (command === 'events')
    return {
      ...{ kind: command, file, only: values.get('--only') ?? null, groups: groupsOf(values.get('--kind')) },
      ...{ limit: whole(values, '--limit', command, 1) ?? Infinity, isJson, voice },
    };
  if (second === null) throw new Usage((_, { asking }) => fill(asking.lacksWho, { file }), command);
  return { kind: command, file, who: second, at: values.get('--at') ?? null, isJson, voice };
}

function groupsOf(said: string | undefined): readonly EventGroup[] {
  if (said === undefined) return EVENT_GROUPS;
  return said.split(',').map((each) => {
    const found = EVENT_GROUPS.find((group) => group === each.trim());
    if (found) return found;
    const near = nearest(each, EVENT_GROUPS);
    throw new Usage(
      (_, all) =>
        fill(all.asking.noKind, {
          found: each,
          guess: guessed(near, all),
          known: EVENT_GROUPS.join(all.language.comma),
        }),
      'events',
    );
  });
}

/** `gomaxprocs=2` is the runtime's; whatever has a longer path is written with it. */
function changesOf(said: string | undefined): KnobChange[] {
  if (said === undefined) return [];
  const seen = new Set<string>();
  return said.split(',').map((each) => {
    const [, name, value] = /^\s*([\w.#-]+)\s*=\s*(\S+)\s*$/.exec(each) ?? [];
    if (name === undefined || value === undefined) throw new Usage((_, { asking }) => fill(asking.badWith, { found: said }), 'compare');
    const path = name.includes('.') ? name : `runtime.${name}`;
    if (seen.has(path)) throw new Usage((_, { asking }) => fill(asking.withTwice, { name, found: said }), 'compare');
    seen.add(path);
    return { path, value };
  });
}

function formatOf(word: string | undefined): ExportId {
  const found = EXPORT_IDS.find((each) => each === word);
  if (found !== undefined) return found;
  if (word === undefined) throw new Usage((words) => fill(words.lacksFormat, { known: EXPORT_IDS.join('|') }), 'export');
  const near = nearest(word, EXPORT_IDS);
  throw new Usage(
    (words, all) => fill(words.noFormat, { found: word, guess: guessed(near, all), known: EXPORT_IDS.join(all.language.comma) }),
    'export',
  );
}

function noCommand(word: string | undefined): Usage {
  if (word === undefined) return new Usage((words) => words.nothingAsked, null);
  const known = (all: Words): string => COMMANDS.join(all.language.comma);
  const near = nearest(word, COMMANDS);
  if (/\.ya?ml$/.test(word)) return new Usage((words, all) => fill(words.toRunFile, { word, known: known(all) }), null);
  return new Usage((words, all) => fill(words.noCommand, { word, guess: guessed(near, all), known: known(all) }), null);
}

/** As in a scenario, which may have each of these as its seed. */
const MOST = Number.MAX_SAFE_INTEGER;

function whole(values: ReadonlyMap<string, string>, name: string, about: CommandName = 'run', least = 0): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  if (/^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= MOST) return Number(text);
  throw new Usage((words) => fill(words.wholeNumber, { name, least, most: MOST, found: text }), about);
}

function until(values: ReadonlyMap<string, string>): number | undefined {
  const text = values.get('--until');
  if (text === undefined) return undefined;
  const ns = durationNs(text);
  if (ns !== null) return ns;
  throw new Usage((words) => fill(words.duration, { found: text }), 'run');
}

/** The command as it is typed in a clone: the built one behind npm. */
const CALL = 'npm run --silent sim --';

export function helpText(about: CommandName | null, language: Language): string {
  const { help } = WORDS[language].sim;
  const languages = LANGUAGES.join('|');
  if (about === null) return fill(help.all, { call: CALL, example: EXAMPLE });
  const { about: forms } = WORDS[language].exports;
  const list = EXPORT_IDS.map((id) => `  ${id.padEnd(12)} ${forms[id]}`).join('\n');
  return fill(help[about], {
    call: CALL,
    example: EXAMPLE,
    languages,
    formats: EXPORT_IDS.join('|'),
    about: list,
    kinds: EVENT_GROUPS.join(','),
  });
}

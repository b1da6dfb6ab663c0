/** What was typed after `sim`, read and checked; and the help texts. A fault says what is wrong, where, and how it would be right. */
import { durationNs } from '../formats/durations';
import { nearest } from '../model/nearest-word';
import { isLanguage, type Language } from '../model/words';

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
  | { kind: 'check'; files: readonly string[]; isQuiet: boolean };

type CommandName = 'run' | 'check';

/** The command was typed wrongly: exit status 2. */
export class Usage extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
    readonly about: CommandName | null,
  ) {
    super(en);
  }
}

export const EXAMPLE = 'assets/examples/two-houses.scenario.yaml';

const COMMANDS: readonly CommandName[] = ['run', 'check'];
/** Each switch with its value's name, or null when none follows, and the commands that have it. */
const SWITCHES: Readonly<Record<string, { value: string | null; of: readonly CommandName[]; example: string }>> = {
  '--trace': { value: 'OUT', of: ['run'], example: '--trace run.trace.jsonl' },
  '--facts': { value: 'OUT', of: ['run'], example: '--facts -' },
  '--seed': { value: 'N', of: ['run'], example: '--seed 7' },
  '--until': { value: 'TIME', of: ['run'], example: '--until 30ms' },
  '--state-at': { value: 'N', of: ['run'], example: '--state-at 20' },
  '--quiet': { value: null, of: ['run', 'check'], example: '--quiet' },
  '--lang': { value: 'zh|en', of: ['run', 'check'], example: '--lang en' },
  '--help': { value: null, of: ['run', 'check'], example: '--help' },
  '--version': { value: null, of: ['run', 'check'], example: '--version' },
};
const switchesOf = (command: CommandName): string[] => Object.keys(SWITCHES).filter((name) => SWITCHES[name]?.of.includes(command));

/** `--lang` where it is given rightly, else what the environment says: faults of everything else are told in it. */
export function languageOf(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  if (isLanguage(asked)) return asked;
  // Empty is unset, as for every program.
  return (environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '').startsWith('zh') ? 'zh' : 'en';
}

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
      throw new Usage(
        `${name} 只能用在 ${known.of.join('、')} 上，${command} 没有它。`,
        `${name} belongs to ${known.of.join(' and ')}; ${command} has no such switch.`,
        command,
      );
    if (values.has(name)) throw new Usage(`${name} 写了两次。`, `${name} stands here twice.`, command);
    if (known.value === null) {
      if (glued.length > 0) throw new Usage(`${name} 后面不写值，这里是 ${arg}。`, `${name} takes no value, found ${arg}.`, command);
      values.set(name, '');
      continue;
    }
    const value = glued.length > 0 ? glued.join('=') : args[++i];
    if (value === undefined || value === '' || value.startsWith('--'))
      throw new Usage(`${name} 后面少了值，要写成 ${known.example}。`, `${name} lacks its value, as in ${known.example}.`, command);
    values.set(name, value);
  }
  return { words, values };
}

function unknownSwitch(name: string, command: CommandName | null): Usage {
  const known = command === null ? Object.keys(SWITCHES) : switchesOf(command);
  const near = nearest(name, known);
  return new Usage(
    `没有开关 ${name}${near === null ? '' : `（是不是 ${near}？）`}；可以写：${known.join('、')}。`,
    `there is no switch ${name}${near === null ? '' : ` (did you mean ${near}?)`}; known: ${known.join(', ')}.`,
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
    throw new Usage(`--lang 应是 zh 或 en，这里是 ${language}。`, `expected zh or en for --lang, found ${language}.`, command);
  if (command === null) throw noCommand(word);
  const [file] = files;
  if (file === undefined) {
    throw new Usage(
      `${command} 少了文件，要写成 sim ${command} ${EXAMPLE}。`,
      `${command} lacks its file, as in sim ${command} ${EXAMPLE}.`,
      command,
    );
  }
  if (command === 'check') return { kind: 'check', files, isQuiet: values.has('--quiet') };
  if (files.length > 1)
    throw new Usage(
      `run 一次只跑一个文件，这里有 ${files.length} 个：${files.join(' ')}`,
      `run takes one file, found ${files.length}: ${files.join(' ')}`,
      command,
    );
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

function noCommand(word: string | undefined): Usage {
  if (word === undefined)
    return new Usage(
      '没有写要做什么：写 sim run 文件，或 sim check 文件。',
      'nothing was asked for: write sim run FILE or sim check FILE.',
      null,
    );
  const near = nearest(word, COMMANDS);
  const isFile = /\.ya?ml$/.test(word);
  return new Usage(
    `没有子命令 ${word}${near === null ? '' : `（是不是 ${near}？）`}；有 run 和 check。${isFile ? `要跑这个文件，写 sim run ${word}` : ''}`,
    `there is no command ${word}${near === null ? '' : ` (did you mean ${near}?)`}; there are run and check.${isFile ? ` To run this file: sim run ${word}` : ''}`,
    null,
  );
}

function whole(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined || /^\d{1,15}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Usage(`${name} 应是从 0 开始的整数，这里是 ${text}。`, `expected a whole number from 0 on for ${name}, found ${text}.`, 'run');
}

function until(values: ReadonlyMap<string, string>): number | undefined {
  const text = values.get('--until');
  if (text === undefined) return undefined;
  const ns = durationNs(text);
  if (ns !== null) return ns;
  throw new Usage(
    `--until 应是时长，如 200ns、5us、30ms、1s，这里是 ${text}。`,
    `expected a duration such as 200ns, 5us, 30ms or 1s for --until, found ${text}.`,
    'run',
  );
}

/** The command as it is typed in a clone: the built one behind npm. */
const CALL = 'npm run --silent sim --';

const HELP: Record<Language, Record<'all' | CommandName, string>> = {
  zh: {
    all: `sim：不开窗口，在终端上跑模型。

  ${CALL} run 文件 [开关…]    跑一个情景，写出轨迹和事实
  ${CALL} check 文件…         检查情景和课程，列出全部错误
  ${CALL} run --help          子命令各自的开关
  ${CALL} --version

例子：
  ${CALL} run ${EXAMPLE} --facts -

退出码：0 做完了；1 文件有错、读不了或写不了；2 命令写错了；70 产品自己出错。
情景和课程怎么写：src-main/formats/README.md
`,
    run: `sim run 文件：跑一个情景。小结写到标准错误，数据写到文件或标准输出。

  --trace 输出     轨迹（JSON Lines，一行一步）；“-”是标准输出
  --facts 输出     事实（JSON）：结局、线程、系统调用、收房、偷取……；“-”是标准输出
  --state-at N     把第 N 步之后的整个状态写到标准输出（0 是初始状态）
  --seed N         换一个随机种子（默认用情景里的）
  --until 时间     跑到这个虚拟时间为止，如 30ms
  --quiet          不写小结
  --lang zh|en     消息用哪种语言

例子：
  ${CALL} run ${EXAMPLE}
  ${CALL} run ${EXAMPLE} --trace - | head -3
  ${CALL} run ${EXAMPLE} --facts two-houses.facts.json --seed 7
`,
    check: `sim check 文件…：检查情景和课程，一次列出全部错误，什么也不跑坏。

每个没有错误的文件在标准错误上写一行 ok。课程还会跑一遍它的情景，看每一步在轨迹里有没有位置。
有错误时退出码是 1。

  --quiet          没有错误的文件不写 ok
  --lang zh|en     消息用哪种语言

例子：
  ${CALL} check ${EXAMPLE} assets/lessons/01-hunting/lesson.yaml
`,
  },
  en: {
    all: `sim: the model on a terminal, without a window.

  ${CALL} run FILE [SWITCHES]  runs a scenario, writes its trace and facts
  ${CALL} check FILE...        checks scenarios and lessons, lists all faults
  ${CALL} run --help           the switches of one command
  ${CALL} --version

Example:
  ${CALL} run ${EXAMPLE} --facts -

Exit status: 0 done; 1 a file is faulty or cannot be read or written; 2 bad usage; 70 a fault of the product itself.
How scenarios and lessons are written: src-main/formats/README.md
`,
    run: `sim run FILE: runs a scenario. The summary goes to standard error, data to a file or to standard output.

  --trace OUT      the trace (JSON Lines, one step a line); "-" is standard output
  --facts OUT      the facts (JSON): outcome, threads, system calls, retakes, steals ...; "-" is standard output
  --state-at N     the whole state after step N to standard output (0: the first state)
  --seed N         another random seed (default: the scenario's)
  --until TIME     stop at this virtual time, such as 30ms
  --quiet          no summary
  --lang zh|en     language of messages

Examples:
  ${CALL} run ${EXAMPLE}
  ${CALL} run ${EXAMPLE} --trace - | head -3
  ${CALL} run ${EXAMPLE} --facts two-houses.facts.json --seed 7
`,
    check: `sim check FILE...: checks scenarios and lessons and lists all faults at once.

For every file without faults one line "ok" goes to standard error. A lesson's scenarios are run as well, to see whether each of its steps
has a place in the trace. The exit status is 1 if there is any fault.

  --quiet          no "ok" lines
  --lang zh|en     language of messages

Example:
  ${CALL} check ${EXAMPLE} assets/lessons/01-hunting/lesson.yaml
`,
  },
};

export function helpText(about: CommandName | null, language: Language): string {
  return HELP[language][about ?? 'all'];
}

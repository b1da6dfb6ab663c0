/** The model on a terminal (contract, section 4). Data goes to standard output, everything else to standard error. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findAssets, loadListings, MissingAsset } from '../app/asset-folder';
import { GrowingFile, writeFileWhole } from '../app/write-file';
import { faultText, type Fault, type Language } from '../formats/fault';
import { parseLesson } from '../formats/lesson';
import { parseScenario } from '../formats/scenario';
import { traceHeader, traceLine } from '../formats/trace-jsonl';
import { Simulation } from '../model/simulate';
import type { Scenario } from '../model/scenario';
import type { Json, State } from '../model/state';
import { type Facts, FactsCollector } from '../model/trace/facts';
import { copyState } from '../model/trace/replay';
import { version } from '../../package.json';

export interface Terminal {
  out: (text: string) => unknown;
  err: (text: string) => unknown;
  isErrTerminal: boolean;
  environment: Readonly<Record<string, string | undefined>>;
  onInterrupt: (stop: () => void) => void;
}

const DONE = 0;
const REFUSED = 1;
const BAD_USAGE = 2;
const OWN_FAULT = 70;

/** Steps computed between two looks at the clock and at an interruption. */
const SLICE = 5_000;
const PROGRESS_AFTER_MS = 2_000;

const USAGE: Record<Language, string> = {
  zh: `用法：
  sim run 文件 [--trace 输出] [--facts 输出] [--seed N] [--until 时间] [--state-at N] [--quiet]
  sim check 文件…

run    跑一个情景，写出轨迹（JSON Lines）和事实（JSON）；“-”写到标准输出
check  检查情景和课程文件，列出全部错误

  --seed N       换一个随机种子
  --until 时间   跑到这个虚拟时间为止，如 30ms
  --state-at N   打印第 N 步之后的状态（0 是初始状态）
  --quiet        不打印小结
  --lang zh|en   消息用哪种语言
`,
  en: `Usage:
  sim run FILE [--trace OUT] [--facts OUT] [--seed N] [--until TIME] [--state-at N] [--quiet]
  sim check FILE...

run    runs a scenario and writes its trace (JSON Lines) and facts (JSON); "-" is standard output
check  checks scenario and lesson files and lists all faults

  --seed N       another random seed
  --until TIME   stop at this virtual time, such as 30ms
  --state-at N   print the state after step N (0: the first state)
  --quiet        no summary
  --lang zh|en   language of messages
`,
};

class Usage extends Error {}

interface Options {
  trace: string | undefined;
  facts: string | undefined;
  seed: number | undefined;
  untilNs: number | undefined;
  stateAt: number | undefined;
  quiet: boolean;
}

/** Runs the command; the exit status. */
export async function simMain(args: readonly string[], terminal: Terminal): Promise<number> {
  let language = languageOf(terminal);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trace: { type: 'string' },
        facts: { type: 'string' },
        seed: { type: 'string' },
        until: { type: 'string' },
        'state-at': { type: 'string' },
        quiet: { type: 'boolean' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
    if (values.lang === 'zh' || values.lang === 'en') language = values.lang;
    else if (values.lang !== undefined) throw new Usage(`--lang ${values.lang}`);
    if (values.help) {
      terminal.out(USAGE[language]);
      return DONE;
    }
    if (values.version) {
      terminal.out(`schedville ${version}\n`);
      return DONE;
    }
    const [command, ...files] = positionals;
    if (command === 'check' && files.length > 0) return await check(files, language, terminal);
    const [file] = files;
    if (command === 'run' && file !== undefined && files.length === 1) {
      return await run(
        file,
        {
          trace: values.trace,
          facts: values.facts,
          seed: whole(values.seed, '--seed'),
          untilNs: values.until === undefined ? undefined : durationNs(values.until),
          stateAt: whole(values['state-at'], '--state-at'),
          quiet: values.quiet ?? false,
        },
        language,
        terminal,
      );
    }
    throw new Usage(positionals.join(' '));
  } catch (error) {
    return explain(error, language, terminal);
  }
}

function languageOf({ environment }: Terminal): Language {
  return (environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? '').startsWith('zh') ? 'zh' : 'en';
}

function explain(error: unknown, language: Language, terminal: Terminal): number {
  const code = (error as { code?: unknown }).code;
  if (error instanceof Usage || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))) {
    terminal.err(`${language === 'zh' ? '看不懂：' : 'cannot read: '}${(error as Error).message}\n\n${USAGE[language]}`);
    return BAD_USAGE;
  }
  if (error instanceof MissingAsset) terminal.err(`${error[language]}\n`);
  else if (error instanceof CannotWrite) {
    terminal.err(`${language === 'zh' ? `写不了 ${error.path}：` : `cannot write ${error.path}: `}${error.message}\n`);
    return REFUSED;
  } else terminal.err(`${language === 'zh' ? '产品自己出错了：' : 'the product itself failed: '}${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return OWN_FAULT;
}

class CannotWrite extends Error {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

function whole(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new Usage(`${what} ${text}`);
  return Number(text);
}

function durationNs(text: string): number {
  const parts = /^(\d{1,12})(ns|us|ms|s)$/.exec(text);
  if (!parts) throw new Usage(`--until ${text}`);
  return Number(parts[1]) * { ns: 1, us: 1_000, ms: 1_000_000, s: 1_000_000_000 }[parts[2] as 'ns' | 'us' | 'ms' | 's'];
}

async function check(files: readonly string[], language: Language, terminal: Terminal): Promise<number> {
  let refused = 0;
  for (const file of files) {
    const faults = await faultsOf(file, language);
    if (faults.length > 0) refused++;
    for (const fault of faults) terminal.err(`${fault}\n`);
  }
  return refused > 0 ? REFUSED : DONE;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8');
}

function unreadable(file: string, error: unknown, language: Language): string {
  return `${file}:1:1: ${language === 'zh' ? '读不了文件：' : 'cannot read the file: '}${error instanceof Error ? error.message : String(error)}`;
}

async function faultsOf(file: string, language: Language): Promise<string[]> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    return [unreadable(file, error, language)];
  }
  const isLesson = /^kind:\s*['"]?lesson/m.test(text);
  const parsed: { ok: true } | { ok: false; faults: Fault[] } = isLesson ? parseLesson(text, file) : parseScenario(text, file);
  return parsed.ok ? [] : parsed.faults.map((fault) => faultText(fault, language));
}

async function run(file: string, options: Options, language: Language, terminal: Terminal): Promise<number> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    terminal.err(`${unreadable(file, error, language)}\n`);
    return REFUSED;
  }
  const parsed = parseScenario(text, file);
  if (!parsed.ok) {
    for (const fault of parsed.faults) terminal.err(`${faultText(fault, language)}\n`);
    return REFUSED;
  }
  const scenario = withOptions(parsed.scenario, options);
  const source = options.seed === undefined ? parsed.source : withSeed(parsed.source, options.seed);
  const ended = await simulate(scenario, source, options, language, terminal);
  if (ended === null) {
    terminal.err(language === 'zh' ? '中断了，没有留下半个文件。\n' : 'interrupted; no half-written file was left.\n');
    return 130;
  }
  if (options.stateAt !== undefined && ended.stateAt === null) {
    terminal.err(language === 'zh' ? `这次运行只有 ${ended.facts.steps} 步。\n` : `the run has only ${ended.facts.steps} steps.\n`);
    return BAD_USAGE;
  }
  if (ended.stateAt) terminal.out(`${JSON.stringify(ended.stateAt)}\n`);
  if (!options.quiet) terminal.err(summary(ended.facts, language));
  return DONE;
}

function withOptions(scenario: Scenario, { seed, untilNs }: Options): Scenario {
  return {
    ...scenario,
    runtime: { ...scenario.runtime, seed: seed ?? scenario.runtime.seed },
    limits: { ...scenario.limits, timeNs: untilNs ?? scenario.limits.timeNs },
  };
}

/** The header shows the scenario as it was run. */
function withSeed(source: Json, seed: number): Json {
  const top = source as { readonly [key: string]: Json };
  const runtime = (top.runtime ?? {}) as { readonly [key: string]: Json };
  return { ...top, runtime: { ...runtime, seed } };
}

interface Ended {
  facts: Facts;
  stateAt: State | null;
}

/** null: interrupted. */
async function simulate(scenario: Scenario, source: Json, options: Options, language: Language, terminal: Terminal): Promise<Ended | null> {
  const simulation = new Simulation(scenario, loadListings(findAssets(join(import.meta.dirname))));
  const collector = new FactsCollector(scenario.id, simulation.first);
  const trace = await openTrace(options.trace, terminal);
  let isInterrupted = false;
  terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  try {
    await trace?.write(traceHeader(source, simulation.first));
    let stateAt = options.stateAt === 0 ? copyState(simulation.first) : null;
    const began = Date.now();
    for (let done = false; !done && !isInterrupted; ) {
      const toGo = (options.stateAt ?? 0) - simulation.stepCount;
      const slice = simulation.run(toGo > 0 ? Math.min(SLICE, toGo) : SLICE);
      done = slice.done;
      let lines = '';
      for (const step of slice.steps) {
        collector.add(step);
        if (trace) lines += traceLine(step);
      }
      if (lines !== '') await trace?.write(lines);
      if (options.stateAt !== undefined && simulation.stepCount === options.stateAt && stateAt === null) stateAt = copyState(simulation.state);
      progress(simulation, began, language, terminal);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    if (isInterrupted || !simulation.outcome) {
      await trace?.abandon();
      return null;
    }
    const facts = collector.result(simulation.outcome);
    await trace?.finish();
    await writeFacts(options.facts, facts, terminal);
    return { facts, stateAt };
  } catch (error) {
    await trace?.abandon();
    throw error;
  }
}

interface TraceSink {
  write: (text: string) => Promise<void>;
  finish: () => Promise<void>;
  abandon: () => Promise<void>;
}

async function openTrace(path: string | undefined, terminal: Terminal): Promise<TraceSink | null> {
  if (path === undefined) return null;
  const nothing = (): Promise<void> => Promise.resolve();
  if (path === '-') {
    return {
      write: (text) => {
        terminal.out(text);
        return Promise.resolve();
      },
      finish: nothing,
      abandon: nothing,
    };
  }
  try {
    return await GrowingFile.create(path);
  } catch (error) {
    throw new CannotWrite(path, error);
  }
}

async function writeFacts(path: string | undefined, facts: Facts, terminal: Terminal): Promise<void> {
  if (path === undefined) return;
  const text = `${JSON.stringify(facts, null, 1)}\n`;
  if (path === '-') {
    terminal.out(text);
    return;
  }
  try {
    await writeFileWhole(path, text);
  } catch (error) {
    throw new CannotWrite(path, error);
  }
}

function progress(simulation: Simulation, began: number, language: Language, terminal: Terminal): void {
  if (!terminal.isErrTerminal || Date.now() - began < PROGRESS_AFTER_MS) return;
  const at = `${simulation.stepCount} ${language === 'zh' ? '步' : 'steps'}, ${(simulation.nowNs / 1e6).toFixed(3)} ms`;
  terminal.err(`\r${at}   `);
  if (simulation.outcome) terminal.err('\n');
}

function summary(facts: Facts, language: Language): string {
  const { outcome, time, steps, threads, runOrder, retakes } = facts;
  const how = `${outcome.kind}${outcome.code === null ? '' : ` ${outcome.code}`}`;
  const lines =
    language === 'zh'
      ? [
          `${facts.id}：${how}，虚拟时间 ${(time / 1e6).toFixed(3)} ms，${steps} 步，线程 ${threads.created} 个，收回 P ${retakes.length} 次`,
          `执行顺序：${runOrder.slice(0, 20).join('、')}${runOrder.length > 20 ? '…' : ''}`,
        ]
      : [
          `${facts.id}: ${how}, ${(time / 1e6).toFixed(3)} ms of virtual time, ${steps} steps, ${threads.created} threads, ${retakes.length} Ps retaken`,
          `order of execution: ${runOrder.slice(0, 20).join(', ')}${runOrder.length > 20 ? ', …' : ''}`,
        ];
  if (outcome.message !== '') lines.push(outcome.message);
  return `${lines.join('\n')}\n`;
}

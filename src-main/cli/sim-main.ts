/** The model on a terminal. Data goes to standard output, everything else to standard error. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fill, WORDS } from '../../assets/words/index';
import { findAssets, loadTables, loadListings, MissingAsset } from '../app/asset-folder';
import { languageOf } from '../app/terminal-language';
import { writeFileWhole } from '../app/write-file';
import { faultLines, hintText } from '../formats/fault';
import { durationText } from '../formats/durations';
import { traceHeader } from '../formats/trace-jsonl';
import { Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Json, State } from '../model/state';
import { type Facts, FactsCollector } from '../model/trace/facts';
import { copyState } from '../model/trace/replay';
import { visibleLines } from '../model/visible-text';
import { unreachable } from '../model/unreachable';
import { version } from '../../package.json';
import { humanNs } from './human-time';
import { Interrupted, Interruption } from './interruption';
import { scenarioOf } from './scenario-text';
import { type AskWish, helpText, readArguments, type RunOptions, Usage, type Wish } from './sim-arguments';
import { anchorLines, anchorsOf } from './sim-anchors';
import { answerOf } from './sim-ask';
import { check, readText } from './sim-check';
import { exportOf } from './sim-export';
import { importFile } from './sim-import';
import { findIn, foundLines } from './sim-find';
import { upgradeOf } from './sim-upgrade';
import { ReaderGone } from './standard-output';
import { CannotWrite, say, type Terminal, textOf } from './terminal';
import { TextOutput, TraceOutput } from './trace-output';
import type { Language } from '../model/words';

const DONE = 0;
const REFUSED = 1;
const BAD_USAGE = 2;
const FOUND_NONE = 3;
const INTERRUPTED = 130;
const OWN_FAULT = 70;

/** Steps computed between two looks at an interruption: so few that they are still in the processor's cache when they are written. */
const SLICE = 200;
/** Steps may be heavy (a megabyte read at once). A slice that took longer, ms, makes the next one shorter: whoever interrupts does not wait. */
const LONG_SLICE_MS = 50;
const PROGRESS_AFTER_MS = 2_000;

/** Runs the command; the exit status. */
export async function simMain(args: readonly string[], plain: Terminal): Promise<number> {
  // Names and messages of files are shown in many places; progress alone may go back to the line's beginning.
  const terminal: Terminal = {
    ...plain,
    err: (text) => plain.err(text.startsWith('\r') ? `\r${visibleLines(text.slice(1))}` : visibleLines(text)),
  };
  const language = languageOf(args, terminal.environment);
  try {
    const wish = readArguments(args);
    switch (wish.kind) {
      case 'help':
        await say(terminal, helpText(wish.about, language));
        return DONE;
      case 'version':
        await say(terminal, `schedville ${version}\n`);
        return DONE;
      case 'check':
        return await checkAll(wish, language, terminal);
      case 'anchors':
        return await anchors(wish.file, wish.isJson, language, terminal);
      case 'upgrade':
        return await upgrade(wish, language, terminal);
      case 'export':
        return await exportRun(wish, language, terminal);
      case 'import':
        await needOther(wish.file, wish.out, 'import');
        await needPlaceFor(wish.out);
        return (await importFile(wish, language, terminal)) ? DONE : REFUSED;
      case 'find':
        return await find(wish, language, terminal);
      case 'events':
      case 'why':
      case 'compare':
        return await ask(wish, language, terminal);
      case 'run':
        return await run(wish.file, wish.options, language, terminal);
      default:
        return unreachable(wish);
    }
  } catch (error) {
    return explain(error, language, terminal);
  }
}

function explain(error: unknown, language: Language, terminal: Terminal): number {
  const words = WORDS[language].sim;
  if (error instanceof ReaderGone) return DONE;
  if (error instanceof Interrupted) {
    terminal.err(`${words.interrupted}\n`);
    return INTERRUPTED;
  }
  if (error instanceof Usage) {
    const help = `sim${error.about === null ? '' : ` ${error.about}`} --help`;
    terminal.err(fill(words.usage, { said: error.text[language], help }));
    return BAD_USAGE;
  }
  if (error instanceof MissingAsset) terminal.err(`${error.text[language]}\n`);
  else if (error instanceof CannotWrite) {
    const path = error.path === '-' ? words.standardOutput : error.path;
    terminal.err(`${fill(words.cannotWrite, { path, why: error.why[language] })}\n`);
    return REFUSED;
  } else terminal.err(`${fill(words.ownFault, { why: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`);
  return OWN_FAULT;
}

/** What two names of one file have in common; null for what takes everything (a pipe, /dev/null). */
async function identityOf(path: string): Promise<string | null> {
  const there = await stat(path).catch(() => null);
  if (there) return there.isFile() ? `${there.dev}:${there.ino}` : null;
  const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
  return join(folder, basename(path));
}

/** Asked before the run: one output would replace the other, or the scenario. */
async function needDifferent(file: string, { trace, facts, stateAt }: RunOptions): Promise<void> {
  const toOut = Object.entries({ '--trace': trace === '-', '--facts': facts === '-', '--state-at': stateAt !== undefined }).flatMap(
    ([name, goes]) => (goes ? [name] : []),
  );
  const [first, second] = toOut;
  if (second !== undefined) throw new Usage((words) => fill(words.bothToOutput, { first: first ?? '', second }), 'run');
  const seen = new Map<string, string>();
  for (const [name, path] of [
    ['', file],
    ['--trace', trace],
    ['--facts', facts],
  ] as const) {
    const identity = path === undefined || path === '-' ? null : await identityOf(path);
    const other = identity === null ? undefined : seen.get(identity);
    if (other === '') throw new Usage((words) => fill(words.wouldReplace, { name, file }), 'run');
    if (other !== undefined) throw new Usage((words) => fill(words.sameFile, { first: other, second: name, path: path ?? '' }), 'run');
    if (identity !== null) seen.set(identity, name);
  }
}

/** Asked before anything is read: what comes out would replace what goes in. */
async function needOther(file: string, out: string, about: 'export' | 'import'): Promise<void> {
  const identity = out === '-' ? null : await identityOf(out);
  if (identity !== null && identity === (await identityOf(file)))
    throw new Usage((words) => fill(words.wouldReplace, { name: '--out', file }), about);
}

/** Asked before the run: a folder that is not there was most likely misspelt, and is not made. */
async function needPlaceFor(path: string | undefined): Promise<void> {
  if (path === undefined || path === '-') return;
  if ((await stat(path).catch(() => null))?.isDirectory())
    throw new CannotWrite(
      path,
      textOf((words) => words.itIsFolder),
    );
  const folder = dirname(path);
  const found = await stat(folder).catch((error: unknown) => error as NodeJS.ErrnoException);
  if (!(found instanceof Error)) {
    if (found.isDirectory()) return;
    throw new CannotWrite(
      path,
      textOf((words) => fill(words.isNoFolder, { folder })),
    );
  }
  if (found.code === 'ENOENT')
    throw new CannotWrite(
      path,
      textOf((words) => fill(words.noFolder, { folder })),
    );
  throw CannotWrite.because(path, found);
}

async function checkAll(wish: Extract<Wish, { kind: 'check' }>, language: Language, terminal: Terminal): Promise<number> {
  const { files, expect, isQuiet } = wish;
  let refused = 0;
  for (const file of files) {
    const assets = (): string => findAssets(import.meta.dirname);
    const surroundings = {
      assets: () => loadListings(assets()),
      tables: () => loadTables(assets()),
      lessons: () => join(assets(), 'lessons'),
    };
    const checked = await check(file, surroundings, expect);
    if (checked.ok) {
      if (isQuiet) continue;
      for (const hint of checked.hints) terminal.err(`${hintText(hint, language)}\n`);
      terminal.err(`${fill(WORDS[language].sim.ok, { file, what: checked.what[language] })}\n`);
      continue;
    }
    refused++;
    terminal.err(faultLines(checked.faults, language));
  }
  return refused > 0 ? REFUSED : DONE;
}

async function anchors(file: string, isJson: boolean, language: Language, terminal: Terminal): Promise<number> {
  const counted = await anchorsOf(file, () => loadListings(findAssets(import.meta.dirname)));
  if (!counted.ok) {
    terminal.err(faultLines(counted.faults, language));
    return REFUSED;
  }
  await say(terminal, isJson ? `${JSON.stringify(counted.rows, null, 1)}\n` : anchorLines(counted.rows));
  return DONE;
}

/** The file may be written over by itself: it has been read to its end by then. */
async function upgrade({ file, out }: Wish & { kind: 'upgrade' }, language: Language, terminal: Terminal): Promise<number> {
  const read = await readText(file);
  const made = read.ok
    ? upgradeOf(read.text, file, () => loadTables(findAssets(import.meta.dirname)))
    : { ok: false as const, faults: [read.fault] };
  if (!made.ok) {
    terminal.err(faultLines(made.faults, language));
    return REFUSED;
  }
  if (!made.isNew) terminal.err(`${fill(WORDS[language].sim.newestAlready, { file })}\n`);
  await needPlaceFor(out);
  const output = await TextOutput.open(out, terminal);
  try {
    await output.write(made.text);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  return DONE;
}

async function exportRun({ file, format, out }: Wish & { kind: 'export' }, language: Language, terminal: Terminal): Promise<number> {
  await needOther(file, out, 'export');
  const made = await exportOf(file, format, () => loadListings(findAssets(import.meta.dirname)));
  if (!made.ok) {
    terminal.err(faultLines(made.faults, language));
    return REFUSED;
  }
  await needPlaceFor(out);
  const output = await TextOutput.open(out, terminal);
  const interruption = new Interruption(terminal);
  try {
    for (const piece of made.pieces) {
      await output.write(piece);
      const turn = interruption.turn();
      if (turn) await turn;
    }
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
  return DONE;
}

async function find(
  { file, expression, limit = Infinity, isJson }: Wish & { kind: 'find' },
  language: Language,
  terminal: Terminal,
): Promise<number> {
  const result = await findIn(file, expression, limit, () => loadListings(findAssets(import.meta.dirname)));
  if (!result.ok) {
    terminal.err('faults' in result ? faultLines(result.faults, language) : `${result.expression[language]}\n`);
    return 'faults' in result ? REFUSED : BAD_USAGE;
  }
  for (const hint of result.hints) terminal.err(`${hint[language]}\n`);
  await say(terminal, isJson ? `${JSON.stringify(result.found, null, 1)}\n` : foundLines(result.found));
  if (result.found.length > 0) return DONE;
  terminal.err(`${WORDS[language].find.noneFound}\n`);
  return FOUND_NONE;
}

async function ask(wish: AskWish, language: Language, terminal: Terminal): Promise<number> {
  const answer = await answerOf(wish, language);
  if (!answer.ok) {
    terminal.err(faultLines(answer.faults, language));
    return REFUSED;
  }
  for (const note of answer.notes) terminal.err(`${note[language]}\n`);
  if (answer.out !== '') await say(terminal, answer.out);
  return answer.found ? DONE : FOUND_NONE;
}

async function run(file: string, options: RunOptions, language: Language, terminal: Terminal): Promise<number> {
  await needDifferent(file, options);
  const read = await readText(file);
  if (!read.ok) {
    terminal.err(faultLines([read.fault], language));
    return REFUSED;
  }
  const parsed = scenarioOf(read.text, file);
  if (!parsed.ok) {
    terminal.err(faultLines(parsed.faults, language));
    return REFUSED;
  }
  if (!options.isQuiet) for (const hint of parsed.hints) terminal.err(`${hintText(hint, language)}\n`);
  await needPlaceFor(options.trace);
  await needPlaceFor(options.facts);
  const scenario = withOptions(parsed.scenario, options);
  const ended = await simulate(scenario, asRun(parsed.source, options), options, language, terminal);
  if (ended === null) throw new Interrupted();
  if (options.stateAt !== undefined && ended.stateAt === null) {
    terminal.err(`${fill(WORDS[language].sim.onlySteps, { n: ended.steps })}\n`);
    return BAD_USAGE;
  }
  if (ended.stateAt) await say(terminal, `${JSON.stringify(ended.stateAt)}\n`);
  if (ended.facts && !options.isQuiet) terminal.err(summary(ended.facts, language));
  return DONE;
}

function withOptions(scenario: Scenario, { seed, untilNs }: RunOptions): Scenario {
  return {
    ...scenario,
    runtime: { ...scenario.runtime, seed: seed ?? scenario.runtime.seed },
    limits: { ...scenario.limits, timeNs: untilNs ?? scenario.limits.timeNs },
  };
}

/** The header shows the scenario as it was run. */
function asRun(source: Json, { seed, untilNs }: RunOptions): Json {
  const top = source as { readonly [key: string]: Json };
  const under = (key: string): { readonly [key: string]: Json } => (top[key] ?? {}) as { readonly [key: string]: Json };
  return {
    ...top,
    ...(seed === undefined ? {} : { runtime: { ...under('runtime'), seed } }),
    ...(untilNs === undefined ? {} : { limits: { ...under('limits'), time: durationText(untilNs) } }),
  };
}

interface Ended {
  steps: number;
  /** null: nobody asked for them. */
  facts: Facts | null;
  stateAt: State | null;
}

/** null: interrupted. */
async function simulate(
  scenario: Scenario,
  source: Json,
  options: RunOptions,
  language: Language,
  terminal: Terminal,
): Promise<Ended | null> {
  const simulation = new Simulation(scenario, loadListings(findAssets(import.meta.dirname)));
  // The facts file and the summary are made of them; collecting takes a fifth of a run's time.
  const collector = options.facts === undefined && options.isQuiet ? null : new FactsCollector(scenario.id, simulation.first);
  const { trace: path } = options;
  const header = traceHeader(source, simulation.first);
  const trace = path === undefined ? null : await TraceOutput.open(path, header, terminal, options.facts === undefined);
  let isInterrupted = false;
  terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  try {
    let stateAt = options.stateAt === 0 ? copyState(simulation.first) : null;
    const began = Date.now();
    let size = 1;
    for (let done = false; !done && !isInterrupted;) {
      const sliceBegan = Date.now();
      const toGo = (options.stateAt ?? 0) - simulation.stepCount;
      const slice = simulation.run(toGo > 0 ? Math.min(size, toGo) : size);
      done = slice.done;
      for (const step of slice.steps) {
        collector?.add(step);
        const written = trace?.add(step);
        if (!written) continue;
        await written;
        if (isInterrupted) break;
      }
      if (options.stateAt !== undefined && simulation.stepCount === options.stateAt && stateAt === null)
        stateAt = copyState(simulation.state);
      progress(simulation, began, language, terminal);
      size = Date.now() - sliceBegan > LONG_SLICE_MS ? Math.max(1, size >> 1) : Math.min(SLICE, 2 * size);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    if (isInterrupted || !simulation.outcome) {
      await trace?.abandon();
      return null;
    }
    const facts = collector?.result(simulation.outcome, simulation.nowNs) ?? null;
    await trace?.finish();
    if (facts) await writeFacts(options.facts, facts, terminal);
    return { steps: simulation.stepCount, facts, stateAt };
  } catch (error) {
    await trace?.abandon();
    throw error;
  }
}

async function writeFacts(path: string | undefined, facts: Facts, terminal: Terminal): Promise<void> {
  if (path === undefined) return;
  const text = `${JSON.stringify(facts, null, 1)}\n`;
  if (path === '-') {
    await say(terminal, text);
    return;
  }
  try {
    await writeFileWhole(path, text);
  } catch (error) {
    throw CannotWrite.because(path, error);
  }
}

function progress(simulation: Simulation, began: number, language: Language, terminal: Terminal): void {
  if (!terminal.isErrTerminal || Date.now() - began < PROGRESS_AFTER_MS) return;
  const at = fill(WORDS[language].sim.progress, { steps: simulation.stepCount, time: humanNs(simulation.nowNs) });
  terminal.err(`\r${at}   `);
  if (simulation.outcome) terminal.err('\n');
}

/** As many of those that ran are named. */
const SHOWN_ORDER = 20;

function summary(facts: Facts, language: Language): string {
  const { outcome, time, steps, threads, runOrder, retakes } = facts;
  const how = `${outcome.kind}${outcome.code === null ? '' : ` ${outcome.code}`}`;
  const words = WORDS[language].sim;
  const comma = WORDS[language].language.comma;
  const order = runOrder.slice(0, SHOWN_ORDER).join(comma);
  const lines = [
    fill(words.summary, { id: facts.id, how, time: humanNs(time), steps, threads: threads.created, retakes: retakes.length }),
    fill(runOrder.length > SHOWN_ORDER ? words.orderCut : words.order, { order }),
  ];
  if (outcome.message !== '') lines.push(outcome.message);
  return `${lines.join('\n')}\n`;
}

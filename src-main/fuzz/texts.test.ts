/** Files that people write: whatever they have become, each is refused with faults that have a place, or used, and what is used keeps every law. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAssets, loadTables } from '../app/asset-folder';
import { durationNs } from '../formats/durations';
import { parseErrata } from '../formats/errata';
import { LENS, parseGlossary } from '../formats/glossary';
import { LESSON_KEYS, parseEither, parseLesson, STEP_KEYS } from '../formats/lesson';
import { peopleText } from '../formats/people-text';
import { readPseudocode } from '../formats/pseudocode';
import { parseScenario, RUNTIME_KEYS, START_KEYS, TOP_KEYS } from '../formats/scenario';
import { LawKeeper } from '../model/laws/law-keeper';
import { EVENTS_OF, LAWS_OF } from '../model/laws/of-version';
import { OPERATIONS } from '../model/operations/index';
import { COSTS } from '../model/run/costs';
import { Simulation } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import { assets } from '../model/testdata/run-scenario';
import { expectFaults, fuzz } from './testdata/fuzzed';

const FILE = 'x.yaml';
/** Of each accepted scenario. */
const MOST_STEPS = 1_500;

const folder = findAssets(import.meta.dirname);
const textOf = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
const branches = join(import.meta.dirname, '../model/testdata/branches');

const SCENARIOS = [
  textOf('examples', 'two-houses.scenario.yaml'),
  textOf('lessons', '01-hunting', 'noroom.scenario.yaml'),
  ...readdirSync(branches)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(branches, name), 'utf8')),
];
const SCENARIO_WORDS = [
  ...TOP_KEYS, ...RUNTIME_KEYS, ...START_KEYS, ...OPERATIONS, ...Object.keys(COSTS), 'times', 'do', 'name', 'args', 'takes', 'returns', 'errno', 'via', 'buf', 'words', 'wg', 'n',
  'chan', 'every', 'cap', 'read', 'write', 'openat', 'pipe2', 'epoll_wait', 'futex', 'mmap', 'EBADF', 'RawSyscall6', 'amd64', 'arm64', 'worker',
]; // prettier-ignore

/** Some steps under all laws. */
function playLawfully(scenario: Scenario): void {
  const simulation = new Simulation(scenario, assets);
  const { go, costs } = scenario.runtime;
  const keeper = new LawKeeper(simulation.first, LAWS_OF[go], undefined, costs, EVENTS_OF[go]);
  while (!simulation.outcome && simulation.stepCount < MOST_STEPS)
    for (const step of simulation.run(1).steps) keeper.check(simulation.state, step);
}

test('scenarios', async () => {
  await fuzz(
    'scenario.yaml',
    60,
    (m) => m.text(SCENARIOS, SCENARIO_WORDS),
    (text) => {
      const read = parseScenario(text, FILE);
      if (!read.ok) expectFaults(read.faults, FILE, text);
      else playLawfully(read.scenario);
      return read.ok;
    },
  );
});

const LESSON = `schedville: 1
kind: lesson
id: taken-house
title: { zh: 被收走的房子, en: The house that was taken }
sources: ["004"]
goals:
  - { zh: 更夫看两次才收房, en: The watchman looks twice }
runs:
  read: { scenario: two-houses.scenario.yaml, title: { zh: 读一毫秒, en: A read of 1 ms } }
steps:
  - id: village
    run: read
    at: null
    title: { zh: 两座房子, en: Two houses }
    story: { zh: 小明要去打猎了。, en: Ming is about to go hunting. }
    technical: { zh: "\`GOMAXPROCS=2\`。", en: "\`GOMAXPROCS=2\`." }
    focus: [M0, P0, G1]
  - id: locked
    run: read
    at: { fn: reentersyscall, at: psyscall, g: main, occurrence: 1, after: village }
    title: { zh: 锁门, en: The door is locked }
    story: { zh: 锁门。, en: He locks the door. }
    technical: { zh: P0 变成 \`_Psyscall\`。, en: P0 becomes \`_Psyscall\`. }
    errata: [E42, { id: E09, sources: ["004"], text: { zh: 点, en: dots } }]
    focus: [P0, P.P0.status]
    ask:
      question: { zh: 第几次？, en: Which visit? }
      choices: [{ zh: 一, en: one }, { zh: 二, en: two }]
      answer: 1
      because: { zh: 因为, en: because }
`;
const tables = loadTables(folder);

test('lessons', async () => {
  await fuzz(
    'lesson.yaml',
    30,
    (m) => m.text([LESSON], [...LESSON_KEYS, ...STEP_KEYS]),
    (text) => {
      const read = parseLesson(text, FILE, tables);
      if (!read.ok) expectFaults(read.faults, FILE, text);
      const either = parseEither(text, FILE, () => tables);
      if (!either.parsed.ok) expectFaults(either.parsed.faults, FILE, text);
      return read.ok;
    },
  );
});

const ERRATA = `schedville: 1
kind: errata
errata:
  - { id: E01, class: wrong, at: { "002": { lines: "16-18, 20", words: { zh: 乙, en: b } } }, verdict: { zh: 甲 \`x\`, en: a } }
  - { id: E02, class: dated, at: { "000": { lines: "1" }, "001": { lines: "2" } }, verdict: { zh: 甲, en: a } }
`;

test('the table of errata', async () => {
  await fuzz(
    'errata.yaml',
    40,
    (m) => m.text([ERRATA]),
    (text) => {
      const read = parseErrata(text, FILE);
      if (!read.ok) expectFaults(read.faults, FILE, text);
      return read.ok;
    },
  );
});

const GLOSSARY = `schedville: 1
kind: glossary
terms:
  house: { go: [p], word: { zh: 甲, en: a }, term: { zh: 丙, en: c }, means: { zh: 乙, en: b }, on: { legend: { zh: P, en: P } } }
told: { zh: "{figures} {orphans} {sleepers}", en: "{figures} {orphans:child|children} {sleepers}" }
parents: { names: [ { zh: 丙, en: c, robe: "#8c2f26", role: sysmon } ], more: { zh: "丁{n}", en: "d {n}" } }
children: { names: [ { zh: 辛, en: h, robe: "#d63a2f", sash: dots } ], more: { zh: "戊{n}", en: "e {n}" } }
houses: { names: [ { zh: 己, en: f } ], more: { zh: "庚{n}", en: "g {n}" } }
lens:
${Object.entries(LENS)
  .map(([id, places]) => [id, places.map((each) => ` {${each}}`).join('')] as const)
  .map(([id, places]) => `  ${id}: { zh: "子${places}", en: "x${places}" }`)
  .join('\n')}
`;

test('the glossary', async () => {
  await fuzz(
    'glossary.yaml',
    40,
    (m) => m.text([GLOSSARY]),
    (text) => {
      const read = parseGlossary(text, FILE);
      if (!read.ok) expectFaults(read.faults, FILE, text);
      return read.ok;
    },
  );
});

const PSEUDOCODE = `== gopark runtime/proc.go
# a comment
acquirem ¦ 291 ¦ m.locks++ ¦ 不许抢占 ¦ no preemption
 ¦ 292 ¦ .status := readgstatus(gp) ¦ ¦
releasem ¦ mcall:301 ¦ m.locks-- ¦ 甲 ¦ a
ours ¦ – ¦ x ¦ 乙 ¦ b
`;

test('pseudo-code', async () => {
  await fuzz(
    'pseudo.txt',
    60,
    (m) => m.text([PSEUDOCODE]),
    (text) => {
      const { faults } = readPseudocode({ [FILE]: text });
      if (faults.length > 0) expectFaults(faults, FILE, text);
      return faults.length === 0;
    },
  );
});

test('bytes of a file, whatever its encoding', async () => {
  await fuzz(
    'bytes.yaml',
    150,
    (m) => m.bytes(m.text([LESSON, SCENARIOS[0] ?? ''])),
    (bytes) => {
      const read = peopleText(bytes);
      if (!read.ok && read.why === 'damaged') {
        expect(read.line).toBeGreaterThanOrEqual(1);
        expect(read.column).toBeGreaterThanOrEqual(1);
      }
      // What is written back later has to be what was read: nothing may have been replaced on the way.
      if (read.ok && read.encoding !== 'utf-8')
        expect(read.text.includes('\ufffd')).toBe(Buffer.from(bytes).includes(Buffer.from('\ufffd', 'utf16le')));
      return read.ok;
    },
  );
});

test('durations', async () => {
  await fuzz(
    'duration.txt',
    200,
    (m) => m.text(['30ms', '5.22 µs', '0.5 ms', '5 微秒', '1000000s', '17ns']),
    (text) => {
      const ns = durationNs(text);
      if (ns !== null && !(Number.isSafeInteger(ns) && ns >= 0)) throw new Error(`${ns} ns`);
      return ns !== null;
    },
  );
});

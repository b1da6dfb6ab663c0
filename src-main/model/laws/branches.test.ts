/**
 * BRANCHES.md holds: every branch that it gives to a scenario is reached by that scenario, no branch that it calls unreachable is reached by
 * any of them, and no row of the runtime's functions is missing from it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PId, State } from '../state';
import { type Branch, branchesOf, fits, reachedIn } from '../testdata/branch-table';
import { play, scenarioOf } from '../testdata/run-scenario';

const here = (path: string): URL => new URL(path, import.meta.url);
const table = branchesOf(readFileSync(here('BRANCHES.md'), 'utf8'));
const unreachable = table.filter((branch) => branch.by === null);

/** What forEachP does to a P before it asks its owner to run the function: no operation of a scenario leads there. */
const functionWaitsFor =
  (p: PId) =>
  (state: State): void => {
    const row = state.P[p];
    if (!row) throw new Error(`no ${p}`);
    row.runSafePointFn = true;
    state.sched.safePointWait = 1;
  };

/** First states that no scenario can ask for, by scenario. */
const BEGIN_WITH: Record<string, (state: State) => void> = {
  'handoffp-5-safepoint': functionWaitsFor('P0'),
  'schedule-6-safepoint': functionWaitsFor('P0'),
  'findrunnable-1-safepoint': functionWaitsFor('P1'),
  'reentersyscall-10-safepoint': functionWaitsFor('P0'),
  'newstack-3-refuse': ({ M: { M0 } }) => {
    if (M0) M0.preemptoff = 'gcing';
  },
};

function fileOf(name: string): URL {
  return here(`../testdata/${/^S\d+$/.test(name) ? 'golden' : 'branches'}/${name}.scenario.yaml`);
}

const titles = (branches: readonly Branch[]): string[] => branches.map(({ title, step }) => `${title}: ${step}`);

describe('every branch is reached by its scenario', () => {
  test.each([...new Set(table.flatMap(({ by }) => by ?? []))].sort())('%s', (name) => {
    const file = fileOf(name);
    expect(existsSync(file), `no scenario ${name}`).toBe(true);
    const scenario = scenarioOf(readFileSync(file, 'utf8'), `${name}.scenario.yaml`);
    const { first, steps, facts } = play(scenario, BEGIN_WITH[name]);
    const own = table.filter(({ by }) => by === name);
    const reached = reachedIn({ first, steps, outcome: facts.outcome }, [...own, ...unreachable]);
    expect(titles(own.filter((branch) => !reached.has(branch))), 'not reached').toEqual([]);
    expect(titles(unreachable.filter((branch) => reached.has(branch))), 'reached after all').toEqual([]);
  });
});

describe('the table', () => {
  test('names every scenario that was written for it, which is called what it is named', () => {
    const files = readdirSync(here('../testdata/branches/')).map((file) => file.replace(/\.scenario\.yaml$/, ''));
    expect(files.filter((name) => !table.some(({ by }) => by === name))).toEqual([]);
    expect(files.filter((name) => scenarioOf(readFileSync(fileOf(name), 'utf8')).id !== name)).toEqual([]);
  });

  test('says why, where nothing reaches a branch', () => {
    expect(
      unreachable.filter(({ why }) => !/^(guard|one step|no operation|order|simplified)(: |$)/.test(why)).map(({ title }) => title),
    ).toEqual([]);
  });

  test('has a step wherever a scenario is to reach it', () => {
    expect(table.filter(({ by, step }) => by !== null && step === '').map(({ title }) => title)).toEqual([]);
  });

  test('names every row of the runtime', () => {
    const rows = rowsInSource();
    expect(rows.length).toBeGreaterThan(250);
    const missing = rows.filter((row) => !table.some(({ step }) => (row.includes('*') ? meet(step, row) : step === row)));
    expect(missing, 'rows that no line of BRANCHES.md names').toEqual([]);
  });

  test('names no row that the runtime does not have', () => {
    const rows = rowsInSource();
    // What lies under syscall. are instructions of the listings: their texts are the rows.
    const unknown = table.filter(({ step }) => step !== '' && !step.startsWith('syscall.') && !rows.some((row) => meet(step, row)));
    expect(titles(unknown)).toEqual([]);
  });
});

/** Whether two names with * in them can mean the same row. */
function meet(step: string, row: string): boolean {
  return fits(step, row) || fits(row, step);
}

/** `fn/at` of every row in the sources of model/runtime and model/operations; * where a part is worked out at run time. Instructions' rows are left out. */
function rowsInSource(): string[] {
  const rows = new Set<string>();
  const files = ['../runtime/', '../operations/'].flatMap((folder) => readdirSync(here(folder)).map((name) => folder + name));
  for (const file of files.filter((name) => /^(?!.*\.test\.ts$).*\.ts$/.test(name) && !name.endsWith('/thread.ts'))) {
    const text = readFileSync(here(file), 'utf8');
    const tables = [...text.matchAll(/\brows\('([^']+)', \{([^}]*)\}\)/g)];
    expect(tables.length, `${file}: a table of rows that this test cannot read`).toBe([...text.matchAll(/\brows\(/g)].length);
    for (const [, fn, body] of tables)
      for (const [, quoted, plain] of (body ?? '').matchAll(/(?:'([^']+)'|([\w$]+)):/g)) rows.add(`${fn}/${quoted ?? plain}`);
    for (const [, fn, at] of text.matchAll(/\brow\(([^,]+), ([^,]+),/g)) rows.add(`${literal(fn)}/${literal(at)}`);
  }
  rows.delete('*/*');
  return [...rows];
}

function literal(expression = ''): string {
  const quoted = /^(['`])(.*)\1$/.exec(expression);
  return quoted ? (quoted[2] ?? '').replace(/\$\{[^}]*\}/g, '*') : '*';
}

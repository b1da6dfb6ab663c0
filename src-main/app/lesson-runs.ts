/** Where the scenario of a lesson's run lies: in the lesson's own folder, or in that of the lesson whose run it is. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fill, inEveryLanguage, type Words } from '../../assets/words/index';
import type { LessonRun } from '../formats/lesson';
import { YamlSource } from '../formats/yaml-source';
import { nearest } from '../model/nearest-word';
import { type Text, textOf } from '../model/words';
import { liesOutside } from './inside';
import { readYamlFile } from './people-file';

/** The file, or why there is none, with the likely name where there is one. */
export type FoundScenario = { ok: true; file: string } | { ok: false; why: Text; suggestion: string | null };

/** A run may be another lesson's, which has it from a third one; longer ways are circles. */
const LONGEST_WAY = 8;

const refused = (said: (words: Words['refusal']) => string, suggestion: string | null = null): FoundScenario => ({
  ok: false,
  why: inEveryLanguage(({ refusal }) => said(refusal)),
  suggestion,
});

/** `folder`: the lesson's own. Other lessons are looked for beside it, then in `bundled`, the folder of the product's lessons. */
export async function scenarioOf(run: LessonRun, folder: string, bundled: string | null, way = 0): Promise<FoundScenario> {
  if (run.kind === 'scenario') {
    const file = resolve(folder, run.scenario);
    // A link in the folder may lead anywhere.
    return (await liesOutside(file, folder)) ? refused((words) => fill(words.scenarioLinked, { file: run.scenario })) : { ok: true, file };
  }
  const { lesson: id, run: name } = run;
  if (way >= LONGEST_WAY) return refused((words) => fill(words.runCircle, { lesson: id, run: name }));
  const found = await findLesson(id, rootsOf(folder, bundled));
  if (!found) return refused((words) => fill(words.noLesson, { id }));
  const next = runOf(found.runs, name);
  if (next) return scenarioOf(next, found.folder, bundled, way + 1);
  return refused((words) => fill(words.noRunOfLesson, { lesson: id, run: name }), nearest(name, Object.keys(found.runs)));
}

const rootsOf = (folder: string, bundled: string | null): string[] => [
  ...new Set([dirname(resolve(folder)), ...(bundled === null ? [] : [resolve(bundled)])]),
];

/** Whether there is a lesson of that id, where runs of other lessons are looked for. */
export const hasLesson = async (id: string, folder: string, bundled: string | null): Promise<boolean> =>
  (await findLesson(id, rootsOf(folder, bundled))) !== null;

interface LessonFound {
  folder: string;
  /** As they are written: nothing else of the file has to be right. */
  runs: Readonly<Record<string, unknown>>;
}

/** The first lesson of that id; folders are named after it, so that one is tried first. */
async function findLesson(id: string, roots: readonly string[]): Promise<LessonFound | null> {
  for (const root of roots) {
    const names = (await readdir(root, { withFileTypes: true }).catch(() => [])).flatMap((each) => (each.isDirectory() ? [each.name] : []));
    const isNamed = (name: string): boolean => name.replace(/^\d+-/, '') === id;
    for (const name of [...names.filter(isNamed), ...names.filter((each) => !isNamed(each)).sort()]) {
      const runs = await runsIn(join(root, name, 'lesson.yaml'), id);
      if (runs) return { folder: join(root, name), runs };
    }
  }
  return null;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The runs of a lesson file; null: it is another lesson, or none. */
async function runsIn(file: string, id: string): Promise<LessonFound['runs'] | null> {
  const read = await readYamlFile(file);
  // Reading YAML is slow, and most files are not the one.
  if (!read.ok || !read.text.includes(id)) return null;
  const { json } = new YamlSource(read.text, file);
  return isMap(json) && json.id === id && isMap(json.runs) ? json.runs : null;
}

function runOf(runs: LessonFound['runs'], name: string): LessonRun | null {
  const run = Object.hasOwn(runs, name) ? runs[name] : null;
  const title = textOf(() => name);
  if (!isMap(run)) return null;
  if (typeof run.scenario === 'string') return { kind: 'scenario', scenario: run.scenario, title, vary: [] };
  if (typeof run.lesson !== 'string') return null;
  return { kind: 'lesson', lesson: run.lesson, run: typeof run.run === 'string' ? run.run : name, title, vary: [] };
}

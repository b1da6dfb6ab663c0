import { Scorm12API, Scorm2004API } from 'scorm-again';
import { expect, test } from 'vitest';
import type { LessonProgress, LessonStep } from '../../src-main/contract/index';
import { type Framed, Platform, type Version } from './scorm-api';
import { kept, type Learned, restored, Visit } from './scorm-report';

const said = (text: string): { zh: string; en: string } => ({ zh: text, en: text });

const stepOf = (id: string, answer: number | null): LessonStep =>
  ({
    id,
    run: 'one',
    ask:
      answer === null
        ? null
        : {
            question: said(`${id}?`),
            choices: [0, 1, 2].map((i) => ({ ...said(`choice ${i}`), why: null, believes: null })),
            answer,
            because: said('because'),
            proof: [],
          },
  }) as unknown as LessonStep;

const STEPS = [stepOf('village', null), stepOf('asleep', 1), stepOf('awake', 0), stepOf('summary', null)];
const PLACE = { lesson: 'hunting', run: 'one', n: 42 };

/** As the store keeps it: what was chosen, null for an answer that was shown without a guess. */
function learned(seen: readonly string[], chosen: Readonly<Record<string, number | null>>): Learned {
  const asked = Object.entries(chosen).map(([id, choice]): [string, LessonProgress['asked'][string]] => [
    id,
    {
      question: said(`${id}?`),
      choices: [0, 1, 2].map((i) => ({ text: said(`choice ${i}`), believes: null })),
      answer: STEPS.find((step) => step.id === id)?.ask?.answer ?? 0,
      votes: choice === null ? [] : [{ counts: [0, 1, 2].map((i) => (i === choice ? 1 : 0)), timeMs: 0 }],
      isRevealed: true,
    },
  ]);
  return { progress: { seen, asked: Object.fromEntries(asked) }, place: PLACE };
}

const ALL = STEPS.map(({ id }) => id);

/** A platform two windows above the page, as in a frame in a frame. */
function framed(version: Version, api: unknown): Framed {
  const top: { parent: Framed | null } & Record<string, unknown> = { parent: null, [version === 'scorm12' ? 'API' : 'API_1484_11']: api };
  top.parent = top as unknown as Framed;
  return { parent: { parent: top as unknown as Framed } };
}

interface Judge {
  loadFromJSON: (json: unknown, path: string) => void;
  lmsGetValue: (name: string) => unknown;
}

/** What the judge has taken, by name: also what may not be read again. What it has refused is not there, and `refused` names it. */
function watched(api: object): { api: object; taken: Map<string, string>; refused: string[] } {
  const taken = new Map<string, string>();
  const refused: string[] = [];
  const proxy = new Proxy(api, {
    get: (target, key) => {
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== 'function') return found;
      return (...given: string[]): unknown => {
        const answer: unknown = Reflect.apply(found, target, given);
        if (!/SetValue$/.test(String(key))) return answer;
        if (String(answer) === 'true') taken.set(given[0] ?? '', given[1] ?? '');
        else refused.push(given.join(' '));
        return answer;
      };
    },
  });
  return { api: proxy, taken, refused };
}

function visiting(version: Version, settings: object = {}, before: unknown = null) {
  const judge = (version === 'scorm12' ? new Scorm12API(settings) : new Scorm2004API(settings)) as unknown as Judge;
  if (before !== null) judge.loadFromJSON(before, '');
  const { api, taken, refused } = watched(judge);
  const platform = Platform.find(version, framed(version, api));
  if (!platform) throw new Error('no platform');
  let ms = 0;
  const visit = new Visit(
    platform,
    'hunting',
    STEPS,
    () => ms,
    () => '2026-11-28T22:05:09.12Z',
  );
  return {
    taken,
    refused,
    visit,
    wait: (for_: number) => {
      ms += for_;
    },
    get: (name: string) => String(judge.lmsGetValue(name)),
  };
}

test('of SCORM 1.2: begun, half done, passed, and back where it was', () => {
  const { taken, refused, visit, wait, get } = visiting('scorm12');
  expect(visit.before).toBeNull();
  expect(get('cmi.core.lesson_status')).toBe('incomplete');
  wait(3_723_450);
  expect(visit.report(learned(['village', 'asleep'], { asleep: 1 }))).toBeNull();
  expect(get('cmi.core.lesson_status')).toBe('incomplete');
  expect(get('cmi.core.score.raw')).toBe('50');
  expect(get('cmi.core.lesson_location')).toBe('one:42');
  expect(taken.get('cmi.core.session_time')).toBe('0001:02:03.45');
  expect(get('cmi.interactions._count')).toBe('1');
  const told = ['id', 'type', 'time', 'correct_responses.0.pattern', 'student_response', 'result'].map((name) =>
    taken.get(`cmi.interactions.0.${name}`),
  );
  expect(told).toEqual(['asleep', 'choice', '22:05:09', 'b', 'b', 'correct']);
  expect(visit.report(learned(ALL, { asleep: 1, awake: 0 }))).toBeNull();
  expect(get('cmi.core.lesson_status')).toBe('passed');
  expect(get('cmi.core.score.raw')).toBe('100');
  const again = restored(get('cmi.suspend_data'), 'hunting', STEPS);
  expect(again?.place).toEqual(PLACE);
  expect(again?.progress.seen).toEqual(ALL);
  expect(Object.keys(again?.progress.asked ?? {})).toEqual(['asleep', 'awake']);
  expect(refused).toEqual([]);
  visit.end();
  // After the end nothing is said any more.
  expect(visit.report(learned(ALL, { asleep: 1, awake: 2 }))).toBeNull();
});

test('of SCORM 1.2: not passed, by the platform’s own measure', () => {
  const { visit, get } = visiting('scorm12', {}, { student_data: { mastery_score: '90' } });
  visit.report(learned(ALL, { asleep: 1, awake: 2 }));
  expect(get('cmi.core.lesson_status')).toBe('failed');
});

test('of SCORM 2004: progress, completion and success each by itself', () => {
  const { taken, refused, visit, wait, get } = visiting('scorm2004');
  expect(get('cmi.completion_status')).toBe('incomplete');
  wait(65_000);
  expect(visit.report(learned(['village'], {}))).toBeNull();
  expect([get('cmi.progress_measure'), get('cmi.score.raw'), get('cmi.success_status')]).toEqual(['0.25', '', 'unknown']);
  expect(visit.report(learned(ALL, { asleep: 0, awake: null }))).toBeNull();
  expect([get('cmi.completion_status'), get('cmi.success_status'), get('cmi.score.scaled')]).toEqual(['completed', 'failed', '0']);
  expect(visit.report(learned(ALL, { asleep: 1, awake: 0 }))).toBeNull();
  expect([get('cmi.success_status'), get('cmi.score.scaled'), get('cmi.progress_measure'), get('cmi.location')]).toEqual([
    'passed',
    '1',
    '1',
    'one:42',
  ]);
  expect(taken.get('cmi.session_time')).toBe('PT0H1M5S');
  const told = (at: number): unknown[] =>
    ['id', 'learner_response', 'result', 'timestamp'].map((name) => taken.get(`cmi.interactions.${at}.${name}`));
  expect(told(0)).toEqual(['asleep', 'a', 'incorrect', '2026-11-28T22:05:09.12Z']);
  expect(told(1)).toEqual(['asleep', 'b', 'correct', '2026-11-28T22:05:09.12Z']);
  expect(refused).toEqual([]);
});

test.each(['scorm12', 'scorm2004'] as const)('of %s: who comes again is not asked again, and not told of twice', (version) => {
  const first = learned(['village', 'asleep'], { asleep: 2 });
  const { visit, get } = visiting(version, {}, { suspend_data: kept(first, STEPS) });
  const { before } = visit;
  expect(before?.progress.asked.asleep).toMatchObject({ isRevealed: true, answer: 1, votes: [{ counts: [0, 0, 1] }] });
  if (before) visit.know(before);
  expect(visit.report(first)).toBeNull();
  expect(get('cmi.interactions._count')).toBe('0');
});

test('a lesson that has changed, and what is no memory of ours, begin anew', () => {
  const text = kept(learned(ALL, { asleep: 1 }), STEPS);
  expect(restored(text, 'hunting', STEPS)).not.toBeNull();
  for (const other of [
    '',
    'null',
    '7',
    '{}',
    '{"v":2}',
    text.replace('[1,1]', '[0,1]'),
    text.replace('[1,1]', '[1,"x"]'),
    text.slice(0, -2),
  ])
    expect(restored(other, 'hunting', STEPS), other).toBeNull();
  expect(restored(text, 'hunting', STEPS.slice(1))).toBeNull();
});

test('what is kept of the longest lesson has room in version 1.2', () => {
  const many = Array.from({ length: 300 }, (_, i) => stepOf(`step-${i}`, 1));
  const asked = Object.fromEntries(many.map(({ id }) => [id, learned([], { asleep: 1 }).progress.asked.asleep]));
  const all = { progress: { seen: many.map(({ id }) => id), asked: asked as LessonProgress['asked'] }, place: PLACE };
  expect(kept(all, many).length).toBeLessThan(4_096);
});

test('a platform that takes nothing says so, one of another origin is not looked at, and where there is none nobody is told', () => {
  const deaf = {
    LMSInitialize: () => 'true',
    LMSGetValue: () => '',
    LMSSetValue: () => 'false',
    LMSCommit: () => 'false',
    LMSGetLastError: () => '101',
  };
  const platform = Platform.find('scorm12', framed('scorm12', deaf));
  if (!platform) throw new Error('no platform');
  const visit = new Visit(
    platform,
    'hunting',
    STEPS,
    () => 0,
    () => '2026-11-28T22:05:09.12Z',
  );
  expect(visit.report(learned(ALL, {}))).toMatch(/^cmi\.core\.\w+ \(101\)$/);
  expect(Platform.find('scorm12', framed('scorm2004', deaf))).toBeNull();
  const foreign = new Proxy({} as Framed, {
    get: () => {
      throw new Error('cross-origin');
    },
  });
  expect(Platform.find('scorm12', { parent: foreign })).toBeNull();
  expect(Platform.find('scorm12', framed('scorm12', { LMSInitialize: () => 'false' }))).toBeNull();
});

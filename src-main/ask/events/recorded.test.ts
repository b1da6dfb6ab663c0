/** Recorded runs in words: every event of every recording has a sentence of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plainText, readSentences, VOICES } from '../../formats/sentences';
import { importTrace, stepsOf } from '../../imports/import-trace';
import { WRITTEN } from '../../model/words';
import { plainStep } from '../../model/trace/queue-versions';
import { Events, type RunEvent } from './events';
import { eventSentence } from './told';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'src-main/cli/compare/trace/testdata/recorded');
const sentences = readSentences(readFileSync(join(ROOT, 'assets/sentences/events.txt'), 'utf8'), 'events.txt');

function eventsOf(name: string): { events: RunEvent[]; steps: number } {
  let rest: Uint8Array | null = gunzipSync(readFileSync(join(FOLDER, name)));
  const made = importTrace(() => {
    const piece = rest;
    rest = null;
    return piece;
  });
  const events = new Events(made.first);
  let steps = 0;
  for (const step of stepsOf(made)) {
    events.add(plainStep(step));
    steps++;
  }
  return { events: events.list(Array.from({ length: events.length }, (_, i) => i)), steps };
}

const english = (event: RunEvent): string =>
  plainText(eventSentence(event, { sentences, language: 'en', voice: 'go', nameOf: (id) => id, timeText: (ns) => `${ns} ns` }));

test('each step of a recorded run is an event, and is told in both languages and voices', () => {
  const seen = new Set<string>();
  // The collector's are long, and of the same kinds.
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.gz') && !each.startsWith('collector.go126'))) {
    const { events, steps } = eventsOf(name);
    expect(events.length, name).toBe(steps);
    for (const event of events) {
      if (seen.has(event.type)) continue;
      seen.add(event.type);
      for (const language of WRITTEN)
        for (const voice of VOICES)
          expect(
            plainText(eventSentence(event, { sentences, language, voice, nameOf: (id) => id, timeText: String })).length,
          ).toBeGreaterThan(4);
    }
  }
  const all = ['creates', 'enters', 'gcBegins', 'gcEnds', 'hops', 'isThere', 'leaves', 'leavesP', 'logs', 'losesP', 'needm'];
  expect([...seen].sort()).toEqual(expect.arrayContaining(all));
  expect(seen.size).toBeGreaterThan(20);
});

test('a program that makes threads is told like this', () => {
  const { events } = eventsOf('pipes.go126.gz');
  expect(events.slice(-14).map(english)).toMatchInlineSnapshot(`
    [
      "G1 enters a system call, write: P1 becomes _Psyscall",
      "G1 returns from its system call (11456 ns) and has P1 again",
      "G1 waits: sync",
      "M0 gives up P1",
      "M4 takes P0",
      "M4 gives up P0",
      "M2 takes P0",
      "G23 returns from its system call (2165376 ns) without a P: it is runnable and waits to be scheduled",
      "M2 on P0 runs G23, which has waited 256 ns",
      "G23 makes G1 runnable, which has waited 27904 ns (sync)",
      "G23 ends, having run 18368 ns at last",
      "M2 on P0 runs G1, which has waited 18752 ns",
      "M0 takes P1",
      "M0 gives up P1",
    ]
  `);
});

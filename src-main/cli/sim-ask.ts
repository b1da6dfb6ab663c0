/** `sim events`, `sim why`, `sim compare`: questions to a run, answered in sentences or as JSON. */
import { basename } from 'node:path';
import { fill, WORDS } from '../../assets/words/index';
import { firstDifference } from '../ask/alike/difference';
import { differenceSentence } from '../ask/alike/sentence';
import { Events } from '../ask/events/events';
import { eventSentence } from '../ask/events/told';
import { groupOf, typeNumber } from '../ask/events/rows';
import type { LaneId } from '../ask/followed-state';
import { whyRows } from '../ask/why/rows';
import { shortPath } from '../ask/why/reads';
import { readText, whySentence } from '../ask/why/told';
import type { WhyLink } from '../ask/why/why';
import type { KeptRun, Room } from '../app/kept-run';
import { isKnobValue, type KnobChange, knobsOf, turned } from '../formats/scenario-knobs';
import { plainText, templateOf } from '../formats/sentences';
import { nearest } from '../model/nearest-word';
import type { GId } from '../model/state';
import { unreachable } from '../model/unreachable';
import { visibleLine } from '../model/visible-text';
import type { Language, Read, Text } from '../model/words';
import {
  askedRun,
  askingText,
  endOf,
  guess,
  jsonText,
  namingOf,
  noAnswer,
  NoAnswer,
  runOfText,
  sentencesIn,
  stepAt,
  whatIs,
  whoIs,
} from './asked-run';
import { humanNs } from './human-time';
import { type AskWish, Usage } from './sim-arguments';

/** `found`: exit status 0, else 3, as for a search without a hit. `notes` go to standard error. */
export type Answer = Read<{ out: string; found: boolean; notes: readonly Text[] }>;

type Wished<K extends AskWish['kind']> = Extract<AskWish, { kind: K }>;

/** What is to be printed and whether anything was found; notes go along with it. */
type Told = Read<{ out: string; found: boolean }>;

/** What has been asked of so far: nobody keeps a run without end, and whoever asks of a part of one is to know. */
class Asked {
  private readonly runs: KeptRun[] = [];
  private readonly said: Text[] = [];

  constructor(readonly room: Room | undefined) {}

  /** Before anything is looked for in it: that nothing was found is told of the part alone. */
  take(run: KeptRun): KeptRun {
    this.runs.push(run);
    return run;
  }

  say(text: Text): void {
    this.said.push(text);
  }

  get notes(): readonly Text[] {
    return [...this.runs.flatMap(({ opened }) => opened.shortened ?? []), ...this.said];
  }
}

/** `room`: how much of a run is kept, as in the window unless told otherwise. Throws Usage. */
export async function answerOf(wish: AskWish, language: Language, room?: Room): Promise<Answer> {
  const asked = new Asked(room);
  const told = await toldOf(wish, language, asked);
  return told.ok ? { ...told, notes: asked.notes } : told;
}

async function toldOf(wish: AskWish, language: Language, asked: Asked): Promise<Told> {
  try {
    switch (wish.kind) {
      case 'events':
        return await events(wish, language, asked);
      case 'why':
        return await why(wish, language, asked);
      case 'compare':
        return await compare(wish, language, asked);
      default:
        return unreachable(wish);
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    asked.say(error.text);
    return { ok: true, out: '', found: false };
  }
}

async function events({ file, only, groups, limit, isJson, voice }: Wished<'events'>, language: Language, asked: Asked): Promise<Told> {
  const read = await askedRun(file, asked.room);
  if (!read.ok) return read;
  const run = asked.take(read.run);
  const of = only === null ? null : whoIs(run, only);
  const all = new Events(run.opened.first);
  for (const step of run.all()) all.add(step);
  const fits = all.filter(groups, of, null);
  const indexes: number[] = [];
  for (let i = 0; i < all.length && indexes.length < limit; i++) if (fits(i)) indexes.push(i);
  const naming = namingOf(run.scenario, endOf(run), language, voice);
  const found = all.list(indexes).map((event) => ({
    event,
    kind: groupOf(typeNumber(event.type)),
    text: visibleLine(plainText(eventSentence(event, naming))),
  }));
  const lines = found.map(({ event: { n, t }, kind, text }) => `${n}\t${humanNs(t)}\t${kind}\t${text}\n`);
  const out = isJson
    ? jsonText(found.map(({ event: { index: _index, first: _first, ...event }, kind, text }) => ({ ...event, kind, text })))
    : lines.join('');
  if (found.length === 0) asked.say(askingText((words) => words.noEvent));
  return { ok: true, out, found: found.length > 0 };
}

/** The last step of the longest time that a goroutine spent runnable or waiting; null: it was always running. */
function longestWait(run: KeptRun, g: GId): number | null {
  const path = `G.${g}.status`;
  let began: number | null = null;
  let longest = { ns: -1, n: 0 };
  let t = 0;
  for (const step of run.all()) {
    const status = step.set.find(([each]) => each === path)?.[2];
    ({ t } = step);
    if (status === undefined) continue;
    if (status === '_Gwaiting' || status === '_Grunnable') began ??= t;
    else if (began !== null) {
      if (t - began > longest.ns) longest = { ns: t - began, n: step.n - 1 };
      began = null;
    }
  }
  if (began !== null && t - began > longest.ns) longest = { ns: t - began, n: run.opened.stepCount };
  return longest.ns < 0 ? null : longest.n;
}

async function why({ file, who, at, isJson, voice }: Wished<'why'>, language: Language, asked: Asked): Promise<Told> {
  const read = await askedRun(file, asked.room);
  if (!read.ok) return read;
  const run = asked.take(read.run);
  const of = whatIs(run, who);
  const wished = at === null ? null : stepAt(run, at);
  if (at !== null && wished === null) throw new Usage((_, { asking }) => fill(asking.badPlace, { found: at }), 'why');
  const n = wished ?? (/^G\d+$/.test(of) ? longestWait(run, of as GId) : null) ?? run.opened.stepCount;
  const { links } = run.why({ of, n }, Infinity);
  if (links.length === 0) throw noAnswer((words) => fill(words.notThere, { n, who: shortPath(of) }));
  const reasons = sentencesIn('why');
  const naming = { ...namingOf(run.scenario, endOf(run), language, voice), reasons };
  const t = n === 0 ? 0 : (run.read(n, n).t[0] ?? 0);
  const textOf = (link: (typeof links)[number]): string => visibleLine(plainText(whySentence(link, naming)));
  if (isJson) return { ok: true, out: jsonText({ of, n, t, links: links.map((link) => ({ ...link, text: textOf(link) })) }), found: true };
  const words = WORDS[language].asking;
  const lines = whyRows(links).map(({ link, depth }) => {
    const end = link.end === null ? '' : ` — ${templateOf(reasons, `end.${link.end}`, language, voice)}`;
    const place = link.n === 0 ? words.atStart : `${link.n} · ${humanNs(link.t)}`;
    const read = link.reads.length === 0 ? '' : `${'  '.repeat(depth + 3)}${readsText(link, language)}\n`;
    return `${'  '.repeat(depth + 1)}${place}  ${textOf(link)}${end}\n${read}`;
  });
  return {
    ok: true,
    out: [
      `${fill(words.asked, { who: /^[GMP]\d+$/.test(of) ? naming.nameOf(of as LaneId) : shortPath(of), n, time: humanNs(t) })}\n`,
      ...lines,
    ].join(''),
    found: true,
  };
}

/** What the model had read for this fact, each value with the step that wrote it. */
function readsText({ reads }: WhyLink, language: Language): string {
  const { asking, language: signs } = WORDS[language];
  const said = reads.map((read) => fill(asking.readAt, { read: readText(read), step: read.n === 0 ? asking.atStart : String(read.n) }));
  return visibleLine(fill(asking.because, { reads: said.join(signs.comma) }));
}

async function compare({ file, other, changes, isJson }: Wished<'compare'>, language: Language, asked: Asked): Promise<Told> {
  const { room } = asked;
  const one = await askedRun(file, room);
  if (!one.ok) return one;
  asked.take(one.run);
  const two = other === null ? await runOfText(changedText(one.text, file, changes), file, room) : await askedRun(other, room);
  if (!two.ok) return two;
  asked.take(two.run);
  const difference = firstDifference(
    { first: one.run.opened.first, steps: one.run.all() },
    { first: two.run.opened.first, steps: two.run.all() },
  );
  const words = WORDS[language].asking;
  const names =
    other === null
      ? [basename(file), changes.map(({ path, value }) => `${path.replace(/^runtime\./, '')}=${value}`).join(',')]
      : namesOf(file, other);
  const [oneName = '', otherName = ''] = names;
  const text = visibleLine(differenceSentence(difference, { one: oneName, other: otherName, time: humanNs }, language));
  const ends = [one.run, two.run].map(({ opened: { outcome, endNs, stepCount } }) => ({ outcome, time: endNs, steps: stepCount }));
  const found = difference === null;
  if (isJson) return { ok: true, out: jsonText({ same: difference === null, text, difference, one: ends[0], other: ends[1] }), found };
  const lines = ends.map(({ outcome, time, steps }, i) => {
    const how = outcome === null ? words.recorded : `${outcome.kind}${outcome.code === null ? '' : ` ${outcome.code}`}`;
    return `${fill(words.ending, { name: visibleLine(names[i] ?? ''), how, time: humanNs(time), steps })}\n`;
  });
  return { ok: true, out: [`${text}\n`, ...lines].join(''), found };
}

/** Files with the same name are told apart by their paths. */
const namesOf = (one: string, other: string): string[] =>
  basename(one) === basename(other) ? [one, other] : [basename(one), basename(other)];

/** The scenario with other values. Throws Usage when there is no such value to change, or it cannot have that value. */
function changedText(text: string | null, file: string, changes: readonly KnobChange[]): string {
  if (text === null) throw new Usage((_, { asking }) => fill(asking.withTrace, { file }), 'compare');
  const knobs = knobsOf(text);
  for (const { path, value } of changes) {
    const knob = knobs.find((each) => each.path === path);
    const known = knobs.map((each) => each.path.replace(/^runtime\./, ''));
    const found = path.replace(/^runtime\./, '');
    if (!knob)
      throw new Usage(
        (_, all) => fill(all.asking.noKnob, { found, guess: guess(nearest(found, known), all), known: known.join(all.language.comma) }),
        'compare',
      );
    if (!isKnobValue(knob, value)) throw new Usage((_, { asking }) => fill(asking.badValue, { name: found, found: value }), 'compare');
  }
  return turned(text, changes);
}

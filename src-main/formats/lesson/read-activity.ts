/** What is done at a step. Tables and orders, which are read from runs, have a file of their own. */
import { fill } from '../../../assets/words/index';
import { ARCH_NAMES, DEFAULT_ARCH } from '../../model/asm/arch/index';
import { SYSCALLS, syscallByName } from '../../model/kernel/syscall-table';
import type { Node } from '../yaml-source';
import { type ActivityName, ACTIVITIES, MOST_ARGUMENTS, MOST_BUFFER } from './keys';
import type { Fields, LessonSource } from './lesson-source';
import { onlyOne, type OwnPlace, readProofs } from './read-anchor';
import { knownErratum } from './read-ask';
import { readOrder, readTable } from './read-table';
import {
  type ClaimActivity,
  type LessonActivity,
  type MatchActivity,
  type PlaygroundActivity,
  type PlaygroundValue,
  type SortActivity,
  type SortCall,
  VERDICTS,
} from './types';

/** `id`: the step's place; an activity's is ID.table, its rows' ID.table.rows[0], … */
export function readActivity(lesson: LessonSource, step: Fields, id: string, own: OwnPlace): LessonActivity | null {
  const [name, other] = ACTIVITIES.filter((key) => step.has(key));
  if (other !== undefined) lesson.source.fault(step.keyOf(other), (w) => fill(w.oneActivity, { first: name ?? '', second: other }));
  return name === undefined ? null : readOne(lesson, name, step.at(name), `${id}.${name}`, own);
}

function readOne(lesson: LessonSource, name: ActivityName, node: Node | null, id: string, own: OwnPlace): LessonActivity | null {
  switch (name) {
    case 'table':
      return readTable(lesson, node, id, own);
    case 'order':
      return readOrder(lesson, node, id, own);
    case 'match':
      return readMatch(lesson, node, id, own);
    case 'sort':
      return readSort(lesson, node);
    case 'playground':
      return readPlayground(lesson, node);
    case 'claim':
      return readClaim(lesson, node, id, own);
    case 'open': {
      const fields = lesson.fields(node, 'open', 'open');
      const [question, answer] = (['question', 'answer'] as const).map((key) => lesson.prose(fields.at(key), `open.${key}`));
      return question && answer ? { kind: 'open', question, answer } : null;
    }
  }
}

function readMatch(lesson: LessonSource, node: Node | null, id: string, own: OwnPlace): MatchActivity {
  const fields = lesson.fields(node, 'match', 'match');
  const pairs = lesson.someOf(fields.at('pairs'), 'match.pairs', 2).map((item, i) => {
    const pair = lesson.fields(item, 'match.pairs', 'pair');
    return {
      left: lesson.prose(pair.at('left'), 'match.pairs.left'),
      right: lesson.prose(pair.at('right'), 'match.pairs.right'),
      proof: readProofs(lesson, pair.at('proof'), 'match.pairs.proof', `${id}.pairs[${i}].proof`, own),
    };
  });
  return { kind: 'match', prompt: lesson.proseOrNull(fields.at('prompt'), 'match.prompt'), pairs };
}

/** The name of a system call. */
function readCall(lesson: LessonSource, node: Node | null, what: string): string {
  const name = lesson.word(node, what);
  if (name !== '' && !syscallByName(name)) {
    const names = SYSCALLS.map((call) => call.name);
    lesson.source.fault(node, (_, { model }) => fill(model.unknownSyscall, { name }), lesson.source.nearest(name, names));
  }
  return name;
}

/** Where each call belongs is the table's knowledge, so that no author can get it wrong. */
function readSort(lesson: LessonSource, node: Node | null): SortActivity {
  const fields = lesson.fields(node, 'sort', 'sort');
  const names = new Set<string>();
  const calls = lesson.someOf(fields.at('calls'), 'sort.calls', 2).flatMap((item): SortCall[] => {
    const name = readCall(lesson, item, 'sort.calls');
    const bin = syscallByName(name)?.via ?? null;
    if (names.has(name)) lesson.source.fault(item, (w) => fill(w.duplicateName, { what: 'sort.calls', name }));
    names.add(name);
    if (bin === null && syscallByName(name)) lesson.source.fault(item, (w) => fill(w.noWrapper, { name }));
    return bin === null ? [] : [{ name, bin }];
  });
  return { kind: 'sort', prompt: lesson.proseOrNull(fields.at('prompt'), 'sort.prompt'), calls };
}

function readPlayground(lesson: LessonSource, node: Node | null): PlaygroundActivity {
  const { source } = lesson;
  const fields = lesson.fields(node, 'playground', 'playground');
  const arch = fields.has('arch') ? source.choice(fields.at('arch'), 'playground.arch', ARCH_NAMES) : null;
  const call = fields.at('call');
  const result = lesson.fields(fields.at('expect'), 'playground.expect', 'result');
  const [r1, r2, err] = (['r1', 'r2', 'err'] as const).map((key) =>
    result.has(key) ? source.word64(result.at(key), `playground.expect.${key}`) : null,
  );
  const expect = { r1: r1 ?? null, r2: r2 ?? null, err: err ?? null };
  if (source.isMap(fields.at('expect')) && result.all.size === 0) source.fault(fields.at('expect'), (w) => w.expectNothing);
  return {
    kind: 'playground',
    arch: arch ?? DEFAULT_ARCH,
    task: lesson.prose(fields.at('task'), 'playground.task'),
    call: call === null ? null : readCall(lesson, call, 'playground.call'),
    listing: lesson.wordOrNull(fields.at('listing'), 'playground.listing'),
    entry: lesson.wordOrNull(fields.at('entry'), 'playground.entry'),
    args: fields.has('args') ? readArguments(lesson, fields.at('args')) : null,
    expect,
  };
}

function readArguments(lesson: LessonSource, node: Node | null): PlaygroundValue[] {
  const what = 'playground.args';
  const items = lesson.list(node, what);
  if (items.length > MOST_ARGUMENTS)
    lesson.source.fault(node, (w) => fill(w.tooManyArguments, { what, most: MOST_ARGUMENTS, n: items.length }));
  return items.map((item) => {
    const { source } = lesson;
    if (source.isText(item)) return lesson.word(item, what);
    if (!source.isMap(item)) return source.word64(item, what) ?? 0;
    const isBuffer = source.entries(item, what).some(({ name }) => name === 'buf');
    if (!isBuffer)
      return { words: lesson.list(lesson.fields(item, what, 'words').at('words'), what).map((word) => source.word64(word, what) ?? 0) };
    return { buf: source.whole(lesson.fields(item, what, 'buffer').at('buf'), `${what}.buf`, 0, MOST_BUFFER) ?? 0 };
  });
}

function readClaim(lesson: LessonSource, node: Node | null, id: string, own: OwnPlace): ClaimActivity | null {
  const { source } = lesson;
  const fields = lesson.fields(node, 'claim', 'claim');
  const verdict = (fields.has('verdict') ? source.choice(fields.at('verdict'), 'claim.verdict', VERDICTS) : null) ?? 'wrong';
  const proof = readProofs(lesson, fields.at('proof'), 'claim.proof', `${id}.proof`, own);
  const named = lesson.list(fields.at('runs'), 'claim.runs').map((item) => lesson.run(item, 'claim.runs'));
  const runs = fields.has('runs') ? named : [...new Set(proof.map(({ run }) => run))];
  const unoffered = proof.findIndex(({ run }) => !runs.includes(run));
  if (unoffered >= 0)
    source.fault(lesson.places.get(`${id}.proof[${unoffered}]`) ?? null, (w) =>
      fill(w.runNotOffered, { run: proof[unoffered]?.run ?? '' }),
    );
  if (node) lesson.places.set(id, node);
  const rest = { kind: 'claim' as const, verdict, runs, proof };
  const because = lesson.proseOrNull(fields.at('because'), 'claim.because');
  const kind = onlyOne(lesson, node, fields, 'claim', ['erratum', 'says']);
  if (kind === 'erratum') {
    const erratum = lesson.word(fields.at('erratum'), 'claim.erratum');
    const known = knownErratum(lesson, fields.at('erratum'), erratum);
    if (known && fields.has('verdict') && known.class !== verdict)
      source.fault(fields.at('verdict'), (w) => fill(w.verdictOfTable, { id: erratum, class: known.class, found: verdict }), known.class);
    return known ? { ...rest, erratum, places: known.places, text: because ?? known.verdict } : null;
  }
  if (kind === null) return null;
  const says = lesson.fields(fields.at('says'), 'claim.says', 'says');
  if (!because) source.fault(node, (w) => fill(w.missingKey, { what: 'claim', name: 'because' }));
  const place = {
    document: lesson.document(says.at('document'), 'claim.says.document'),
    lines: lesson.lines(says.at('lines'), 'claim.says.lines'),
    words: lesson.prose(says.at('words'), 'claim.says.words'),
  };
  return because ? { ...rest, erratum: null, places: [place], text: because } : null;
}

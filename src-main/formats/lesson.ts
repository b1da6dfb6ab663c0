/** A lesson file (contract, section 5), as checked data. Reading it from text stands below the types. */
import { nearest } from '../model/nearest-word';
import type { Fault } from './fault';
import { checkHead, readText } from './scenario';
import { type Node, YamlSource } from './yaml-source';

export interface Text {
  zh: string;
  en: string;
}

/** Where in a trace a lesson step stands: the state right after the `occurrence`-th step with this fn and at (and g, m, if given). */
export interface Anchor {
  fn: string;
  at: string;
  /** Name of the goroutine (scenario name, not G id); any when absent. */
  g?: string;
  /** Id of the M; any when absent. */
  m?: string;
  /** From 1. */
  occurrence: number;
  /** Id of an earlier lesson step of the same run: count occurrences after it only. */
  after?: string;
}

export interface LessonQuestion {
  question: Text;
  choices: Text[];
  /** Index into choices. */
  answer: number;
  because: Text;
}

/** Where the source document's picture limps. */
export interface Erratum {
  /** Id in scheduler.md section 8, e.g. E43. */
  id: string;
  text: Text;
}

export interface LessonStep {
  id: string;
  title: Text;
  /** Key into Lesson.scenarios: which run this step belongs to. */
  run: string;
  /** null: the run's first state. */
  at: Anchor | null;
  /** The story in the metaphor. */
  story: Text;
  /** The same in technical terms. */
  technical: Text;
  errata: Erratum[];
  /** What to bring forward: ids of figures (`M0`, `P0`, `G1`, `orphanage`, `nursinghome`, `watchman`, `forest`), state paths (`P.P0.status`) or register names. */
  focus: string[];
  ask: LessonQuestion | null;
}

export interface Lesson {
  id: string;
  title: Text;
  /** Source documents, e.g. ['004']. */
  sources: string[];
  goals: Text[];
  /** Run name to scenario file (relative to the lesson's folder) and what the run is called. */
  runs: Record<string, { scenario: string; title: Text }>;
  steps: LessonStep[];
}

export type ParsedLesson = { ok: true; lesson: Lesson } | { ok: false; faults: Fault[] };

const LESSON_KEYS = ['schedville', 'kind', 'id', 'title', 'sources', 'goals', 'runs', 'steps'];
const STEP_KEYS = ['id', 'title', 'run', 'at', 'story', 'technical', 'errata', 'focus', 'ask'];
const SOURCES = ['000', '001', '002', '003', '004'];

/** All faults of a lesson file at once, or the lesson. */
export function parseLesson(text: string, file: string): ParsedLesson {
  const source = new YamlSource(text, file);
  if (source.root === null && source.faults.length === 0) source.fault(null, '文件是空的', 'the file is empty');
  if (source.root === null) return { ok: false, faults: source.faults };
  const lesson = new LessonReader(source).read(source.root);
  return source.faults.length === 0 ? { ok: true, lesson } : { ok: false, faults: source.faults };
}

class LessonReader {
  private runs: string[] = [];
  private readonly stepIds: string[] = [];

  constructor(private readonly source: YamlSource) {}

  read(root: Node): Lesson {
    const { source } = this;
    const top = source.fields(root, 'lesson', LESSON_KEYS, LESSON_KEYS);
    checkHead(source, top, 'lesson');
    const at = (key: string): Node | null => top.get(key)?.value ?? null;
    const runs = top.has('runs') ? this.readRuns(at('runs')) : {};
    this.runs = Object.keys(runs);
    return {
      id: top.has('id') ? (source.text(at('id'), 'id') ?? '') : '',
      title: top.has('title') ? readText(source, at('title'), 'title') : { zh: '', en: '' },
      sources: top.has('sources') ? this.sources(at('sources')) : [],
      goals: top.has('goals') ? source.items(at('goals'), 'goals').map((goal) => readText(source, goal, 'goals')) : [],
      runs,
      steps: top.has('steps') ? source.items(at('steps'), 'steps').map((step) => this.step(step)) : [],
    };
  }

  private sources(node: Node | null): string[] {
    return this.source.items(node, 'sources').map((item) => {
      const name = this.source.text(item, 'sources') ?? '';
      if (!SOURCES.includes(name)) this.source.fault(item, `没有文档 ${name}；可以写：${SOURCES.join('、')}`, `no document ${name}; known: ${SOURCES.join(', ')}`);
      return name;
    });
  }

  private readRuns(node: Node | null): Lesson['runs'] {
    const runs: Lesson['runs'] = {};
    for (const { name, value } of this.source.entries(node, 'runs')) {
      const fields = this.source.fields(value, `runs.${name}`, ['scenario', 'title'], ['scenario', 'title']);
      const scenario = fields.get('scenario');
      const path = scenario ? (this.source.text(scenario.value, `runs.${name}.scenario`) ?? '') : '';
      if (/^[/\\]|\.\./.test(path)) this.source.fault(scenario?.value ?? null, '情景文件要在课程自己的文件夹里', 'the scenario must lie in the lesson’s own folder');
      runs[name] = { scenario: path, title: readText(this.source, fields.get('title')?.value ?? null, `runs.${name}.title`) };
    }
    return runs;
  }

  private step(node: Node): LessonStep {
    const { source } = this;
    const fields = source.fields(node, 'step', STEP_KEYS, ['id', 'title', 'run', 'at', 'story', 'technical']);
    const at = (key: string): Node | null => fields.get(key)?.value ?? null;
    const textOf = (key: string): Text => (fields.has(key) ? readText(source, at(key), key) : { zh: '', en: '' });
    const id = fields.has('id') ? (source.text(at('id'), 'id') ?? '') : '';
    if (this.stepIds.includes(id)) source.fault(at('id'), `步骤 ${id} 有两个`, `there are two steps ${id}`);
    const anchor = source.isNothing(at('at')) ? null : this.anchor(at('at'));
    this.stepIds.push(id);
    return {
      id,
      title: textOf('title'),
      run: fields.has('run') ? this.run(at('run')) : '',
      at: anchor,
      story: textOf('story'),
      technical: textOf('technical'),
      errata: source.isNothing(at('errata')) ? [] : source.items(at('errata'), 'errata').map((item) => this.erratum(item)),
      focus: source.isNothing(at('focus')) ? [] : source.items(at('focus'), 'focus').map((item) => source.text(item, 'focus') ?? ''),
      ask: source.isNothing(at('ask')) ? null : this.question(at('ask')),
    };
  }

  private run(node: Node | null): string {
    const name = this.source.text(node, 'run') ?? '';
    if (!this.runs.includes(name)) this.source.fault(node, `没有叫 ${name} 的 run`, `no run named ${name}`, nearest(name, this.runs));
    return name;
  }

  private anchor(node: Node | null): Anchor {
    const { source } = this;
    const fields = source.fields(node, 'at', ['fn', 'at', 'g', 'm', 'occurrence', 'after'], ['fn', 'at']);
    const word = (key: string): string => source.text(fields.get(key)?.value ?? null, `at.${key}`) ?? '';
    const anchor: Anchor = {
      fn: fields.has('fn') ? word('fn') : '',
      at: fields.has('at') ? word('at') : '',
      occurrence: fields.has('occurrence') ? (source.whole(fields.get('occurrence')?.value ?? null, 'at.occurrence', 1, 1_000_000) ?? 1) : 1,
    };
    if (fields.has('g')) anchor.g = word('g');
    if (fields.has('m')) anchor.m = word('m');
    if (fields.has('after')) {
      anchor.after = word('after');
      if (!this.stepIds.includes(anchor.after)) source.fault(fields.get('after')?.value ?? null, `前面没有步骤 ${anchor.after}`, `no earlier step ${anchor.after}`, nearest(anchor.after, this.stepIds));
    }
    return anchor;
  }

  private erratum(node: Node): Erratum {
    const fields = this.source.fields(node, 'errata', ['id', 'text'], ['id', 'text']);
    return {
      id: this.source.text(fields.get('id')?.value ?? null, 'errata.id') ?? '',
      text: readText(this.source, fields.get('text')?.value ?? null, 'errata.text'),
    };
  }

  private question(node: Node | null): LessonQuestion {
    const { source } = this;
    const keys = ['question', 'choices', 'answer', 'because'];
    const fields = source.fields(node, 'ask', keys, keys);
    const choices = fields.has('choices') ? source.items(fields.get('choices')?.value ?? null, 'ask.choices').map((item) => readText(source, item, 'ask.choices')) : [];
    return {
      question: readText(source, fields.get('question')?.value ?? null, 'ask.question'),
      choices,
      answer: fields.has('answer') ? (source.whole(fields.get('answer')?.value ?? null, 'ask.answer', 0, Math.max(0, choices.length - 1)) ?? 0) : 0,
      because: readText(source, fields.get('because')?.value ?? null, 'ask.because'),
    };
  }
}

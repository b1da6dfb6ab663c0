/** What lies on the playground's table, and where in its run we are. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import {
  applied,
  type Arch,
  ARCH_NAMES,
  DEFAULT_ARCH,
  forEachArch,
  LANGUAGES,
  undone,
  type PlaygroundActivity,
  type PlaygroundCall,
  type PlaygroundDraft,
  type PlaygroundRoutine,
  type PlaygroundRun,
  type PlaygroundTable,
  type State,
  type Fault,
  type Language,
  type Result,
  type Text,
} from '../../src-main/contract/index';
import { bridge } from '../bridge';
import { Stepper } from '../stores/stepper.svelte';
import { answerOf, argumentOf, typedOf } from './field-values';
import { hereAt, placeOfLine, resultOf, stopsOf } from './playground-rows';
import { inLanguage, type Sample, SAMPLES } from './samples';

const CHECK_AFTER_MS = 250;
const KEEP_AFTER_MS = 400;
/** Symbols carry the package that a leading middle dot stands for. */
const FIRST_ENTRY = 'syscall.Syscall';
/** Of a file; a symbol may be as long as its listing. */
const LONGEST_NAME = 100;

export interface Field {
  label: string;
  type: string;
}

/** A run with the two states that are compared on the screen. */
interface Shown {
  run: PlaygroundRun;
  /** What was run: a change of any of it makes the run one of something else. */
  of: string;
  arch: Arch;
  routines: readonly PlaygroundRoutine[];
  stops: readonly number[];
}

export class PlaygroundState {
  table = $state.raw<PlaygroundTable | null>(null);
  arch = $state<Arch>(DEFAULT_ARCH);
  texts = $state<Record<Arch, string>>(forEachArch(() => ''));
  entry = $state(FIRST_ENTRY);
  call = $state('read');
  args = $state<string[]>([]);
  returns = $state('');
  routines = $state.raw<readonly PlaygroundRoutine[]>([]);
  faults = $state.raw<readonly Fault[]>([]);
  message = $state.raw<{ kind: 'good' | 'bad'; text: Text } | null>(null);
  shown = $state.raw<Shown | null>(null);
  before = $state.raw<State | null>(null);
  now = $state.raw<State | null>(null);
  /** One step of the run at a time, through the scheduler too. */
  isFine = $state(false);
  isRunning = $state(false);

  readonly source = $derived(this.texts[this.arch]);
  readonly routine = $derived(this.routines.find(({ symbol }) => symbol === this.entry) ?? this.routines[0] ?? null);
  readonly slots = $derived((this.routine?.slots ?? []).filter(({ isResult }) => !isResult));
  /** The routine takes a call's number first: the call is chosen by name. */
  readonly isCall = $derived(this.slots[0]?.name === 'trap');
  readonly calls = $derived((this.table?.calls ?? []).filter(({ nr }) => nr[this.arch] !== null));
  readonly chosen: PlaygroundCall | null = $derived(this.calls.find(({ name }) => name === this.call) ?? this.calls[0] ?? null);
  readonly fields: Field[] = $derived(
    this.isCall
      ? (this.chosen?.args ?? []).slice(0, this.slots.length - 1).map(({ name, type }) => ({ label: name, type }))
      : this.slots.map(({ name, bytes }) => ({ label: name, type: bytes === 8 ? '' : `${bytes} B` })),
  );
  /** More arguments than the routine takes along. */
  readonly isCutShort = $derived(this.isCall && (this.chosen?.args.length ?? 0) > this.slots.length - 1);
  private readonly constants = $derived(this.table?.constants[this.arch] ?? {});
  readonly badFields: boolean[] = $derived(this.fields.map((_, i) => argumentOf(this.args[i] ?? '', this.constants) === null));
  readonly answer = $derived(answerOf(this.returns, this.table?.errnos ?? []));
  private readonly asked = $derived(
    JSON.stringify([
      this.arch,
      this.source,
      this.routine?.symbol,
      this.isCall ? this.chosen?.name : '',
      this.fields.map((_, i) => this.args[i] ?? ''),
      this.returns,
    ]),
  );
  readonly isStale = $derived(this.shown !== null && this.shown.of !== this.asked);
  readonly stepCount = $derived(this.shown?.run.steps.length ?? 0);
  readonly stops: readonly number[] = $derived(this.shown?.stops ?? []);
  readonly here = $derived(this.shown === null ? { done: 0, next: 0, activation: -1 } : hereAt(this.shown.run, this.n));
  readonly isAtEnd = $derived(this.shown !== null && this.n >= this.stepCount);
  readonly firstStop = $derived(this.stops[0] ?? 0);

  private readonly stepper = new Stepper({
    show: (n) => {
      this.show(n);
      return true;
    },
    forward: (from) => ({ to: this.isFine ? from + 1 : (this.stops.find((stop) => stop > from) ?? this.stepCount), ms: null }),
    back: (from) => ({ to: this.isFine ? from - 1 : (this.stops.findLast((stop) => stop < from) ?? 0), ms: null }),
    strides: () => (from) => Promise.resolve({ to: from + 1, ms: null }),
    onFailure: (error) => {
      throw error;
    },
  });

  private checking: ReturnType<typeof setTimeout> | null = null;
  private keeping: ReturnType<typeof setTimeout> | null = null;
  private checks = 0;

  private told<T>(outcome: Result<T>): T | null {
    if (outcome.ok) return outcome.value;
    this.message = { kind: 'bad', text: outcome.message };
    return null;
  }

  /** Once: the table, and what lay on it last. */
  async open(language: Language): Promise<void> {
    if (this.table) {
      this.follow(language, this.table);
      return;
    }
    const table = this.told(await bridge.openPlayground({}));
    if (!table) return;
    const { draft, listings, damaged } = table;
    if (damaged) this.message = { kind: 'bad', text: damaged };
    const text = (arch: Arch): string => draft?.texts[arch] ?? inLanguage(listings[arch], language);
    this.texts = forEachArch(text);
    if (draft) {
      this.arch = draft.arch;
      this.entry = draft.entry;
      this.call = draft.call;
      this.args = draft.args;
      this.returns = draft.returns;
    } else this.args = [...(table.calls.find(({ name }) => name === this.call)?.example ?? [])];
    this.table = table;
    await this.check();
  }

  /** A listing that nobody has touched has its remarks in the window's language. */
  private follow(language: Language, { listings }: PlaygroundTable): void {
    for (const arch of ARCH_NAMES)
      if (LANGUAGES.some((other) => this.texts[arch] === inLanguage(listings[arch], other)))
        this.texts[arch] = inLanguage(listings[arch], language);
  }

  /** The text has changed, by hand. */
  edited(): void {
    if (this.checking) clearTimeout(this.checking);
    this.checking = setTimeout(() => {
      void this.check();
    }, CHECK_AFTER_MS);
    this.keepLater();
  }

  /** So soon after a key, also while somebody types on without a pause. */
  keepLater(): void {
    this.keeping ??= setTimeout(() => {
      void this.keep();
    }, KEEP_AFTER_MS);
  }

  /** What is typed is kept; a text that is still the product's own is not, so that it follows the language. */
  async keep(): Promise<void> {
    if (!this.table) return;
    if (this.keeping) clearTimeout(this.keeping);
    this.keeping = null;
    const { listings } = this.table;
    const own = (arch: Arch): string | null =>
      LANGUAGES.some((language) => inLanguage(listings[arch], language) === this.texts[arch]) ? null : this.texts[arch];
    const draft: PlaygroundDraft = {
      arch: this.arch,
      texts: forEachArch(own),
      entry: this.entry,
      call: this.call,
      args: [...this.args],
      returns: this.returns,
    };
    this.told(await bridge.keepDraft(draft));
  }

  /** Reads the routines out of the text; whether it has any; null: another check has overtaken this one. */
  async check(): Promise<boolean | null> {
    if (this.checking) clearTimeout(this.checking);
    this.checking = null;
    const mine = ++this.checks;
    const outcome = await bridge.checkListing({ arch: this.arch, source: this.source });
    if (mine !== this.checks) return null;
    this.faults = outcome.ok ? [] : (outcome.faults ?? []);
    if (outcome.ok) this.routines = outcome.value;
    else if (!outcome.faults) this.told(outcome);
    return outcome.ok;
  }

  async setArch(arch: Arch): Promise<void> {
    this.arch = arch;
    this.message = null;
    this.routines = [];
    this.faults = [];
    await this.check();
    this.keepLater();
  }

  /** What belongs to a sample besides its text. */
  async useSample({ entry, call, args }: Sample): Promise<void> {
    this.entry = entry;
    if (call !== '') this.call = call;
    this.args = [...args];
    this.returns = '';
    this.message = null;
    await this.check();
    this.keepLater();
  }

  /** The product's own listing. */
  ownText(language: Language): string {
    return inLanguage(this.table?.listings[this.arch] ?? '', language);
  }

  /** What belongs to a lesson's task besides its text, which stands in the editor already. */
  async useTask({ call, entry, args }: PlaygroundActivity): Promise<void> {
    const chosen = this.calls.find(({ name }) => name === (call ?? this.call));
    this.call = call ?? this.call;
    this.entry = entry ?? (chosen ? `syscall.${chosen.via}` : this.entry);
    this.args = args?.map((value) => typedOf(value, this.constants)) ?? [...(chosen?.example ?? [])];
    this.returns = '';
    await this.check();
    this.keepLater();
  }

  /** Of the run that is shown; null: there is none. */
  get result(): { arch: Arch; call: string | null; r1: bigint | null; r2: bigint | null; err: bigint | null } | null {
    if (!this.shown) return null;
    const { run, arch } = this.shown;
    const last = applied(run.first, ...run.steps);
    const of = (name: string): bigint | null => resultOf(run, this.routine, last, name);
    return { arch, call: this.isCall ? (this.chosen?.name ?? null) : null, r1: of('r1'), r2: of('r2'), err: of('err') };
  }

  textOf(sample: Sample, language: Language): string {
    const { table, arch } = this;
    const own = { syscall: table?.listings[arch], runtime: table?.runtimeListings[arch] };
    return inLanguage((typeof sample.source === 'string' ? own[sample.source] : sample.source[arch]) ?? '', language);
  }

  /** A call brings its example arguments, and the routine that Go's own wrapper uses if the listing has it. */
  chooseCall(name: string): void {
    this.call = name;
    const call = this.calls.find((each) => each.name === name);
    if (!call) return;
    this.args = [...call.example];
    const via = `syscall.${call.via}`;
    if (this.routines.some(({ symbol }) => symbol === via)) this.entry = via;
    this.keepLater();
  }

  chooseEntry(symbol: string): void {
    const wasCall = this.isCall;
    this.entry = symbol;
    if (this.isCall !== wasCall) this.args = this.isCall && this.chosen ? [...this.chosen.example] : [];
    this.keepLater();
  }

  setArgument(i: number, text: string): void {
    const args = Array.from({ length: Math.max(this.args.length, i + 1) }, (_, k) => this.args[k] ?? '');
    args[i] = text;
    this.args = args;
    this.keepLater();
  }

  async run(): Promise<void> {
    if (this.isRunning || !this.table) return;
    this.isRunning = true;
    this.message = null;
    try {
      let isGood = await this.check();
      // Something was changed meanwhile: that is what is to run.
      while (isGood === null) isGood = await this.check();
      if (!isGood) return;
      const { routine, routines, answer, arch } = this;
      const values = this.fields.map((_, i) => argumentOf(this.args[i] ?? '', this.constants));
      if (answer === undefined) {
        this.message = {
          kind: 'bad',
          text: inEveryLanguage((words) => words.playground.badAnswer),
        };
        return;
      }
      if (values.includes(null)) {
        this.message = {
          kind: 'bad',
          text: inEveryLanguage((words) => words.playground.badArgument),
        };
        return;
      }
      const number = this.isCall ? [{ kind: 'number' as const, value: String(this.chosen?.nr[arch] ?? 0) }] : [];
      const of = this.asked;
      const outcome = await bridge.playListing({
        arch,
        source: this.source,
        entry: routine?.symbol ?? '',
        args: [...number, ...values.flatMap((value) => value ?? [])],
        returns: answer,
      });
      if (!outcome.ok && outcome.faults) this.faults = outcome.faults;
      const run = this.told(outcome);
      if (!run) return;
      const stops = stopsOf(run);
      this.shown = { run, of, arch, routines, stops };
      this.before = run.first;
      this.now = run.first;
      this.nowN = 0;
      const begun = this.stepper.begin(run.steps.length, stops[0] ?? 0);
      this.show(stops[0] ?? 0);
      await begun;
    } finally {
      this.isRunning = false;
    }
  }

  get n(): number {
    return this.stepper.n;
  }

  /** The step whose state `now` is. */
  private nowN = 0;

  /** The state after step n, and the one it is compared with: where the last move began. */
  private show(n: number): void {
    if (!this.shown || !this.now) return;
    const { run } = this.shown;
    const from = this.isFine ? Math.max(this.firstStop, n - 1) : Math.max(this.firstStop, this.stops.findLast((stop) => stop < n) ?? 0);
    this.now = replayed(run, this.now, this.nowN, n);
    this.before = replayed(run, this.now, n, from);
    this.nowN = n;
    this.stepper.arrive(n);
  }

  forward(): Promise<boolean> {
    return this.stepper.forward();
  }

  back(): Promise<boolean> {
    return this.stepper.back();
  }

  toStart(): Promise<boolean> {
    return this.stepper.jump(0);
  }

  toEnd(): Promise<boolean> {
    return this.stepper.jump(this.stepCount);
  }

  /** To where a line of the listing is carried out next; behind the last time, to the first. */
  toLine(line: number): void {
    if (!this.shown) return;
    const n = placeOfLine(this.shown.run.lines, line, this.n);
    if (n === null) this.message = { kind: 'bad', text: inEveryLanguage((words) => fill(words.playground.neverReached, { line })) };
    else {
      this.message = null;
      void this.stepper.jump(n);
    }
  }

  setFine(isFine: boolean): void {
    this.isFine = isFine;
    void this.stepper.jump(this.n);
  }

  async save(): Promise<void> {
    const name = ((this.routine?.symbol ?? 'listing').split('.').at(-1) ?? 'listing').slice(0, LONGEST_NAME);
    const path = this.told(await bridge.saveListing({ suggestedName: `${name}_${this.arch}.s`, text: this.source }));
    if (path !== null) this.message = { kind: 'good', text: inEveryLanguage((words) => fill(words.window.saved, { path })) };
  }

  /** A listing from a file; null: none was chosen, or it could not be read. */
  async load(): Promise<string | null> {
    const opened = this.told(await bridge.openListing({}));
    if (opened?.note) this.message = { kind: 'good', text: opened.note };
    return opened === null ? null : opened.text;
  }
}

function replayed(run: PlaygroundRun, state: State, from: number, to: number): State {
  return to >= from ? applied(state, ...run.steps.slice(from, to)) : undone(state, ...run.steps.slice(to, from));
}

export const sampleById = (id: string): Sample | undefined => SAMPLES.find((sample) => sample.id === id);

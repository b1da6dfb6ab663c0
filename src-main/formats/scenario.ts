/** Reads a scenario file (formats/README.md, “Scenario”): all faults at once, each with its place, or the checked scenario. */
import { fill } from '../../assets/words/index';
import { ARCH_NAMES, DEFAULT_ARCH } from '../model/asm/arch/index';
import { COSTS } from '../model/run/costs';
import { DEFAULT_MAX_M_COUNT, FORCE_GC_PERIOD_NS } from '../model/go-constants';
import { operationNamed, OPERATIONS } from '../model/operations/index';
import type { AnyOperation } from '../model/operations/operation';
import type { Operation, Scenario } from '../model/scenario';
import type { Json } from '../model/state';
import { GO_VERSIONS, type GoVersion } from '../model/versions/profile';
import { withCauses } from './look-alikes';
import { declaredName, type Names } from './declared-names';
import { checkHead, readTitle } from './head';
import { type Surroundings, YamlParameter } from './yaml-parameter';
import { type Entry, isNumbered, type Node, type YamlSource } from './yaml-source';
import { type Fault, type Read, textOf } from '../model/words';

/** `hints`: what may be a mistake, though the scenario can be used. */
export type ParsedScenario = Read<{ scenario: Scenario; source: Json; hints: readonly Fault[] }>;

/** Longer names of scenarios, lessons and runs would not fit into the names of exported files. */
export const MAX_NAME = 100;
const MAX_GOROUTINES = 10_000;
/** As a common shell limits a process (RLIMIT_NOFILE). */
const MAX_FD = 1_023;

export const TOP_KEYS = [
  'schedville',
  'kind',
  'id',
  'title',
  'runtime',
  'limits',
  'kernel',
  'channels',
  'mutexes',
  'rwmutexes',
  'conds',
  'waitgroups',
  'cast',
  'goroutines',
];
export const RUNTIME_KEYS = [
  'go',
  'arch',
  'gomaxprocs',
  'maxthreads',
  'sysmon',
  'asyncpreempt',
  'schedtrace',
  'scheddetail',
  'forcegcperiod',
  'seed',
  'costs',
  'start',
];
export const START_KEYS = ['schedtick', 'syscalltick', 'sysmondelay', 'idlems'];

export function parseScenario(text: string, file: string): ParsedScenario {
  return withCauses(text, file, scenarioFrom);
}

function scenarioFrom(source: YamlSource): ParsedScenario {
  if (source.root === null) return { ok: false, faults: source.sorted };
  const scenario = new ScenarioReader(source).read(source.root);
  return source.faults.length === 0
    ? { ok: true, scenario, source: source.json, hints: source.hints }
    : { ok: false, faults: source.sorted };
}

/** A lesson's or scenario's id. */
export function readId(source: YamlSource, node: Node | null): string {
  const id = node === null ? null : source.text(node, 'id');
  if (id !== null && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    const found = source.describe(node);
    source.fault(node, (w) => fill(w.idShape, { found }));
  } else if (id !== null && id.length > MAX_NAME) {
    source.fault(node, (w) => fill(w.idTooLong, { most: MAX_NAME, n: id.length }));
  }
  return id ?? '';
}

class ScenarioReader {
  private arch = DEFAULT_ARCH;
  private goroutines: ReadonlySet<string> = new Set();
  private channels: ReadonlySet<string> = new Set();
  private mutexes: ReadonlySet<string> = new Set();
  private rwmutexes: ReadonlySet<string> = new Set();
  private conds: ReadonlySet<string> = new Set();
  private waitgroups: ReadonlySet<string> = new Set();
  private files: ReadonlySet<string> = new Set();

  constructor(private readonly source: YamlSource) {}

  read(root: Node): Scenario {
    const { source } = this;
    const top = source.fields(root, 'scenario', TOP_KEYS, ['schedville', 'kind', 'id', 'title', 'goroutines']);
    checkHead(source, top, 'scenario');
    const channels = this.readChannels(top.get('channels')?.value ?? null);
    this.channels = new Set(Object.keys(channels));
    this.mutexes = this.names(top.get('mutexes')?.value ?? null, 'mutexes');
    this.rwmutexes = this.names(top.get('rwmutexes')?.value ?? null, 'rwmutexes', this.mutexes);
    this.waitgroups = this.names(top.get('waitgroups')?.value ?? null, 'waitgroups');
    const kernel = this.kernel(top.get('kernel')?.value ?? null);
    this.files = new Set([...Object.keys(kernel.files), ...Object.values(kernel.fds)]);
    const conds = this.readConds(top.get('conds')?.value ?? null);
    this.conds = new Set(Object.keys(conds));
    const runtime = this.runtime(top.get('runtime')?.value ?? null);
    this.arch = runtime.arch;
    const goroutines = this.readGoroutines(top.get('goroutines')?.value ?? null);
    return {
      id: readId(source, top.get('id')?.value ?? null),
      ...this.title(top.get('title')?.value ?? null),
      runtime,
      limits: this.limits(top.get('limits')?.value ?? null),
      kernel,
      channels,
      mutexes: [...this.mutexes],
      rwmutexes: [...this.rwmutexes],
      conds,
      waitgroups: [...this.waitgroups],
      cast: this.cast(top.get('cast')?.value ?? null),
      goroutines,
    };
  }

  private title(node: Node | null): Pick<Scenario, 'title' | 'language'> {
    if (node === null) return { title: textOf(() => '') };
    const { title, only } = readTitle(this.source, node);
    return only === null ? { title } : { title, language: only };
  }

  private runtime(node: Node | null): Scenario['runtime'] {
    const { source } = this;
    const made: Scenario['runtime'] = {
      go: '1.14',
      arch: DEFAULT_ARCH,
      gomaxprocs: 1,
      maxthreads: DEFAULT_MAX_M_COUNT,
      sysmon: true,
      asyncpreempt: true,
      schedtraceNs: 0,
      scheddetail: false,
      forcegcperiodNs: FORCE_GC_PERIOD_NS,
      seed: 1,
      costs: {},
      start: { schedtick: null, syscalltick: null, sysmonDelayNs: null, idleMs: null },
    };
    if (source.isNothing(node)) return made;
    for (const { name, value } of source.fields(node, 'runtime', RUNTIME_KEYS).values()) {
      switch (name) {
        case 'go':
          made.go = this.goVersion(value);
          break;
        case 'arch':
          made.arch = source.choice(value, 'runtime.arch', ARCH_NAMES) ?? DEFAULT_ARCH;
          break;
        case 'gomaxprocs':
          made.gomaxprocs = source.whole(value, 'runtime.gomaxprocs', 1, 256) ?? 1;
          break;
        case 'maxthreads':
          made.maxthreads = source.whole(value, 'runtime.maxthreads', 1, 0x7fffffff) ?? DEFAULT_MAX_M_COUNT;
          break;
        case 'sysmon':
          made.sysmon = source.flag(value, 'runtime.sysmon') ?? true;
          break;
        case 'asyncpreempt':
          made.asyncpreempt = source.flag(value, 'runtime.asyncpreempt') ?? true;
          break;
        case 'schedtrace':
          made.schedtraceNs = source.duration(value, 'runtime.schedtrace') ?? 0;
          break;
        case 'scheddetail':
          made.scheddetail = source.flag(value, 'runtime.scheddetail') ?? false;
          break;
        case 'forcegcperiod':
          made.forcegcperiodNs = source.duration(value, 'runtime.forcegcperiod') ?? FORCE_GC_PERIOD_NS;
          break;
        case 'seed':
          made.seed = source.whole(value, 'runtime.seed', 0, Number.MAX_SAFE_INTEGER) ?? 1;
          break;
        case 'costs':
          made.costs = this.costs(value);
          break;
        default:
          made.start = this.start(value);
      }
    }
    return made;
  }

  private goVersion(node: Node): GoVersion {
    const { source } = this;
    const found = source.describe(node);
    if (!source.isNumber(node)) return source.choice(node, 'runtime.go', GO_VERSIONS) ?? '1.14';
    // Without quotes 1.20 would be the number 1.2.
    source.fault(node, (w) => fill(w.goVersionQuotes, { found }), `"${found}"`);
    return '1.14';
  }

  private costs(node: Node | null): Record<string, number> {
    const costs: Record<string, number> = {};
    if (this.source.isNothing(node)) return costs;
    for (const { name, value } of this.source.fields(node, 'runtime.costs', Object.keys(COSTS)).values()) {
      const ns = this.source.isNumber(value)
        ? this.source.whole(value, `runtime.costs.${name}`, 0, 1_000_000_000)
        : this.source.duration(value, `runtime.costs.${name}`);
      if (ns !== null) costs[name] = ns;
    }
    return costs;
  }

  private start(node: Node | null): Scenario['runtime']['start'] {
    const { source } = this;
    const start: Scenario['runtime']['start'] = { schedtick: null, syscalltick: null, sysmonDelayNs: null, idleMs: null };
    if (source.isNothing(node)) return start;
    for (const { name, value } of source.fields(node, 'runtime.start', START_KEYS).values()) {
      if (name === 'sysmondelay') start.sysmonDelayNs = this.source.duration(value, 'runtime.start.sysmondelay');
      else if (name === 'idlems') start.idleMs = source.whole(value, 'runtime.start.idlems', 0, 10_000);
      else if (name === 'schedtick') start.schedtick = source.whole(value, 'runtime.start.schedtick', 0, 0xffffffff);
      else start.syscalltick = source.whole(value, 'runtime.start.syscalltick', 0, 0xffffffff);
    }
    return start;
  }

  private limits(node: Node | null): Scenario['limits'] {
    const limits = { timeNs: 10_000_000_000, steps: 1_000_000 };
    if (this.source.isNothing(node)) return limits;
    const fields = this.source.fields(node, 'limits', ['time', 'steps']);
    const time = fields.get('time');
    const steps = fields.get('steps');
    if (time) limits.timeNs = this.source.duration(time.value, 'limits.time') ?? limits.timeNs;
    if (steps) limits.steps = this.source.whole(steps.value, 'limits.steps', 1, 1_000_000_000) ?? limits.steps;
    return limits;
  }

  private kernel(node: Node | null): Scenario['kernel'] {
    const kernel: Scenario['kernel'] = { files: {}, fds: {} };
    if (this.source.isNothing(node)) return kernel;
    const fields = this.source.fields(node, 'kernel', ['files', 'fds']);
    const files = fields.get('files')?.value ?? null;
    const fds = fields.get('fds')?.value ?? null;
    for (const { name, value } of this.optional(files, 'kernel.files')) {
      this.source.hintOfLost(value, isNumbered);
      kernel.files[name] = this.source.text(value, `kernel.files.${name}`) ?? '';
    }
    for (const { name, key, value } of this.optional(fds, 'kernel.fds')) {
      if (!/^(0|[1-9]\d*)$/.test(name) || Number(name) > MAX_FD) {
        this.source.fault(key, (w) => fill(w.descriptor, { most: MAX_FD, found: name }));
      }
      kernel.fds[name] = this.source.text(value, `kernel.fds.${name}`) ?? '';
    }
    return kernel;
  }

  /** The entries of a map that may be left out. */
  private optional(node: Node | null, what: string): Entry[] {
    return this.source.isNothing(node) ? [] : this.source.entries(node, what);
  }

  private readChannels(node: Node | null): Scenario['channels'] {
    const channels: Scenario['channels'] = {};
    for (const { name, key, value } of this.optional(node, 'channels')) {
      this.checkName(key, name, 'channels');
      const cap = this.source.isNothing(value) ? undefined : this.source.fields(value, `channels.${name}`, ['cap']).get('cap');
      channels[name] = { cap: cap ? (this.source.whole(cap.value, `channels.${name}.cap`, 0, 1_000_000) ?? 0) : 0 };
    }
    return channels;
  }

  /** Name to `{ mutex: NAME }`: the Cond's L. */
  private readConds(node: Node | null): Scenario['conds'] {
    const conds: Scenario['conds'] = {};
    for (const { name, key, value } of this.optional(node, 'conds')) {
      this.checkName(key, name, 'conds');
      const mutex = this.source.fields(value ?? key, `conds.${name}`, ['mutex'], ['mutex']).get('mutex')?.value ?? null;
      const found =
        mutex === null ? null : declaredName(this.source, mutex, `conds.${name}.mutex`, this.declared(), ['mutexes', 'rwmutexes']);
      conds[name] = { mutex: found ?? '' };
    }
    return conds;
  }

  /** A list of names, each only once, and not among `others`. */
  private names(node: Node | null, what: string, others: ReadonlySet<string> = new Set()): Set<string> {
    const names = new Set<string>();
    for (const item of this.source.isNothing(node) ? [] : this.source.items(node, what)) {
      const name = this.source.text(item, what);
      if (name === null) continue;
      this.checkName(item, name, what);
      if (names.has(name) || others.has(name)) this.source.fault(item, (w) => fill(w.duplicateName, { what, name }));
      names.add(name);
    }
    return names;
  }

  /** A trace names a channel's place in the state by words with dots between them, and instances of a goroutine as NAME#2. */
  private checkName(node: Node, name: string, what: string): void {
    const isGoroutine = what === 'goroutines';
    const isGood = isGoroutine ? !/^$|#|\p{C}|^runtime\./u.test(name) : !/^$|[.#]|\p{C}/u.test(name);
    if (this.source.isImpossible(node, name) || isGood) return;
    const found = JSON.stringify(name);
    this.source.fault(node, (w) => (isGoroutine ? fill(w.goroutineName, { found }) : fill(w.declaredName, { what, found })));
  }

  private cast(node: Node | null): Scenario['cast'] {
    const cast: Scenario['cast'] = { M: [], P: [], G: {} };
    if (this.source.isNothing(node)) return cast;
    const fields = this.source.fields(node, 'cast', ['M', 'P', 'G']);
    const texts = (key: string): string[] => {
      const list = fields.get(key)?.value ?? null;
      return this.source.isNothing(list)
        ? []
        : this.source.items(list, `cast.${key}`).map((item) => this.source.text(item, `cast.${key}`) ?? '');
    };
    cast.M = texts('M');
    cast.P = texts('P');
    for (const { name, key, value } of this.optional(fields.get('G')?.value ?? null, 'cast.G')) {
      cast.G[name] = this.source.text(value, `cast.G.${name}`) ?? '';
      const [defined = ''] = name.split('#', 1);
      if (this.goroutines.has(defined) || name.startsWith('runtime.')) continue;
      // No fault: one cast may serve many scenarios.
      this.source.hint(key, (w) => fill(w.castOfNobody, { name: defined }), this.source.nearest(defined, this.goroutines));
    }
    return cast;
  }

  private readGoroutines(node: Node | null): Scenario['goroutines'] {
    const { source } = this;
    const made: Scenario['goroutines'] = {};
    if (node === null) return made;
    const entries = source.entries(node, 'goroutines');
    this.goroutines = new Set(entries.map(({ name }) => name));
    if (entries.length > MAX_GOROUTINES)
      this.source.fault(node, (w) => fill(w.tooManyGoroutines, { n: entries.length, most: MAX_GOROUTINES }));
    if (source.isMap(node) && !this.goroutines.has('main')) {
      const misspelt = this.source.nearest('main', this.goroutines);
      const at = entries.find(({ name }) => name === misspelt)?.key ?? node;
      this.source.fault(at, (w) => w.noMain, misspelt === null ? null : 'main');
    }
    for (const { name, key } of entries) this.checkName(key, name, 'goroutines');
    for (const { name, value } of entries) made[name] = this.operations(value, `goroutines.${name}`, 0) as Operation[];
    return made;
  }

  private operations(node: Node | null, what: string, nesting: number): AnyOperation[] {
    if (this.source.isNothing(node)) return [];
    return this.source.items(node, what).flatMap((item) => this.operation(item, nesting) ?? []);
  }

  private operation(node: Node, nesting: number): AnyOperation | null {
    const { source } = this;
    if (source.isText(node)) return this.known(node, source.text(node, 'operation') ?? '', null, node, nesting);
    if (!source.isMap(node)) {
      const found = source.describe(node);
      source.fault(node, (w) => fill(w.wantsOperation, { found }));
      return null;
    }
    const entries = source.entries(node, 'operation');
    const [entry] = entries;
    if (entries.length !== 1 || !entry) {
      source.fault(node, (w) => fill(w.operationKeys, { n: entries.length }));
      return null;
    }
    return this.known(entry.key, entry.name, entry.value, node, nesting);
  }

  private known(key: Node, kind: string, value: Node | null, at: Node, nesting: number): AnyOperation | null {
    const row = operationNamed(kind);
    if (!row) {
      this.source.fault(
        key,
        (w, { language }) => fill(w.unknownOperation, { kind, known: OPERATIONS.join(language.comma) }),
        this.source.nearest(kind, OPERATIONS),
      );
      return null;
    }
    const { example } = row;
    if (example === null) this.noParameter(value, kind);
    else if (this.source.isNothing(value)) {
      this.source.fault(at, (w) => fill(w.missingParameter, { kind, example }));
      return null;
    }
    // Where the parameter is missing, a fault should point at the operation.
    return row.read(new YamlParameter(this.surroundings(), value ?? at, nesting));
  }

  private surroundings(): Surroundings {
    const { source, arch } = this;
    const operations: Surroundings['operations'] = (node, what, nesting) => this.operations(node, what, nesting);
    return { source, arch, names: this.declared(), operations };
  }

  private declared(): Names {
    const { goroutines, channels, mutexes, rwmutexes, conds, waitgroups, files } = this;
    return { channels, mutexes, rwmutexes, conds, waitgroups, goroutines, files };
  }

  private noParameter(value: Node | null, kind: string): void {
    const isEmptyMap = this.source.isMap(value) && this.source.entries(value, kind).length === 0;
    if (!this.source.isNothing(value) && !isEmptyMap) this.source.fault(value, (w) => fill(w.takesNoParameter, { kind }));
  }
}

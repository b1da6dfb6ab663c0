/** What may stand where in a scenario: the words that an editor offers, and the Go that each operation is. All of it comes from the tables that read the file. */
import { ARCH_NAMES } from '../model/asm/arch/index';
import { COSTS } from '../model/run/costs';
import { SYSCALLS } from '../model/kernel/syscall-table';
import { type OperationKind, OPERATIONS, rowOf } from '../model/operations/index';
import { GO_VERSIONS } from '../model/versions/profile';
import { RUNTIME_KEYS, START_KEYS, TOP_KEYS } from './scenario';
import { VIAS } from './scenario-knobs';

export interface OperationKeys {
  kind: OperationKind;
  /** With a parameter, as a file has it; null: it takes none. */
  example: string | null;
  /** The same in Go, or what of it Go has. */
  go: string;
  /** Keys of its parameter, where that is a map. */
  fields: readonly string[];
}

/** Keys of a map by where it stands, and what may be the value of a key. */
export interface ScenarioKeys {
  maps: Readonly<Record<string, readonly string[]>>;
  values: Readonly<Record<string, readonly string[]>>;
  operations: readonly OperationKeys[];
}

/** Reading stops once it is known which keys are asked for. */
class Asked extends Error {
  constructor(readonly known: readonly string[]) {
    super('asked');
  }
}

const stop = (known: readonly string[] = []): never => {
  throw new Asked(known);
};

/** The keys that an operation asks its parameter for; none where it takes no map. */
function fieldsOf(kind: OperationKind): readonly string[] {
  const probe = {
    arch: ARCH_NAMES[0],
    nesting: 0,
    isNothing: false,
    isText: false,
    isNumber: false,
    isMap: true,
    fields: (_: string, known: readonly string[]) => stop(known),
    ...Object.fromEntries(
      (['text', 'freeText', 'whole', 'word64', 'duration', 'choice', 'declared', 'newName', 'items', 'operations', 'found'] as const).map(
        (name) => [name, () => stop()],
      ),
    ),
  };
  try {
    rowOf({ kind }).read(probe as never);
    return [];
  } catch (error) {
    if (error instanceof Asked) return error.known;
    throw error;
  }
}

const FLAGS = ['true', 'false'];

export function scenarioKeys(): ScenarioKeys {
  return {
    maps: {
      '': TOP_KEYS,
      runtime: RUNTIME_KEYS,
      'runtime.start': START_KEYS,
      'runtime.costs': Object.keys(COSTS),
      limits: ['time', 'steps'],
      kernel: ['files', 'fds'],
      cast: ['M', 'P', 'G'],
      title: ['zh', 'en'],
    },
    values: {
      kind: ['scenario'],
      schedville: ['1'],
      'runtime.arch': ARCH_NAMES,
      'runtime.go': GO_VERSIONS.map((each) => `"${each}"`),
      'runtime.sysmon': FLAGS,
      'runtime.asyncpreempt': FLAGS,
      'runtime.scheddetail': FLAGS,
      'syscall.via': VIAS,
      'syscall.name': SYSCALLS.map(({ name }) => name),
    },
    operations: OPERATIONS.map((kind) => {
      const { example, go } = rowOf({ kind });
      return { kind, example, go, fields: fieldsOf(kind) };
    }),
  };
}

/** A system call, from its Go wrapper through the listing into the modelled kernel. */
import type { Arch } from '../arch';
import { errnoByName, ERRNOS } from '../kernel/errno';
import { SYSCALLS, syscallByName } from '../kernel/syscall-table';
import { osOperation } from '../runtime/os-files';
import { vdsoClock } from '../runtime/vdso';
import type { SyscallArgument, SyscallRequest, Via } from '../setting';
import { type OperationRow, type Parameter, writtenNs } from './operation';

export interface Syscall extends SyscallRequest {
  kind: 'syscall';
}

const VIAS: readonly Via[] = ['Syscall', 'Syscall6', 'RawSyscall', 'RawSyscall6'];

export const syscall: OperationRow<Syscall> = {
  kind: 'syscall',
  example: 'syscall: { name: read }',
  go: 'syscall.Syscall(SYS_READ, fd, p, n)',
  read: (parameter) => {
    const made: Syscall = { kind: 'syscall', name: 'getpid', args: [], via: null, takesNs: null, returns: null, errno: null };
    const fields = parameter.fields('syscall', ['name', 'args', 'via', 'takes', 'returns', 'errno'], ['name']);
    for (const { name, key, value } of fields.values()) {
      if (name === 'name') made.name = callName(value) ?? 'getpid';
      else if (name === 'args') made.args = callArguments(value);
      else if (name === 'via') made.via = value.choice('syscall.via', VIAS);
      else if (name === 'takes') made.takesNs = value.duration('syscall.takes');
      else if (name === 'returns') made.returns = value.whole('syscall.returns', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
      else made.errno = errno(value);
      if (name === 'errno' && fields.has('returns')) key.fault({ key: 'returnsAndErrno' });
    }
    const answered = [...fields.values()].find(({ name }) => name === 'takes' || name === 'returns' || name === 'errno');
    if (answered && made.via === null && vdsoClock(made.name, parameter.arch)) answered.key.fault({ key: 'inVdso', name: made.name });
    return made;
  },
  written: ({ name, args, via, takesNs, returns, errno: error }) => ({
    name,
    ...(args.length > 0 && { args }),
    ...(via !== null && { via }),
    ...(takesNs !== null && { takes: writtenNs(takesNs) }),
    ...(returns !== null && { returns }),
    ...(error !== null && { errno: error }),
  }),
  carryOut: (operation, { rt, g }) => osOperation(rt, g, operation),
};

function callName(written: Parameter): string | null {
  const { arch } = written;
  const name = written.text('syscall.name');
  const known = name === null ? undefined : syscallByName(name);
  if (name === null || known?.nr[arch] != null) return name;
  if (known) written.fault({ key: 'noSyscallOnArch', arch, name }, written.nearest(`${name}at`, namesOn(arch)));
  else written.fault({ key: 'unknownSyscall', name }, written.nearest(name, namesOn(arch)));
  return null;
}

function namesOn(arch: Arch): string[] {
  return SYSCALLS.filter((call) => call.nr[arch] !== null).map(({ name }) => name);
}

function errno(written: Parameter): string | null {
  const name = written.text('syscall.errno');
  if (name === null || errnoByName(name)) return name;
  const names = ERRNOS.map((each) => each.name);
  written.fault({ key: 'unknownErrno', name }, written.nearest(name, names));
  return null;
}

function callArguments(written: Parameter): SyscallArgument[] {
  const items = written.isNothing ? [] : written.items('syscall.args');
  if (items.length > 6) written.fault({ key: 'tooManyArguments', n: items.length });
  return items.map(callArgument);
}

function callArgument(written: Parameter): SyscallArgument {
  if (written.isText) return written.text('syscall.args') ?? '';
  if (written.isNumber) return written.whole('syscall.args', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 0;
  if (!written.isMap) {
    const found = written.found();
    written.fault({ key: 'badArgument', buffer: '{ buf: N }, { words: [N, …] }', found });
    return 0;
  }
  const fields = written.fields('syscall.args', ['buf', 'words']);
  const [buf, words] = [fields.get('buf'), fields.get('words')];
  if ((buf === undefined) === (words === undefined)) {
    const found = written.found();
    written.fault({ key: 'badArgument', buffer: '{ buf: N }, { words: [N, …] }', found });
    return 0;
  }
  return words ? { words: structWords(words.value) } : { buf: buf?.value.whole('buf', 0, MOST_BYTES) ?? 0 };
}

const MOST_BYTES = 1_048_576;
/** No struct of the kernel's that programs hand over is larger. */
const MOST_WORDS = 512;

function structWords(written: Parameter): string[] {
  const items = written.items('words');
  if (items.length > MOST_WORDS) written.fault({ key: 'tooManyWords', n: items.length, most: MOST_WORDS });
  return items.slice(0, MOST_WORDS).map((item) => item.word64('words') ?? '0');
}

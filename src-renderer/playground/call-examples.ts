/** What stands in the fields when a call is chosen: something that works with the files and descriptors the playground's kernel has. */

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  read: ['3', 'buf:32', '32'],
  write: ['1', '"hello\\n"', '6'],
  pread64: ['3', 'buf:8', '8', '7'],
  pwrite64: ['3', '"J"', '1', '0'],
  open: ['"/etc/motd"', 'O_RDONLY', '0'],
  openat: ['AT_FDCWD', '"/etc/motd"', 'O_RDONLY', '0'],
  close: ['3'],
  dup: ['3'],
  dup3: ['3', '9', 'O_CLOEXEC'],
  lseek: ['3', '-8', 'SEEK_END'],
  fstat: ['3', 'buf:144'],
  fcntl: ['3', '3', '0'],
  pipe2: ['buf:8', '0'],
  uname: ['buf:390'],
  clock_gettime: ['CLOCK_MONOTONIC', 'buf:16'],
  nanosleep: ['words:0,5000000', 'buf:16'],
  getrandom: ['buf:16', '16', '0'],
  eventfd2: ['5', '0'],
  epoll_create1: ['0'],
  socketpair: ['AF_UNIX', 'SOCK_STREAM', '0', 'buf:8'],
  mmap: ['0', '4096', 'PROT_READ|PROT_WRITE', 'MAP_PRIVATE|MAP_ANONYMOUS', '-1', '0'],
  munmap: ['0x7ffff7ffe000', '4096'],
  futex: ['words:0', 'FUTEX_WAKE', '1', '0', '0', '0'],
  kill: ['1000', '0'],
  tgkill: ['1000', '1000', '0'],
  exit_group: ['3'],
};

/** By the parameter's type where no example is written down. */
function byType(type: string): string {
  if (/const char \*/.test(type)) return '"/etc/motd"';
  if (type.includes('*')) return 'buf:64';
  return '0';
}

export function exampleOf(call: { name: string; args: readonly { type: string }[] }): string[] {
  const example = Object.hasOwn(EXAMPLES, call.name) ? EXAMPLES[call.name] : undefined;
  return example ? [...example] : call.args.map(({ type }) => byType(type));
}

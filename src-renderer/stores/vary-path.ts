/** `main[2].syscall.takes` as experiments name it: goroutines.main.2.syscall.takes; what is no goroutine's is the runtime's. */
export function knobPath(path: string, goroutines: readonly string[]): string {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  const [first = ''] = keys;
  if (goroutines.includes(first)) return ['goroutines', ...keys].join('.');
  return first === 'runtime' || first === 'goroutines' ? keys.join('.') : ['runtime', ...keys].join('.');
}

/**
 * What the model takes from the version of Go that it follows. The functions in runtime/ read like 1.14's; where a later version decides
 * otherwise by a number or a name, they ask the profile for it. A version that rewrites a whole function (1.26's reentersyscall,
 * exitsyscall and retake, scheduler.md 9.3) brings its own beside the old one, and its profile says which is called.
 */
export interface Profile {
  /** Stealing rounds, 0 to 3, from which on other Ps' timers are looked at. 1.15: from round 2 on. */
  readonly stealTimersFromRound: number;
  /** Go file of os.(*File).Read's and Write's second half. From 1.15 on: os/file_posix.go. */
  readonly fileReadIn: string;
  /** Go or assembly file of the four routines of package syscall. From 1.19 on they are Go functions in syscall/syscall_linux.go. */
  readonly routinesIn: string;
}

export const PROFILES = {
  '1.14': { stealTimersFromRound: 3, fileReadIn: 'os/file_unix.go', routinesIn: 'syscall/asm_linux_ARCH.s' },
} as const satisfies Record<string, Profile>;

export type GoVersion = keyof typeof PROFILES;

export const GO_VERSIONS = Object.keys(PROFILES) as GoVersion[];

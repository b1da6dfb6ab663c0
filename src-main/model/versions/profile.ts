/**
 * What a version of Go is besides its functions: numbers, names, and where its texts lie. Plain data, known to the formats and the window too.
 * What a scenario may ask for are the keys of this table; their functions are in the file of the same name (go1.14.ts).
 */
export interface VersionFacts {
  /** Folder below assets/listings, which holds a folder for each architecture. */
  readonly listings: string;
  /** Folder below assets/pseudocode. */
  readonly pseudocode: string;
  /** Stealing rounds, 0 to 3, from which on other Ps' timers are looked at. 1.15: from round 2 on. */
  readonly stealTimersFromRound: number;
  /** P0's syscalltick when main.main begins: how many system calls the start of package os has made with it. From 1.21 on none. */
  readonly startSyscalltick: number;
  /** Goroutines of the runtime's own that run before main.main does, and so take the numbers from 2 on: forcegchelper, bgsweep, bgscavenge, runfinq (for package os). */
  readonly runtimeGoroutines: number;
  /** Which of the idle Ps is on top of pidle when the run begins, and so is taken first. From 1.26 on the highest. */
  readonly pidleTop: 'lowest' | 'highest';
  /** Go file of os.(*File).Read's and Write's second half. From 1.15 on: os/file_posix.go. */
  readonly fileReadIn: string;
  /** Go or assembly file of the four routines of package syscall. From 1.19 on they are Go functions in syscall/syscall_linux.go. */
  readonly routinesIn: string;
  /** What a NOSPLIT routine may use, bytes: stackguard less StackSmall (128). stackguard is lo + 896, in 1.19 and later lo + 928. */
  readonly nosplitBytes: number;
  /** Whether checkmcount counts the Ms that are kept for threads of C. In 1.22 and later it does not. */
  readonly extraMsExhaustThreads: boolean;
  /** Whether a descriptor that epoll refuses (a regular file) is taken off it again. In 1.19 it is not. */
  readonly refusedIsTakenOff: boolean;
  /** Through what netpollBreak ends the poller's sleep. From 1.23 on an eventfd. */
  readonly pollerBreak: 'pipe' | 'eventfd';
  /**
   * What the version's tracer calls an event that 1.14's functions write, where it is another name; '': it has no such event there. Events of
   * its own come from its own functions.
   */
  readonly events: Readonly<Record<string, string>>;
}

export const VERSIONS = {
  '1.14': {
    listings: '1.14',
    pseudocode: '1.14',
    stealTimersFromRound: 3,
    startSyscalltick: 3,
    runtimeGoroutines: 4,
    pidleTop: 'lowest',
    fileReadIn: 'os/file_unix.go',
    routinesIn: 'syscall/asm_linux_ARCH.s',
    nosplitBytes: 768,
    extraMsExhaustThreads: true,
    refusedIsTakenOff: true,
    pollerBreak: 'pipe',
    events: {},
  },
} as const satisfies Record<string, VersionFacts>;

export type GoVersion = keyof typeof VERSIONS;

export const GO_VERSIONS = Object.keys(VERSIONS) as GoVersion[];

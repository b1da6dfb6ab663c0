/**
 * How long a long recording takes to open, in proportion to what Go's own tool takes to print it: processor time of both, so that a busy
 * machine changes neither. Each release records a busy program of ours; the player's own way of keeping a run reads it.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { findAssets, loadListings } from '../../../app/asset-folder';
import { KeptRun } from '../../../app/kept-run';
import { scenarioOfTrace, TraceFile } from '../../../app/trace-file';
import { Differences, type Judge } from '../judge';
import { environment, GO, GoReaders, recordLong } from './go-readers';

/** MiB of each recording, where nothing else is said. */
const MIB = 8;
/** We may take so many times as long as Go. */
const MOST_TIMES = 3;
/** `go tool trace` says of 1.26's what its reader has made of it; 1.19 has one form only. */
const PRINTING = { old: '-d', new: '-d=parsed' } as const;

/** User and system time of the tool and of what it starts, s. */
function printedIn(which: 'old' | 'new', file: string): number {
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%U %S'; time "$0" tool trace ${PRINTING[which]} "$1" > /dev/null`, GO[which], file],
    {
      encoding: 'utf8',
      env: environment,
    },
  );
  if (status !== 0) throw new Error(stderr);
  const [user = NaN, system = NaN] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return user + system;
}

interface Opened {
  seconds: number;
  steps: number;
  /** Only a part of it had room. */
  isCut: boolean;
  residentMib: number;
}

/** What an earlier recording took would count against the room of the next one. */
function freeMemory(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function openedIn(file: string): Promise<Opened> {
  freeMemory();
  const assets = loadListings(findAssets(import.meta.dirname));
  const before = process.cpuUsage();
  const { trace, header } = await TraceFile.open(file);
  try {
    const quiet = (): void => undefined;
    const run = await KeptRun.read(scenarioOfTrace(header, file), assets, header.state, trace, quiet, () => false);
    const { user, system } = process.cpuUsage(before);
    const { stepCount, shortened } = run.opened;
    return {
      ...{ seconds: (user + system) / 1e6, steps: stepCount, isCut: shortened !== null },
      residentMib: Math.round(process.memoryUsage().rss / 2 ** 20),
    };
  } finally {
    await trace.close();
  }
}

export const OPENING_JUDGE: Judge = {
  about: 'how long a recording takes to open, against go tool trace -d (1.19 and 1.26); --count N: of so many MiB',
  needs: [
    { program: GO.old, probe: ['version'] },
    { program: GO.new, probe: ['version'] },
    { program: 'bash', probe: ['-c', ''] },
  ],
  atLeast: 1,
  compare: async ({ count, say }) => {
    const readers = new GoReaders();
    const differences = new Differences();
    let equal = 0;
    try {
      for (const which of ['old', 'new'] as const) {
        const file = recordLong(which, readers.folder, count ?? MIB);
        const ours = await openedIn(file);
        const theirs = printedIn(which, file);
        const times = ours.seconds / theirs;
        const told = `${(statSync(file).size / 1e6).toFixed(0)} MB by ${which === 'old' ? '1.19' : '1.26'}: opened in ${ours.seconds.toFixed(1)} s (${ours.steps} steps, ${((1e6 * ours.seconds) / ours.steps).toFixed(1)} µs each, ${ours.residentMib} MiB), printed by Go in ${theirs.toFixed(1)} s: ${times.toFixed(2)} times`;
        say(told);
        if (times <= MOST_TIMES && !ours.isCut) equal++;
        else differences.add(ours.isCut ? 'not held whole' : 'too slow', () => told);
      }
    } finally {
      readers.close();
    }
    return { unit: 'recordings opened whole and in time', total: 2, equal, differences: differences.list };
  },
};

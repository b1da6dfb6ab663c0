/** Threads that C made, and the Ms that they borrow. */
import { first, law, type Law } from './law';

/** Who holds the list of extra Ms, from lockextra to unlockextra. */
const FN_WITH_LOCKEXTRA = /^(needm|newextram|oneNewExtraM|dropm)$/;

export const EXTRA_MS: readonly Law[] = [
  law({
    number: 38,
    name: 'an extra M on the list has no thread',
    reads: ['M.role', 'M.p', 'M.nextp', 'M.curg', 'M.lockedg', 'M.parked', 'M.kernel', 'G.status', 'G.m', 'sched.extram'],
    outsideLock: false,
    broken: ({ state }) => {
      const { extram = [] } = state.sched;
      for (const m of extram) {
        const row = state.M[m];
        if (row?.role !== 'extra' || row.p !== null || row.nextp !== null || row.parked || row.kernel !== null)
          return `${m} is on the list of extra Ms as ${JSON.stringify(row)}`;
        const g = row.curg === null ? undefined : state.G[row.curg];
        if (g?.status !== '_Gdead' || g.m !== m || row.lockedg !== row.curg)
          return `${m} is on the list of extra Ms with ${String(row.curg)}, which is ${String(g?.status)} on ${String(g?.m)}`;
      }
      return new Set(extram).size === extram.length ? null : `the list of extra Ms holds one twice: ${extram.join(' ')}`;
    },
  }),
  law({
    number: 39,
    name: 'an extra M is on the list or lent',
    reads: ['M.role', 'M.curg', 'G.status', 'sched.extram', 'sched.extramLock'],
    outsideLock: false,
    broken: (moment) => {
      const { extram = [], extramLock = null } = moment.state.sched;
      if (extramLock !== null && !FN_WITH_LOCKEXTRA.test(moment.last.get(extramLock)?.fn ?? ''))
        return `${extramLock} has the list of extra Ms at ${String(moment.last.get(extramLock)?.fn)}`;
      return first(moment.ms, (m, row) => {
        if (row.role !== 'extra' || extram.includes(m) || row.curg === null || moment.state.G[row.curg]?.status !== '_Gdead') return false;
        const its = moment.last.get(m)?.fn ?? '';
        // Between the list and casgstatus, either way; or just made, and on nobody's list yet.
        return /^(needm|dropm|goexit0|throw.*)$/.test(its) || moment.ms.some(([id]) => moment.last.get(id)?.fn === 'oneNewExtraM')
          ? false
          : `${m} is neither on the list of extra Ms nor lent`;
      });
    },
  }),
];

/** What the lens shows: which house, and what it says of it. Pure. */
import { fill, type Language, WORDS } from '../../../assets/words/index';
import { type GId, type MId, type MRow, type PId, parsePath, type PRow, type State, type Step } from '../../../src-main/contract/index';
import { glossary } from '../glossary';
import { houseLookedAt } from '../scene-parents';
import type { TownHouse } from './town';

const OF_A_HOUSE: ReadonlySet<string> = new Set(['p', 'oldp', 'nextp']);

/** The house that a step is about: the one looked at, the thread's own, the one it comes from or goes to, or one that it writes to. */
function houseOf(state: State, step: Step): PId | null {
  const looked = houseLookedAt({ state, step });
  if (looked !== null) return looked;
  if (step.p !== null && state.P[step.p]) return step.p;
  const row = state.M[step.m];
  const own = row?.p ?? row?.oldp ?? row?.nextp ?? null;
  if (own !== null && state.P[own]) return own;
  for (const [path, was, now] of step.set) {
    const { table, id, field } = parsePath(path);
    if (table === 'P' && state.P[id]) return id;
    // The one that it has just left, lost or given away.
    if (table === 'M' && id === step.m && field !== null && OF_A_HOUSE.has(field)) {
      const found = [now, was].find((each): each is PId => typeof each === 'string' && each in state.P);
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** The house of whoever the person has picked: where a thread is, comes from or goes to; where a goroutine runs or waits. null: in none. */
export function houseOfPicked(state: State, picked: string | null): PId | null {
  if (picked === null) return null;
  if (picked in state.P) return picked as PId;
  const ofThread = (row: MRow | undefined): PId | null => row?.p ?? row?.oldp ?? row?.nextp ?? null;
  const g = state.G[picked as GId];
  const found = g ? (g.m === null ? queueOf(state, picked as GId) : ofThread(state.M[g.m])) : ofThread(state.M[picked as MId]);
  return found !== null && state.P[found] ? found : null;
}

function queueOf(state: State, g: GId): PId | null {
  const found = (Object.entries(state.P) as [PId, PRow][]).find(([, { runq, runnext }]) => runnext === g || runq.includes(g));
  return found?.[0] ?? null;
}

/** `recent`: the steps up to the one shown, the latest last; where that one is about no house, earlier ones of the same thread are asked, then all. */
export function houseInLens(state: State, recent: readonly Step[], pinned: PId | null): PId | null {
  if (pinned !== null && state.P[pinned]) return pinned;
  const m = recent.at(-1)?.m;
  for (const steps of [recent.filter((each) => each.m === m), recent])
    for (let i = steps.length - 1; i >= 0; i--) {
      const step = steps[i];
      const found = step ? houseOf(state, step) : null;
      if (found !== null) return found;
    }
  return (Object.keys(state.P)[0] as PId | undefined) ?? null;
}

/** Of a house, the fullest first: for a small lens there is less to say. */
export function lensSays(each: TownHouse, language: Language): readonly string[] {
  const says = glossary.lens;
  const m = each.parent?.id ?? '';
  const g = each.child?.id ?? '';
  const keepers = each.keepers > 0 ? fill(says.keepers[language], { n: each.keepers }) : '';
  const bench = each.bench > 0 ? fill(says.bench[language], { n: each.bench }) : '';
  const first = ((): string => {
    switch (each.doing) {
      case 'home':
        return fill(says.home[language], { m, g });
      case 'desk':
        return each.child ? fill(says.serves[language], { m, g }) : fill(says.desk[language], { m });
      case 'threshold':
        return fill(says.threshold[language], { m: each.away?.id ?? '' });
      case 'roaming':
        return fill(says.roaming[language], { m });
      case 'bolted':
        return fill(says.bolted[language], { m });
      case 'locked':
        if (each.chalk !== null) return fill(says.noted[language], { stay: each.chalk });
        if (each.stay === null)
          return each.away ? fill(WORDS[language].recorded.locked, { m: each.away.id }) : fill(says.left[language], {});
        return each.away
          ? fill((each.isOnWay ? says.onWay : says.locked)[language], { m: each.away.id, stay: each.awayStay ?? each.stay })
          : fill(says.left[language], {});
      case 'empty': {
        const heir = each.heir ?? each.called;
        return heir ? fill(says.heir[language], { m: heir.id }) : fill((each.isFree ? says.empty : says.taken)[language], {});
      }
      case 'sealed':
        return fill(says.sealed[language], {});
      case 'ruin':
        return fill(says.ruin[language], {});
    }
  })();
  // The bench is to be seen; who else comes back here is not.
  const ways =
    keepers === ''
      ? [[first, bench]]
      : [
          [first, keepers, bench],
          [first, keepers],
          [first, bench],
        ];
  return ways.map((parts) => parts.filter((part) => part !== '').join(WORDS[language].language.list));
}

/**
 * A version of Go that does not exist, for tests: it differs from 1.14 in one function, one field, one listing, one text, one source line and
 * one law, and so uses every seam that a profile has. It is offered to nobody.
 */
import { ModelAssets } from '../../asm/assemble';
import type { Law } from '../../laws/law';
import { LAWS_OF, lawsWith } from '../../laws/of-version';
import type { Runtime } from '../../runtime/runtime';
import { rows } from '../../runtime/thread';
import type { PId, State } from '../../state';
import type { Profile } from '../../versions/functions';
import { GO_1_14 } from '../../versions/go1.14';

const GOSCHED = rows('goschedImpl', { yields: 'store' });

/** Its own field; state.ts does not know it. */
const yieldsOf = (state: State, p: PId): unknown => (state.P[p] as unknown as { yields?: number } | undefined)?.yields;

export const TEST_PROFILE: Profile<Runtime> = {
  ...GO_1_14,
  facts: { ...GO_1_14.facts, listings: 'test', pseudocode: 'test' },
  fields: { P: { yields: 0 } },
  *goschedImpl(rt, m, g, by, event) {
    yield GOSCHED.yields;
    const p = rt.pOf(m);
    rt.to.at(['P', p, 'yields'], Number(yieldsOf(rt.state, p)) + 1);
    yield* GO_1_14.goschedImpl(rt, m, g, by, event);
  },
};

const COUNTED: Law = {
  number: 1000,
  name: 'every P counts how often its goroutines yield',
  reads: null,
  outsideLock: false,
  broken: ({ state }) => {
    const astray = Object.keys(state.P).find((p) => typeof yieldsOf(state, p as PId) !== 'number');
    return astray === undefined ? null : `${astray} has no yields`;
  },
};

export const TEST_LAWS: readonly Law[] = lawsWith(LAWS_OF['1.14'], [COUNTED]);

/** The listings with its own amd64/syscall.s: Syscall loads its first argument twice. */
export function withTestListing({ listings }: ModelAssets): ModelAssets {
  const file = 'amd64/syscall.s';
  const text = listings[file] ?? '';
  const doubled = text.replace(/(TEXT ·Syscall\(SB\)[\s\S]*?\n)(\tMOVQ\ta1\+8\(FP\), DI[^\n]*\n)/, '$1$2$2');
  if (doubled === text) throw new Error(`${file} does not load a1 in Syscall`);
  return new ModelAssets(listings, undefined, { test: { [file]: doubled } });
}

/** Its pseudo-code: 1.14's, with another text for one row and another line for the same function's next row. */
export function withTestTexts(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      text
        .replace(/^dropg ¦ 2700 ¦ .*$/m, 'dropg ¦ 2700 ¦ p.yields++; dropg() ¦ 记一次让出 ¦ counts the yield')
        .replace('globrunqput ¦ 2702 ¦ globrunqput(g)', 'globrunqput ¦ 2703 ¦ globrunqput(g)'),
    ]),
  );
}

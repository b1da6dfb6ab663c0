/** People as every drawing of a large village has them. */
import type { GId, MId } from '../../../src-main/contract/index';
import type { Sash } from '../names';

export interface Grown {
  id: MId;
  name: string;
  robe: string;
  /** A signal has been sent to it and not arrived. */
  isRung: boolean;
}

export interface Young {
  id: GId;
  name: string;
  robe: string;
  sash: Sash;
  strip: 'alarm' | 'yield' | null;
  /** The locks that it has; '': none. Whoever has one carries a key. */
  locks: string;
}

/** What a law is, and what several of them say. */
import type { MId, MRow } from '../state';
import type { Moment, Place, Seen, Sight } from './moment';

interface LawOf<R extends Place> {
  /** Its number, from 1. */
  number: number;
  name: string;
  /** All that it reads of the state: while nothing of that changes, neither does what it says. */
  reads: readonly R[];
  /** Holds only while no M is inside a critical section of sched.lock. */
  outsideLock: boolean;
  broken: (moment: Sight<R>) => string | null;
}

/** `reads` null: it says nothing about that, and is asked after every step. */
export interface Law extends Omit<LawOf<never>, 'reads' | 'broken'> {
  reads: readonly Place[] | null;
  broken: (moment: Moment) => string | null;
}

/** Has the compiler see to it that a law reads what it names. */
export const law = <const R extends Place>(it: LawOf<R>): Law => it;

export function stands({ last }: Pick<Moment, 'last'>, m: MId, ...places: string[]): boolean {
  const its = last.get(m);
  return its !== undefined && places.includes(`${its.fn}/${its.at}`);
}

export function anyM(moment: Pick<Sight<never>, 'last' | 'ms'>, places: string[]): boolean {
  return moment.ms.some(([m]) => stands(moment, m, ...places));
}

export function first<Id, Row>(rows: readonly (readonly [Id, Row])[], wrong: (id: Id, row: Row) => string | false): string | null {
  for (const [id, row] of rows) {
    const said = wrong(id, row);
    if (said !== false) return said;
  }
  return null;
}

/** Its goroutine is in a system call; or was in one when dropm put the extra M back, which keeps what it had. */
export function isInSyscall(state: Seen<'G.status'>, { curg, role }: Pick<MRow, 'curg' | 'role'>): boolean {
  const status = curg === null ? null : state.G[curg]?.status;
  return status === '_Gsyscall' || (role === 'extra' && status === '_Gdead');
}

/** Rows of short gaps between two writes that belong together. */
export const inWirep = ['wirep/m.p'];
export const inReleasep = ['releasep/m.p=nil'];
export const inEntry = ['reentersyscall/p.m=nil', 'reentersyscall/oldp'];

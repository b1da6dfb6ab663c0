/**
 * Values of changes as numbers. Whole numbers stand for themselves, doubled: they are even. Everything else is odd: a place in a pool in which
 * each value occurs once, or, negative, a version of a run queue.
 */
import type { Json } from '../state';
import { counts } from './columns';
import { Pool } from './pool';
import { QueueVersion } from './queue-versions';

/** Largest whole number whose double is one, too. */
const PLAIN = 2 ** 51;

export class PackedValues {
  private readonly pool = new Pool<Json>();
  private readonly versions = new PackedVersions();

  packed(value: Json): number {
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < PLAIN) return 2 * value;
    if (value instanceof QueueVersion) return -(2 * this.versions.numberOf(value) + 1);
    return 2 * this.pool.numberOf(value) + 1;
  }

  unpacked(number: number): Json {
    if (number % 2 === 0) return number / 2;
    return number < 0 ? (this.versions.at((-number - 1) / 2) as unknown as Json) : (this.pool.things[(number - 1) / 2] as Json);
  }

  /** Which version of a run queue a number stands for, among those of the whole run. */
  versionAt(number: number): QueueVersion {
    return this.versions.at(number);
  }
}

/** Versions of run queues in columns: a long recording has millions of them. */
class PackedVersions {
  private readonly logs: (readonly Json[])[] = [];
  private readonly log = counts();
  private readonly from = counts();
  private readonly to = counts();
  /** Of each log its number, and the version that was put in last: mostly a step's old queue is the one that the step before has left. */
  private readonly known = new WeakMap<readonly Json[], KnownLog>();
  /** The log that was put to last, and what is known of it. */
  private lastLog: readonly Json[] | null = null;
  private lastKnown: KnownLog | undefined;

  numberOf(version: QueueVersion): number {
    let known = version.log === this.lastLog ? this.lastKnown : this.known.get(version.log);
    if (known?.last === version) return known.number;
    const number = this.log.length;
    if (!known) this.known.set(version.log, (known = { log: this.logs.push(version.log) - 1, last: version, number }));
    known.last = version;
    known.number = number;
    this.lastLog = version.log;
    this.lastKnown = known;
    this.log.push(known.log);
    this.from.push(version.from);
    this.to.push(version.to);
    return number;
  }

  at(number: number): QueueVersion {
    return new QueueVersion(this.logs[this.log.at(number)] as readonly Json[], this.from.at(number), this.to.at(number));
  }
}

interface KnownLog {
  log: number;
  last: QueueVersion;
  number: number;
}

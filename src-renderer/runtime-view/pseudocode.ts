/**
 * Pseudo-code of the runtime's functions, a line for each row of a trace: `at ¦ code ¦ 中文 ¦ English`. Lines without an `at` only hold the
 * others together; leading dots indent. The texts say why. Written for Schedville; names and order are Go 1.14's.
 */
import { SCHEDULING } from './pseudocode-scheduling';
import { SYSCALLS } from './pseudocode-syscalls';
import { WAITING } from './pseudocode-waiting';
import type { Text } from '../../src-main/contract/index';

export interface PseudocodeLine extends Text {
  at: string;
  code: string;
  indent: number;
}

export interface Pseudocode {
  fn: string;
  file: string;
  lines: PseudocodeLine[];
}

function read(tables: string): Map<string, Pseudocode> {
  const functions = new Map<string, Pseudocode>();
  let current: Pseudocode | null = null;
  for (const raw of tables.split('\n')) {
    const line = raw.trimEnd();
    if (line === '') continue;
    const head = /^== (\S+) (\S+)$/.exec(line);
    if (head) {
      current = { fn: head[1] ?? '', file: head[2] ?? '', lines: [] };
      functions.set(current.fn, current);
      continue;
    }
    const [at = '', dotted = '', zh = '', en = ''] = line.split('¦').map((part) => part.trim());
    const dots = /^\.*/.exec(dotted)?.[0].length ?? 0;
    current?.lines.push({ at, code: dotted.slice(dots).trim(), zh, en, indent: dots });
  }
  return functions;
}

const FUNCTIONS = read([SYSCALLS, SCHEDULING, WAITING].join('\n'));

export function pseudocodeOf(fn: string): Pseudocode | null {
  return FUNCTIONS.get(fn) ?? null;
}

export const KNOWN_FUNCTIONS: readonly string[] = [...FUNCTIONS.keys()];

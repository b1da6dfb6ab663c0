/**
 * Reads assets/pseudocode/VERSION/*.txt: for each function of Go's that the model plays, one line per row of a trace, with the line of Go's
 * own file. How to write them: README.md beside this file. Pure and without packages, because the window reads its copy with it.
 */
import type { Fault, Text } from '../model/words';

/** Its text says what the line is for; '' in every language where the code says it all. */
export interface PseudocodeLine extends Text {
  /** The row of the trace; '' for a line that only holds the others together. */
  at: string;
  /** Line of `file` in Go's source, from 1; null: the model's own, Go has no such line. */
  line: number | null;
  /** Go's function that the line lies in: `fn`, unless its work is done by another one. */
  within: string;
  code: string;
  /** Levels of indentation. */
  indent: number;
}

export interface Pseudocode {
  fn: string;
  /** Path below Go's src. */
  file: string;
  lines: PseudocodeLine[];
}

export interface PseudocodeTexts {
  functions: ReadonlyMap<string, Pseudocode>;
  faults: readonly Fault[];
}

const OURS = '–';
const COLUMNS = 5;

class Reader {
  readonly functions = new Map<string, Pseudocode>();
  readonly faults: Fault[] = [];
  private current: Pseudocode | null = null;
  private readonly declaredAt = new Map<string, string>();
  /** Functions with a row, good or bad. */
  private readonly begun = new Set<string>();

  read(file: string, text: string): void {
    this.current = null;
    let number = 0;
    for (const raw of text.split('\n')) {
      number++;
      const line = raw.trimEnd();
      if (line === '' || line.startsWith('#')) continue;
      const fault = line.startsWith('==') ? this.head(line, `${file}:${number}`) : this.row(line);
      if (fault !== null) this.faults.push({ file, line: number, column: 1, suggestion: null, message: fault });
    }
  }

  /** A function without rows was begun and forgotten. */
  end(): void {
    for (const fn of this.functions.keys()) {
      if (this.begun.has(fn)) continue;
      const [file = '', line = '1'] = (this.declaredAt.get(fn) ?? '').split(/:(?=\d+$)/);
      const message = {
        zh: `函数 ${fn} 没有任何行；请补上，或删掉这个标题`,
        en: `function ${fn} has no rows; add some or remove the heading`,
      };
      this.faults.push({ file, line: Number(line), column: 1, suggestion: null, message });
    }
  }

  private head(line: string, place: string): Fault['message'] | null {
    const [, fn, file] = /^== (\S+) (\S+\.(?:go|s))$/.exec(line) ?? [];
    if (fn === undefined || file === undefined) {
      this.current = null;
      return {
        zh: `标题应写成“== 函数名 文件”，例如 == schedule runtime/proc.go，这里是“${line}”`,
        en: `a heading reads “== function file”, such as == schedule runtime/proc.go; found “${line}”`,
      };
    }
    const before = this.declaredAt.get(fn);
    this.current = { fn, file, lines: [] };
    if (before !== undefined) return { zh: `函数 ${fn} 在 ${before} 已经写过`, en: `function ${fn} is already declared at ${before}` };
    this.functions.set(fn, this.current);
    this.declaredAt.set(fn, place);
    return null;
  }

  private row(line: string): Fault['message'] | null {
    const { current } = this;
    if (!current) return { zh: '这一行前面没有函数标题（== 函数名 文件）', en: 'no heading (== function file) comes before this row' };
    this.begun.add(current.fn);
    const parts = line.split('¦').map((part) => part.trim());
    if (parts.length !== COLUMNS) {
      return {
        zh: `一行有五栏，用 ¦ 隔开：行名 ¦ Go 源码行号 ¦ 代码 ¦ 中文 ¦ 英文；这里有 ${parts.length} 栏`,
        en: `a row has five columns separated by ¦: at ¦ line of Go's file ¦ code ¦ Chinese ¦ English; found ${parts.length}`,
      };
    }
    const [at = '', place = '', dotted = '', zh = '', en = ''] = parts;
    const source = sourceOf(place, current.fn);
    if (!source) {
      return {
        zh: `第二栏是 Go 源码的行号（2466），在别的函数里时写“函数:行号”（mcommoninit:616），Go 里没有的写 ${OURS}；这里是“${place}”`,
        en: `the second column is a line of Go's file (2466), “function:line” inside another function (mcommoninit:616), or ${OURS} where Go has none; found “${place}”`,
      };
    }
    const indent = /^\.*/.exec(dotted)?.[0].length ?? 0;
    const code = dotted.slice(indent).trim();
    if (code === '') return { zh: '第三栏（代码）是空的', en: 'the third column (code) is empty' };
    if ((zh === '') !== (en === '')) {
      return {
        zh: `说明要么两种语言都写，要么都不写；这里只有${zh === '' ? '英文' : '中文'}`,
        en: `explain it in both languages or in neither; only ${zh === '' ? 'English' : 'Chinese'} is here`,
      };
    }
    if (at !== '' && current.lines.some((each) => each.at === at)) {
      return { zh: `${current.fn} 里已经有一行叫 ${at}`, en: `${current.fn} already has a row called ${at}` };
    }
    current.lines.push({ at, ...source, code, indent, zh, en });
    return null;
  }
}

function sourceOf(place: string, fn: string): Pick<PseudocodeLine, 'line' | 'within'> | null {
  if (place === OURS) return { line: null, within: fn };
  const [, within = fn, line] = /^(?:(\w+):)?([1-9]\d*)$/.exec(place) ?? [];
  return line === undefined ? null : { line: Number(line), within };
}

/** All files of one version, name to text. Whatever can be read is read; the faults say the rest. */
export function readPseudocode(files: Readonly<Record<string, string>>): PseudocodeTexts {
  const reader = new Reader();
  for (const [file, text] of Object.entries(files)) reader.read(file, text);
  reader.end();
  return { functions: reader.functions, faults: reader.faults };
}

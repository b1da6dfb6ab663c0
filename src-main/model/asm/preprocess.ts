/** The assembler's own preprocessor: #include, #define, #undef, #ifdef. Go's cmd/asm/internal/lex; it knows no #if. */
import { type FaultList, likelyWord, type Work } from './listing';
import type { Arch } from './arch/index';
import type { Token } from './tokens';

/** Headers whose names a listing may include. textflag.h's flags are known even without it. */
const HEADERS = new Set(['textflag.h', 'funcdata.h', 'go_asm.h', 'go_tls.h', 'asm_amd64.h']);
const DIRECTIVES = ['include', 'define', 'undef', 'ifdef', 'ifndef', 'else', 'endif', 'line'];

/** Macros that name each other grow without bound: further than this nothing is expanded. */
const MOST_TOKENS = 200_000;
const MOST_NESTED = 50;

type Macros = Map<string, readonly Token[]>;

/** The tokens of what is left when all macros have been put in. */
export function preprocess(tokens: readonly Token[], arch: Arch, faults: FaultList, work: Work): Token[] {
  const preprocessor = new Preprocessor(arch, faults);
  const left = preprocessor.run(tokens);
  work.done += tokens.length + preprocessor.looked;
  return left;
}

class Preprocessor {
  private readonly macros: Macros;
  /** The #ifdefs around: whether their lines count. */
  private readonly branches: { at: Token; isOn: boolean; hadElse: boolean }[] = [];
  private readonly out: Token[] = [];
  private isFull = false;
  /** Tokens looked at while macros were put in. */
  looked = 0;

  constructor(
    arch: Arch,
    private readonly faults: FaultList,
  ) {
    this.macros = new Map<string, readonly Token[]>([
      [`GOARCH_${arch}`, []],
      ['GOOS_linux', []],
    ]);
  }

  run(tokens: readonly Token[]): Token[] {
    let from = 0;
    while (from < tokens.length) {
      let to = from;
      while (to < tokens.length && tokens[to]?.text !== '\n') to++;
      const [first, second, ...rest] = tokens.slice(from, to);
      if (first?.text === '#') this.directive(first, second, rest);
      else if (this.branches.every((branch) => branch.isOn)) {
        for (let i = from; i <= to; i++) this.put(tokens[i], [], null);
      }
      from = to + 1;
    }
    for (const { at } of this.branches) this.faults.add(at, { key: 'openIfdef' }, '#endif');
    return this.out;
  }

  /** `within`: the macros being expanded; `use`: the token of the listing that named the outermost one. */
  private put(token: Token | undefined, within: readonly string[], use: Token | null): void {
    if (!token || this.isFull) return;
    if (++this.looked > 2 * MOST_TOKENS || within.length > MOST_NESTED) {
      this.tooLong(use ?? token);
      return;
    }
    const body = token.kind === 'word' ? this.macros.get(token.text) : undefined;
    if (body && within.includes(token.text)) {
      this.faults.add(use ?? token, { key: 'recursiveMacro', found: token.text });
      return;
    }
    if (body) {
      const before = this.out.length;
      for (const part of body) this.put(part, [...within, token.text], use ?? token);
      const first = this.out[before];
      if (use === null && first) this.out[before] = { ...first, shown: token.shown };
      return;
    }
    if (this.out.length >= MOST_TOKENS) {
      this.tooLong(use ?? token);
      return;
    }
    this.out.push(use === null ? token : { ...token, line: use.line, column: use.column, shown: '' });
  }

  private tooLong(at: Token): void {
    this.isFull = true;
    this.faults.add(at, { key: 'expandsTooFar', tokens: MOST_TOKENS, levels: MOST_NESTED });
  }

  private directive(hash: Token, name: Token | undefined, rest: readonly Token[]): void {
    switch (name?.text) {
      case 'ifdef':
      case 'ifndef':
        this.branches.push({ at: hash, isOn: this.macros.has(rest[0]?.text ?? '') === (name.text === 'ifdef'), hadElse: false });
        return;
      case 'else':
      case 'endif':
        this.otherBranch(hash, name.text);
        return;
      default:
        if (this.branches.every((branch) => branch.isOn)) this.active(hash, name, rest);
    }
  }

  private otherBranch(hash: Token, word: 'else' | 'endif'): void {
    const branch = this.branches.at(-1);
    if (!branch || (word === 'else' && branch.hadElse)) {
      this.faults.add(hash, { key: 'strayBranch', word });
      return;
    }
    if (word === 'endif') this.branches.pop();
    else Object.assign(branch, { isOn: !branch.isOn, hadElse: true });
  }

  private active(hash: Token, name: Token | undefined, rest: readonly Token[]): void {
    const [word, next] = rest;
    switch (name?.text) {
      case 'include': {
        const header = word?.kind === 'string' ? word.text.slice(1, -1) : (word?.text ?? '');
        if (!HEADERS.has(header)) this.faults.add(word ?? hash, { key: 'noHeader', header }, likelyWord(header, [...HEADERS]));
        return;
      }
      case 'define':
        if (word?.kind !== 'word') this.faults.add(word ?? hash, { key: 'defineName' });
        else if (next?.text === '(' && next.column === word.column + word.text.length) {
          // Simplified: no macros with parameters; a listing to be stepped through reads better without.
          this.faults.add(word, { key: 'macroParameters', found: word.text });
        } else this.macros.set(word.text, rest.slice(1));
        return;
      case 'undef':
        this.macros.delete(word?.text ?? '');
        return;
      case 'line':
        return;
      default: {
        const found = name?.text ?? '';
        this.faults.add(hash, { key: 'unknownDirective', found }, likelyWord(found, DIRECTIVES));
      }
    }
  }
}

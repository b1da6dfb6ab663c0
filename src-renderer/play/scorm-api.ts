/** One interface to a learning platform for both standards: SCORM 1.2 (ADL, 2001) and SCORM 2004 4th Edition (ADL, 2009). Pure. */

export type Version = 'scorm12' | 'scorm2004';

/** The functions that a platform puts on one of the windows around the page. All values are strings, booleans included. */
type Api = Readonly<Record<string, ((...given: string[]) => unknown) | undefined>>;

/** The part of a window that is needed here. */
export interface Framed {
  parent: Framed;
  opener?: unknown;
  API?: unknown;
  API_1484_11?: unknown;
}

/** The names in each version of the standard. */
const NAMES = {
  scorm12: {
    api: 'API',
    begin: 'LMSInitialize',
    get: 'LMSGetValue',
    set: 'LMSSetValue',
    commit: 'LMSCommit',
    end: 'LMSFinish',
    error: 'LMSGetLastError',
  },
  scorm2004: {
    api: 'API_1484_11',
    begin: 'Initialize',
    get: 'GetValue',
    set: 'SetValue',
    commit: 'Commit',
    end: 'Terminate',
    error: 'GetLastError',
  },
} as const;

/** As many parents as the standard has a page search for the API. */
const MOST_WINDOWS = 500;

/** The API on a window or one of its parents. Reading a window of another origin throws, which ends the search. */
function above(from: Framed, name: 'API' | 'API_1484_11'): Api | null {
  let at = from;
  for (let i = 0; i < MOST_WINDOWS; i++) {
    try {
      const found = at[name];
      if (typeof found === 'object' && found !== null) return found as Api;
      if (at.parent === at) return null;
      at = at.parent;
    } catch {
      return null;
    }
  }
  return null;
}

/** The API around the page, or around the page that opened it. */
function found(root: Framed, name: 'API' | 'API_1484_11'): Api | null {
  const here = above(root, name);
  if (here) return here;
  try {
    const { opener } = root;
    return typeof opener === 'object' && opener !== null ? above(opener as Framed, name) : null;
  } catch {
    return null;
  }
}

export class Platform {
  private isOver = false;
  /** The first refusal of the platform since this was last reset; null: none. */
  refused: string | null = null;

  private constructor(
    readonly version: Version,
    private readonly api: Api,
  ) {}

  /** null: there is no platform, or it refuses to begin. */
  static find(version: Version, root: Framed): Platform | null {
    const api = found(root, NAMES[version].api);
    const platform = api && new Platform(version, api);
    return platform?.isSo(platform.call('begin', '')) ? platform : null;
  }

  private call(what: Exclude<keyof (typeof NAMES)[Version], 'api'>, ...given: string[]): string {
    try {
      return String(this.api[NAMES[this.version][what]]?.(...given) ?? '');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private isSo(answer: string): boolean {
    return answer === 'true';
  }

  get(name: string): string {
    return this.isOver ? '' : this.call('get', name);
  }

  /** `isOptional`: a refusal does not count, as a platform need not support the element. */
  set(name: string, value: string, isOptional = false): void {
    if (this.isOver || this.isSo(this.call('set', name, value)) || isOptional) return;
    this.refused ??= `${name} (${this.call('error')})`;
  }

  commit(): void {
    if (!this.isOver && !this.isSo(this.call('commit', ''))) this.refused ??= `commit (${this.call('error')})`;
  }

  end(): void {
    if (this.isOver) return;
    this.call('end', '');
    this.isOver = true;
  }
}

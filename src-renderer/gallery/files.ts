/**
 * The texts of the gallery's scenarios, built into its part of the page, which is loaded when it is opened: those of the tests are in no other
 * part of the product. Pure.
 */
import { type Text, textOf } from '../../src-main/contract/index';

const TEXTS: Readonly<Record<string, string>> = {
  ...import.meta.glob<string>('../../assets/examples/*.scenario.yaml', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../../assets/lessons/*/*.scenario.yaml', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../../src-main/model/testdata/golden/*.scenario.yaml', { query: '?raw', import: 'default', eager: true }),
  // Those that have a place in it; the others would be as much again.
  ...import.meta.glob<string>(
    '../../src-main/model/testdata/branches/{after-ticker,async-preempt,chan-buffered,chan-close-wakes}.scenario.yaml',
    { query: '?raw', import: 'default', eager: true },
  ),
  ...import.meta.glob<string>(
    '../../src-main/model/testdata/branches/{chan-receiver-waits,chan-send-on-closed,checktimers-several,cond}.scenario.yaml',
    { query: '?raw', import: 'default', eager: true },
  ),
  ...import.meta.glob<string>(
    '../../src-main/model/testdata/branches/{defer-recover,findrunnable-6-netpoll,findrunnable-9-steal-1,forcegc,foreachp}.scenario.yaml',
    { query: '?raw', import: 'default', eager: true },
  ),
  ...import.meta.glob<string>(
    '../../src-main/model/testdata/branches/{goexit-main,gomaxprocs,mutex-starving,newproc-3-own-gfree,once}.scenario.yaml',
    { query: '?raw', import: 'default', eager: true },
  ),
  ...import.meta.glob<string>(
    '../../src-main/model/testdata/branches/{os-close-waiting,os-pipe,panic,panic-second,retake-2-preempt,rwmutex,select}.scenario.yaml',
    { query: '?raw', import: 'default', eager: true },
  ),
  ...import.meta.glob<string>('../../src-main/model/testdata/branches/{select-small,signal-eintr,waitgroup}.scenario.yaml', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
};

export interface ExhibitFile {
  /** Of the scenario's file. */
  name: string;
  text: string;
  title: Text;
}

/** `golden/S2`, `examples/two-houses`. Throws when there is no such scenario. */
export function fileOf(file: string): ExhibitFile {
  const end = `/${file}.scenario.yaml`;
  const path = Object.keys(TEXTS).find((each) => each.endsWith(end));
  if (path === undefined) throw new Error(`the gallery has no scenario ${file}`);
  const text = TEXTS[path] ?? '';
  return { name: path.slice(path.lastIndexOf('/') + 1), text, title: titleIn(text) };
}

/** A whole reader of YAML for one line would be more than all of the rest. */
function titleIn(text: string): Text {
  const of = (key: keyof Text): string => {
    const [, quoted, plain = ''] = new RegExp(String.raw`^title: \{.*?\b${key}: (?:"([^"]*)"|([^,}]*[^,} ]))`, 'm').exec(text) ?? [];
    return quoted ?? plain;
  };
  return textOf((language) => of(language) || of('en'));
}

/** The five documents that lessons go by, in plain words. A lesson and its errata name them by number. */
import type { Erratum, Text } from '../../src-main/contract/index';

const DOCUMENTS: Readonly<Record<string, { short: Text; about: Text }>> = {
  '000': {
    short: { zh: '零号文档', en: 'document 0' },
    about: { zh: '读源码：两种系统调用和 cgo', en: 'the sources read: the two kinds of system call, and cgo' },
  },
  '001': {
    short: { zh: '一号文档', en: 'document 1' },
    about: { zh: '四个汇编入口和系统调用清单', en: 'the four assembly entries and the list of calls' },
  },
  '002': { short: { zh: '二号文档', en: 'document 2' }, about: { zh: '系统调用和 GMP 调度', en: 'system calls and GMP scheduling' } },
  '003': {
    short: { zh: '三号文档', en: 'document 3' },
    about: { zh: '用 gdb 看系统调用回来怎样拿回 P', en: 'watching in gdb how a P is had again after a call' },
  },
  '004': {
    short: { zh: '四号文档', en: 'document 4' },
    about: { zh: '系统调用，和张三打猎的比喻', en: 'system calls, and the picture of Zhang San’s hunt' },
  },
};

const unknown = (id: string): { short: Text; about: Text } => ({
  short: { zh: `文档 ${id}`, en: `document ${id}` },
  about: { zh: '', en: '' },
});

export function shortName(id: string): Text {
  return (DOCUMENTS[id] ?? unknown(id)).short;
}

/** Number and subject. */
export function fullName(id: string): Text {
  const { short, about } = DOCUMENTS[id] ?? unknown(id);
  return about.zh === '' ? short : { zh: `${short.zh}（${about.zh}）`, en: `${short.en} (${about.en})` };
}

const joined = (ids: readonly string[]): Text => ({
  zh: ids.map((id) => shortName(id).zh).join('、'),
  en: ids.map((id) => shortName(id).en).join(' and '),
});

export interface ErrataGroups {
  /** What the lesson's own document says; `also`: further documents that say it, or null. */
  own: { erratum: Erratum; also: Text | null }[];
  /** What only others say; `from`: which. */
  others: { erratum: Erratum; from: Text }[];
}

export function errataGroups(errata: readonly Erratum[], lessonSources: readonly string[]): ErrataGroups {
  const groups: ErrataGroups = { own: [], others: [] };
  for (const erratum of errata) {
    const further = erratum.sources.filter((id) => !lessonSources.includes(id));
    if (further.length === erratum.sources.length && further.length > 0) groups.others.push({ erratum, from: joined(further) });
    else groups.own.push({ erratum, also: further.length === 0 ? null : joined(further) });
  }
  return groups;
}

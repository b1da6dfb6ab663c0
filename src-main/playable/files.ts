/** Pages that play as files: an HTML page, or one in a package for learning platforms. */
import { deflateSync, zipSync } from 'fflate';
import { WORDS } from '../../assets/words/index';
import { playBytes } from '../contract/play-bytes';
import type { PlayKind } from '../contract/play';
import type { PlayFile } from '../contract/play-content';
import { playPage, type PlayProgram } from './page';
import { manifestOf } from './scorm-manifest';

export interface WrittenPage {
  name: string;
  data: Uint8Array;
}

const ENDINGS: Readonly<Record<PlayKind, string>> = { html: '.html', scorm12: '-scorm12.zip', scorm2004: '-scorm2004.zip' };

/** The date of every file in a package, so that the same page gives the same bytes. */
const MODIFIED = new Date(2020, 0, 1);

/** `stem`: how the files' names begin. In the order of `kinds`. */
export function playFiles(file: PlayFile, program: PlayProgram, kinds: readonly PlayKind[], stem: string): WrittenPage[] {
  const { opened, theme } = file;
  const title = (opened.lesson.id === '' ? (opened.runs[0]?.scenario.title ?? opened.lesson.title) : opened.lesson.title)[file.language];
  const words = WORDS[file.language];
  const language = words.language.tag;
  const html = (platform: PlayFile['platform']): Uint8Array => {
    const data = deflateSync(playBytes({ ...file, platform }), { level: 9 });
    return Buffer.from(playPage(program, { title, language, theme, noScript: words.play.page.noScript, data }));
  };
  const packed = (kind: Exclude<PlayKind, 'html'>): Uint8Array => {
    const manifest = Buffer.from(manifestOf(kind, { id: opened.lesson.id, title, language }));
    return zipSync({ 'imsmanifest.xml': manifest, 'index.html': html(kind) }, { level: 9, mtime: MODIFIED });
  };
  return kinds.map((kind) => ({ name: `${stem}${ENDINGS[kind]}`, data: kind === 'html' ? html(null) : packed(kind) }));
}

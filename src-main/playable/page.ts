/** A page that plays as one HTML file, with script, style, fonts and data in it. It fetches nothing, and its content security policy forbids it to. */
import { createHash } from 'node:crypto';
import { PLAY_DATA_ID } from '../contract/play';

/** The part that the build makes, the same in every page. */
export interface PlayProgram {
  script: string;
  style: string;
  /** The licences of what is in it. */
  notices: string;
}

export interface PlayPage {
  title: string;
  /** As HTML names it: zh-CN. */
  language: string;
  theme: string;
  /** Shown where scripts are disabled. */
  noScript: string;
  /** Compressed by deflate (zlib). */
  data: Uint8Array;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (said: string): string => said.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/** The script without anything that would end its element or begin a comment. Both sequences occur in strings only, where \x3c means the same. */
const inScript = (code: string): string => code.replace(/<(?=\/script)/gi, '\\x3c').replace(/<!--/g, '\\x3c!--');

const hash = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

export function playPage({ script, style, notices }: PlayProgram, page: PlayPage): string {
  const code = inScript(script);
  const policy = [
    "default-src 'none'",
    `script-src ${hash(code)}`,
    `style-src ${hash(style)}`,
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    `<html lang="${text(page.language)}" data-theme="${text(page.theme)}">`,
    '<head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${text(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Schedville">',
    `<title>${text(page.title)}</title>`,
    `<style>${style}</style></head>`,
    `<body><div id="app"></div><noscript>${text(page.noScript)}</noscript>`,
    `<template id="notices">${text(notices)}</template>`,
    `<script type="application/octet-stream" id="${PLAY_DATA_ID}">${Buffer.from(page.data).toString('base64')}</script>`,
    `<script>${code}</script></body></html>`,
    '',
  ].join('\n');
}

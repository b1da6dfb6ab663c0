/** A paper as one HTML page that needs nothing else: its style, its letters and its pictures are in it. Pure. */
import { type Language, WORDS } from '../../assets/words/index';

/** A piece of a page that is written already. Anything else goes through `text` or `prose`. */
export type Html = string & { readonly written: unique symbol };

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const text = (said: string): Html => said.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign) as Html;

/** A template whose values are pieces, or lists of them. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | readonly Html[])[]): Html {
  return parts.map((part, i) => part + [values[i] ?? ''].flat().join('')).join('') as Html;
}

/** Texts of lessons: what stands between backticks is code, and lines are kept. */
export function prose(said: string): Html {
  const pieces = said
    .split('`')
    .map((part, i) => (i % 2 === 1 ? html`<code>${text(part)}</code>` : (text(part).replaceAll('\n', '<br>') as Html)));
  return pieces.join('') as Html;
}

export const pictured = (png: Buffer, said: string): Html =>
  `<img alt="${text(said)}" src="data:image/png;base64,${png.toString('base64')}">` as Html;

/** A drawing as a part of the page, and what it shows in words. */
export const inlined = (svg: string, said: string): Html => svg.replace('<svg ', `<svg role="img" aria-label="${text(said)}" `) as Html;

/** Letters as the files that the product brings, in Base64. */
export interface Letters {
  regular: string;
  bold: string;
  /** Arrows and the like, which the Chinese font lacks. */
  signs: string;
  code: string;
}

const MARGIN_MM = { side: 14, top: 12, foot: 15 };

/** In English, quotes as wide as Latin type has them: in the Chinese font they take a whole square. */
const QUOTES = `
@font-face { font-family: 'Latin Quotes'; unicode-range: U+2018-201D, U+2026; src: local('Noto Sans'), local('Segoe UI'),
  local('Helvetica Neue'), local('Roboto'), local('Liberation Sans'), local('Arial'), local('DejaVu Sans'); }
html:lang(en), [lang='en'] { font-family: 'Latin Quotes', 'Schedville Sans', 'Schedville Signs', 'Noto Sans SC', sans-serif; font-feature-settings: 'halt'; }
html:lang(en) [lang|='zh'] { font-family: 'Schedville Sans', 'Schedville Signs', 'Noto Sans SC', sans-serif; font-feature-settings: normal; }
`;

const STYLE = `
@page { size: A4; margin: ${MARGIN_MM.top}mm ${MARGIN_MM.side}mm ${MARGIN_MM.foot}mm; }
:root { --fit: 1; --ink: #1d1a17; --soft: #5a5249; --line: #b9ad97; --accent: #a8321f; --focus: #1f6f8b; }
* { box-sizing: border-box; }
html { font: calc(10.5pt * var(--fit)) / 1.5 'Schedville Sans', 'Schedville Signs', 'Noto Sans SC', sans-serif; color: var(--ink); background: #fff; }
body { max-width: 182mm; margin: 0 auto; }
@media screen { body { padding: 10mm 0; } }
section.page { break-after: page; }
section.page:last-child { break-after: auto; }
section.page > header { margin: 0 0 2mm; }
h1 { font-size: 1.65em; line-height: 1.25; margin: 0 0 .25em; }
h2 { font-size: 1.15em; line-height: 1.3; margin: .8em 0 .25em; break-after: avoid; }
h3 { font-size: 1em; line-height: 1.3; margin: 0 0 .2em; break-after: avoid; }
p, ul, ol, table, figure, dl { margin: 0 0 .6em; }
ul, ol { padding-left: 1.4em; }
code { font-family: 'Schedville Mono', monospace, 'Schedville Sans'; font-size: .88em; overflow-wrap: anywhere; }
.meta, figcaption, .soft { color: var(--soft); font-size: .88em; }
figure > img { display: block; width: 100%; border: .3mm solid var(--line); }
figure > svg { display: block; width: calc(100% * var(--fit)); height: auto; margin: 0 auto; border: .3mm solid var(--line); }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 7mm; }
.story, .technical { padding-left: 3mm; border-left: 1mm solid var(--accent); }
.technical { border-color: var(--focus); }
.tag { display: block; font-size: .82em; font-weight: 700; color: var(--accent); }
.technical .tag { color: var(--focus); }
.glimpses figure { margin-bottom: .25em; }
.glimpses img { width: 90%; }
.glimpses figcaption { line-height: 1.3; }
table { width: 100%; border-collapse: collapse; }
th, td { border: .25mm solid var(--line); padding: .25em .6em; text-align: left; vertical-align: top; font-weight: 400; }
thead th, thead td { background: #f4efe4; font-weight: 700; }
/* Beside full columns Chinese would stand with one character on each line. */
tbody th { min-width: 6.5em; }
tr, li, figure, .whole { break-inside: avoid; }
thead { display: table-header-group; }
blockquote { margin: 0 0 .6em; padding: .3em 0 .3em 3mm; border-left: 1mm solid var(--line); }
.blank { height: 2.2em; }
.lines { height: 24mm; background: repeating-linear-gradient(#fff 0 7.8mm, var(--line) 7.8mm 8mm); }
ol.choices { list-style: none; padding: 0; }
ol.choices li { padding-left: 1.8em; text-indent: -1.8em; }
ol.choices b { display: inline-block; width: 1.8em; text-indent: 0; }
.ways { columns: 2; column-gap: 7mm; line-height: 1.35; }
.right { font-weight: 700; }
.why { display: block; text-indent: 0; color: var(--soft); }
.board { margin-top: 1.5mm; display: grid; grid-template-columns: 1fr 1fr; grid-template-rows: repeat(3, auto); gap: 3mm 6mm; min-height: 246mm; align-content: space-between; }
.board.few { grid-template-columns: 1fr; grid-template-rows: none; }
.few article { display: grid; grid-template-columns: calc(104mm * var(--fit)) 1fr; gap: 0 5mm; align-items: start; }
.fewer article { grid-template-columns: calc(118mm * var(--fit)) 1fr; }
.board article { break-inside: avoid; }
.board figure { margin: 0 0 1mm; }
.board figure > svg { width: 100%; }
.board p { margin: 0; font-size: calc(.88em * var(--fit)); line-height: 1.4; }
.board .more { margin-top: .25em; color: var(--soft); font-size: calc(.8em * var(--fit)); }
.board.few p { font-size: calc(.95em * var(--fit)); }
.board.few .more { font-size: calc(.86em * var(--fit)); }
.board .more code { color: var(--ink); }
.go { font-family: 'Schedville Mono', monospace; font-size: .82em; }
`;

/** The whole page. `fit`: how large its type and its pictures are, 1 as they are meant. */
export function paper(title: string, language: Language, letters: Letters, pages: readonly Html[], fit = 1): string {
  const face = (family: string, weight: string, base64: string): string =>
    `@font-face { font-family: 'Schedville ${family}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${base64}) format('woff2'); }`;
  const { regular, bold, signs, code } = letters;
  const faces = [
    face('Sans', '400 599', regular),
    face('Sans', '600 900', bold),
    face('Signs', '400 900', signs),
    face('Mono', '400', code),
  ];
  return [
    '<!doctype html>',
    `<html lang="${WORDS[language].language.tag}"${fit === 1 ? '' : ` style="--fit: ${fit}"`}>`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${text(title)}</title>`,
    `<style>${faces.join('')}${STYLE}${QUOTES}</style></head>`,
    `<body>${pages.map((page) => `<section class="page">${page}</section>`).join('\n')}</body></html>`,
    '',
  ].join('\n');
}

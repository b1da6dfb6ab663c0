/** The product's letters as rules of a style sheet that stand by themselves: whoever opens the file has them. */
import regular from '../../assets/fonts/schedville-400.woff2?url';
import bold from '../../assets/fonts/schedville-700.woff2?url';
import code from '../../assets/fonts/schedville-mono-400.woff2?url';
import boldCode from '../../assets/fonts/schedville-mono-700.woff2?url';
import signs from '../../assets/fonts/schedville-signs.woff2?url';

/** As the page's style sheet names them (window/app.css). */
const FACES = [
  { family: 'Schedville Sans', weight: '400 599', url: regular },
  { family: 'Schedville Sans', weight: '600 900', url: bold },
  { family: 'Schedville Signs', weight: '400 900', url: signs },
  { family: 'Schedville Mono', weight: '400 599', url: code },
  { family: 'Schedville Mono', weight: '600 900', url: boldCode },
];

/** Bytes at once: a call takes only so many arguments. */
const PIECE = 1 << 15;

async function base64(url: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

let rules: Promise<string> | null = null;

/** Read once. */
export function fontRules(): Promise<string> {
  const face = async ({ family, weight, url }: (typeof FACES)[number]): Promise<string> =>
    `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/woff2;base64,${await base64(url)}) format('woff2')}`;
  rules ??= Promise.all(FACES.map(face)).then((all) => all.join(''));
  return rules;
}

/** The product's letters as rules of a style sheet that stand by themselves: whoever opens the file has them. */
import regular from '../../assets/fonts/schedville-400.woff2?url';
import bold from '../../assets/fonts/schedville-700.woff2?url';

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
  const face = (weight: string, font: string): string =>
    `@font-face{font-family:'Schedville Sans';font-weight:${weight};src:url(data:font/woff2;base64,${font}) format('woff2')}`;
  rules ??= Promise.all([base64(regular), base64(bold)]).then(([light, heavy]) => face('400 599', light) + face('600 900', heavy));
  return rules;
}

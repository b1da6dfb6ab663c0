import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** 他们, of several, and 其他, of things, say nothing of anybody's sex. */
const HE_OR_SHE = { zh: /(?<!其)[他她](?!们)/, en: /\b(?:he|him|his|she|hers?)\b/i };

test.each(['events', 'why'])('%s: no sentence calls anybody he or she, since children and parents are girls and boys', (name) => {
  const lines = readFileSync(join(import.meta.dirname, `../../../assets/sentences/${name}.txt`), 'utf8').split('\n');
  for (const language of ['zh', 'en'] as const) {
    const said = lines.filter((line) => line.startsWith(`${language} ¦`));
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((line) => HE_OR_SHE[language].test(line))).toEqual([]);
  }
});

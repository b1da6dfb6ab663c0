import { expect, test } from 'vitest';
import { manifestOf } from './scorm-manifest';

const TITLE = '房子 <b>"&amp;"</b> \u0000\u000b]]> \ud800 𠮷';

/** Every element that begins ends, in order, and nothing in between is markup by mistake. Its elements, each with its attributes and text. */
function elementsOf(xml: string): { name: string; attributes: string; text: string }[] {
  const open: { name: string; attributes: string; text: string }[] = [];
  const all: typeof open = [];
  for (const [, close = '', name = '', attributes = '', empty = '', text = ''] of xml.matchAll(
    /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>([^<]*)/g,
  )) {
    expect(text.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
    if (close !== '') {
      expect(open.pop()?.name).toBe(name);
      continue;
    }
    const element = { name, attributes, text };
    all.push(element);
    if (empty === '') open.push(element);
  }
  expect(open).toEqual([]);
  expect(xml.match(/</g)?.length).toBe(1 + all.length + (xml.match(/<\//g)?.length ?? 0));
  return all;
}

test.each([
  ['scorm12', '1.2', 'adlcp:scormtype="sco"', 'adlcp:masteryscore', '60'],
  ['scorm2004', '2004 4th Edition', 'adlcp:scormType="sco"', 'imsss:minNormalizedMeasure', '0.6'],
] as const)(
  '%s: well formed whatever the title, one page that is a SCO, and what is needed to pass',
  (kind, version, sco, measure, pass) => {
    const elements = elementsOf(manifestOf(kind, { id: 'own/深:1', title: TITLE, language: 'zh-CN' }));
    const one = (name: string) => elements.find((each) => each.name === name);
    expect([one('schema')?.text, one('schemaversion')?.text]).toEqual(['ADL SCORM', version]);
    // An xs:ID has no slash in it, and no colon.
    expect(one('manifest')?.attributes).toMatch(/ identifier="[A-Za-z_][\w.-]*"/);
    expect(one('title')?.text).toBe('房子 &lt;b&gt;&quot;&amp;amp;&quot;&lt;/b&gt; ]]&gt;  𠮷');
    expect(one('item')?.attributes).toContain('identifierref="page"');
    for (const part of ['identifier="page"', sco, 'href="index.html"']) expect(one('resource')?.attributes).toContain(part);
    expect(one('file')?.attributes).toContain('href="index.html"');
    expect(one(measure)?.text).toBe(pass);
  },
);

test.each(['scorm12', 'scorm2004'] as const)('%s: refers to no file but the page, which is the only other one of the package', (kind) => {
  const manifest = manifestOf(kind, { id: 'x', title: TITLE, language: 'zh-CN' });
  const attributes = [...manifest.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name = '', value = '']) => ({ name, value }));
  const files = attributes.filter(({ name, value }) => !name.startsWith('xmlns') && /\.(xsd|dtd|xml|html?|js)\b/.test(value));
  expect(new Set(files.map(({ value }) => value))).toEqual(new Set(['index.html']));
  expect(attributes.map(({ name }) => name)).not.toContain('xsi:schemaLocation');
});

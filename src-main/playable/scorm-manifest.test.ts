import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { manifestOf } from './scorm-manifest';

const { DOMParser } = new JSDOM('').window;
const TITLE = '房子 <b>"&amp;"</b> \u0000\u000b]]> \ud800 𠮷';

test.each([
  ['scorm12', '1.2', 'http://www.adlnet.org/xsd/adlcp_rootv1p2', 'scormtype', 'masteryscore', '60'],
  ['scorm2004', '2004 4th Edition', 'http://www.adlnet.org/xsd/adlcp_v1p3', 'scormType', 'minNormalizedMeasure', '0.6'],
] as const)(
  '%s: well formed whatever the title, one page that is a SCO, and what is needed to pass',
  (kind, version, adl, type, measure, pass) => {
    const xml = new DOMParser().parseFromString(manifestOf(kind, { id: 'own/深:1', title: TITLE, language: 'zh-CN' }), 'text/xml');
    expect(xml.querySelector('parsererror')).toBeNull();
    const one = (name: string): Element | undefined => xml.getElementsByTagNameNS('*', name)[0];
    expect(one('schema')?.textContent).toBe('ADL SCORM');
    expect(one('schemaversion')?.textContent).toBe(version);
    // An xs:ID has no slash in it, and no colon.
    expect(one('manifest')?.getAttribute('identifier')).toMatch(/^[A-Za-z_][\w.-]*$/);
    expect(one('organizations')?.getAttribute('default')).toBe(one('organization')?.getAttribute('identifier'));
    expect(one('item')?.getAttribute('identifierref')).toBe(one('resource')?.getAttribute('identifier'));
    expect(one('item')?.querySelector('title')?.textContent).toBe('房子 <b>"&amp;"</b> ]]>  𠮷');
    expect(one('resource')?.getAttributeNS(adl, type)).toBe('sco');
    expect(one('resource')?.getAttribute('href')).toBe(one('file')?.getAttribute('href'));
    expect(one(measure)?.textContent).toBe(pass);
  },
);

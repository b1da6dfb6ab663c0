import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRoot } from './page-root';

const PAGE = readFileSync(join(import.meta.dirname, '../../src-renderer/index.html'), 'utf8');

test('the window’s page begins with the language and the theme that are set; nothing else of it is another', () => {
  const [first = '', ...rest] = PAGE.split(/<html[^>]*>/);
  expect(withRoot(PAGE, { language: 'en', theme: 'dark' })).toBe(`${first}<html lang="en" data-theme="dark">${rest.join('')}`);
  expect(withRoot(PAGE, { language: 'zh', theme: 'projector' })).toContain('<html lang="zh-CN" data-theme="projector">');
  expect(rest).toHaveLength(1);
});

test('what is no page stays as it is', () => {
  expect(withRoot('not found', { language: 'en', theme: 'dark' })).toBe('not found');
});

/** assets/lesson.schema.json is what the reader's table of keys makes of it. UPDATE_GOLDENS=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OBJECTS } from './keys';
import { lessonSchemaText } from './schema';

const FILE = join(import.meta.dirname, '../../../assets/lesson.schema.json');

test('the schema is that of the reader', () => {
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(FILE, lessonSchemaText());
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(lessonSchemaText()));
});

test('every map that is referred to is there, and every one but the lesson is referred to', () => {
  const named = new Set([...lessonSchemaText().matchAll(/#\/\$defs\/(\w+)/g)].map(([, name]) => name));
  expect([...named].sort()).toEqual(Object.keys(OBJECTS).sort());
});

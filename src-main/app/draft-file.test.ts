import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlaygroundDraft } from '../contract/requests';
import { DraftFile } from './draft-file';

const DRAFT: PlaygroundDraft = {
  arch: 'arm64',
  texts: { amd64: null, arm64: 'TEXT ·f(SB),NOSPLIT,$0-0\n\tRET\n' },
  entry: 'syscall.f',
  call: 'read',
  args: ['3', 'buf:64'],
  returns: '-4095',
};
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-draft-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what was kept is there again', async () => {
  const file = new DraftFile(folder);
  expect(await file.read()).toBeNull();
  expect((await file.keep(DRAFT)).ok).toBe(true);
  expect(await new DraftFile(folder).read()).toEqual(DRAFT);
});

test('of two writes at once the later one stays', async () => {
  const file = new DraftFile(folder);
  await Promise.all([file.keep(DRAFT), file.keep({ ...DRAFT, call: 'write' })]);
  expect((await file.read())?.call).toBe('write');
});

test('what the window could not send back is left out, and a listing of that kind set aside with its file', async () => {
  const file = join(folder, 'playground.json');
  const long = 'x'.repeat(2_001);
  writeFileSync(file, JSON.stringify({ ...DRAFT, args: ['3', long, ...Array.from({ length: 200 }, () => '0')], returns: long }));
  const draft = await new DraftFile(folder).read();
  expect([draft?.args.length, draft?.args.includes(long), draft?.returns]).toEqual([128, false, '']);
  writeFileSync(file, JSON.stringify({ ...DRAFT, texts: { ...DRAFT.texts, amd64: 'x'.repeat(100_001) } }));
  expect(await new DraftFile(folder).read()).toBeNull();
  expect(readdirSync(folder).join()).toMatch(/broken/);
});

test('a broken file is set aside, and told once', async () => {
  writeFileSync(join(folder, 'playground.json'), '{ "texts": ');
  const file = new DraftFile(folder);
  expect(await file.read()).toBeNull();
  const [aside] = readdirSync(folder).filter((name) => name.includes('broken'));
  expect(file.damaged?.en).toContain(aside);
  expect(await file.read()).toBeNull();
  expect(file.damaged).toBeNull();
});

test('a folder that cannot be written to is told, not thrown', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect((await new DraftFile(join(folder, 'file')).keep(DRAFT)).ok).toBe(false);
});

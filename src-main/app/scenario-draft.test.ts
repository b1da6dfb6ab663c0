import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioDraftFile } from './scenario-draft';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedville-draft-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what is written is there again, the latest last, until it is saved elsewhere', async () => {
  const file = new ScenarioDraftFile(folder);
  expect(await file.read()).toEqual({ ok: true, value: null });
  void file.keep({ name: 'a.scenario.yaml', text: 'first' });
  await file.keep({ name: 'a.scenario.yaml', text: '小明: “x”\n' });
  expect(await new ScenarioDraftFile(folder).read()).toEqual({ ok: true, value: { name: 'a.scenario.yaml', text: '小明: “x”\n' } });
  await file.keep(null);
  expect(await file.read()).toEqual({ ok: true, value: null });
});

test.each(['', '{', '{"name":1,"text":""}', '{"name":"a"}', 'null', `{"name":"${'x'.repeat(201)}","text":""}`])(
  'a damaged draft is set aside and told: %j',
  async (text) => {
    writeFileSync(join(folder, 'scenario-draft.json'), text);
    const file = new ScenarioDraftFile(folder);
    const told = await file.read();
    const [aside = ''] = readdirSync(folder);
    expect(aside).toContain('broken');
    expect(told).toMatchObject({ ok: false, message: { zh: expect.stringContaining(aside) as string } });
    expect(await file.read()).toEqual({ ok: true, value: null });
  },
);

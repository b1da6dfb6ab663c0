import { expect, test } from 'vitest';
import { golden, needTrueLinks, told } from './testdata/played';

test('who took P0, and why', () => {
  const played = golden('S2');
  const at = played.steps.find(({ fn, at: row }) => fn === 'execute' && row === 'casgstatus')?.n ?? 0;
  expect(told(played.finder.find({ of: 'P0', n: at }))).toMatchInlineSnapshot(`
    [
      "60 P0 belongs to M2, which runs G2 · read M2.nextp = P0 (51)",
      "  65 M2 runs G2, for 0.001 µs · clock · read M2.spinning = false (50), G2.lockedm = null (0)",
      "  51 M1 put P0 into the nextp of M2 · read P0.runq = [] (0), P0.runnext = G2 (9)",
      "    44 sysmon (M1) took P0: M0 had been in a system call of G1 for 40.127 µs, its syscalltick had not moved · read sched.nmspinning = 0 (0), sched.pidle = [] (0), P0.runq = [] (0), P0.runnext = G2 (9), P0.status = _Psyscall (30), M0.oldp = P0 (28)",
      "      39 sysmon (M1) had noted the syscalltick of P0 20.213 µs before: 3 · clock · read sysmon.ticks.P0.syscalltick = 0 (0), P0.syscalltick = 3 (0)",
      "      30 P0 is _Psyscall, for 40.127 µs: M0 is in a system call of G1 · read sched.sysmonwait = false (0)",
      "        23 G1 is in a system call, read, for 40.137 µs · read G1.status = _Grunning (0)",
      "          37 M0 is still in the kernel: read · kernel · read sched.gcwaiting = false (0)",
    ]
  `);
});

test('who has only just begun is not said to have been at it for no time', () => {
  const played = golden('S2');
  const at = played.steps.find(({ fn, at: row, g }) => fn === 'execute' && row === 'casgstatus' && g !== 'G1')?.n ?? 0;
  expect(told(played.finder.find({ of: 'G2', n: at }))[0]).toMatch(/^\d+ G2 runs on M2 with P0( · |$)/);
  expect(told(played.finder.find({ of: 'G2', n: at + 4 }))[0]).toMatch(/ runs on M2 with P0, for \d/);
});

test('who set a register, and out of what it was made', () => {
  const played = golden('S2');
  const n = played.steps.find(({ at }) => at === 'SYSCALL')?.n ?? 0;
  const why = played.finder.find({ of: 'M.M0.regs.SP', n });
  needTrueLinks(played, why);
  expect(told(why)).toMatchInlineSnapshot(`
    [
      "32 M0, running G1, set M0.regs.SP to 0xc000010760: entersyscall / return · read sched.gcwaiting = false (0)",
      "  17 M0, running G1, set M0.regs.SP to 0xc000010758: syscall.Syscall / CALL runtime·entersyscall(SB) · read G1.stackguard0 = normal (0)",
      "    16 M0, running G1, set M0.regs.SP to 0xc000010760: syscall.read / call · more · read G1.stackguard0 = normal (0)",
    ]
  `);
  expect(told(played.finder.find({ of: 'M.M0.regs.NONE', n }))).toEqual([]);
});

test('a field by the fields that were read for it, back to the start', () => {
  const played = golden('S2');
  const why = played.finder.find({ of: 'P.P0.syscalltick', n: played.steps.length });
  needTrueLinks(played, why);
  expect(told(why).slice(0, 4)).toMatchInlineSnapshot(`
    [
      "267 M2, running G1, set P0.syscalltick to 5: exitsyscall / tail · read M2.spinning = false (50), P0.syscalltick = 4 (45)",
      "  45 M1 set P0.syscalltick to 4: retake / p.syscalltick++ · read sysmon.ticks.P0.syscalltick = 3 (39), sched.nmspinning = 0 (0), sched.pidle = [] (0), P0.runq = [] (0), P0.runnext = G2 (9), P0.syscalltick = 3 (0)",
      "    0 P0.syscalltick was 3 · start",
    ]
  `);
});

test('sysmon makes its rounds or sleeps between them, and never looks for a goroutine', () => {
  const played = golden('S2');
  const said = new Set<string>();
  for (const { n } of played.steps) {
    const why = played.finder.find({ of: 'M1', n });
    needTrueLinks(played, why);
    said.add(why.links[0]?.type ?? '');
    if (why.links[0]?.type === 'm.rests') expect(played.states[n]?.sysmon.asleep).toBe(true);
  }
  expect(said).toEqual(new Set(['m.rests', 'm.watches']));
});

test('who is to enter the kernel is about to leave, and who has left it is back', () => {
  const played = golden('S2');
  const enters = played.steps.find(({ g, at }) => g === 'G1' && at === 'SYSCALL')?.n ?? 0;
  const said: string[] = [];
  for (const { n, set } of played.steps) {
    if (played.states[n]?.G.G1?.status !== '_Gsyscall') continue;
    const why = played.finder.find({ of: 'G1', n });
    needTrueLinks(played, why);
    const [{ type } = { type: '' }] = why.links;
    if (said.at(-1) !== type) said.push(type);
    if (n < enters) expect(type).toBe('g.leaving');
    if (set.some(([path, , now]) => path === 'M.M0.kernel' && now !== null)) expect(type).toBe('g.syscall');
  }
  expect(said.slice(0, 3)).toEqual(['g.leaving', 'g.syscall', 'g.back']);
});

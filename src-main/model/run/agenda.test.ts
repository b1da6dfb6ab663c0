import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from './agenda';

test('by time, and among equals by who asked first, whatever comes and goes in between', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(20), { freq: 3 })), (asks) => {
      const agenda = new Agenda<number>();
      const waiting: { at: number; what: number }[] = [];
      for (const [what, at] of asks.entries()) {
        if (at !== null) {
          agenda.add(at, what, 7);
          waiting.push({ at, what });
          continue;
        }
        const next = [...waiting].sort((a, b) => a.at - b.at || a.what - b.what)[0];
        const taken = agenda.take();
        expect(taken && { at: taken.at, what: taken.what }).toEqual(next);
        expect(taken?.ticket).toBe(next && 7);
        if (next) waiting.splice(waiting.indexOf(next), 1);
      }
    }),
  );
});

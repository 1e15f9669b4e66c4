import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notesAsOf } from '../../../client/screens/notes/notesAsOf.ts';
import { type NoteDto, NoteDto as NoteSchema } from '../../../shared/protocol/notes.ts';
import { aDraft } from '../../support/someNotes.ts';

interface Life { readonly about: number; readonly written: number; readonly withdrawn?: number | undefined; readonly corrected?: number | undefined }

const aNote = ({ about, written, withdrawn, corrected }: Life): NoteDto => NoteSchema.parse({
  ...aDraft({ atMs: about }), recordedAtMs: written,
  withdrawn: withdrawn === undefined ? null : { author: 'a', reason: 'b', atMs: withdrawn }, correctedBy: corrected === undefined ? null : { id: 'note-0009', atMs: corrected },
});
const of = (life: Life, asOfMs: number | null) => notesAsOf([aNote(life)], asOfMs).map(({ isStanding, isLater }) => ({ isStanding, isLater }));

describe('[NT10] notes as of a moment', () => {
  test.each([
    ['stands now', { about: 10, written: 11 }, null, [{ isStanding: true, isLater: false }]],
    ['withdrawn now', { about: 10, written: 11, withdrawn: 12 }, null, [{ isStanding: false, isLater: false }]],
    ['corrected now', { about: 10, written: 11, corrected: 12 }, null, [{ isStanding: false, isLater: false }]],
    ['about a later moment', { about: 10, written: 11 }, 9, []],
    ['about that very moment', { about: 10, written: 10 }, 10, [{ isStanding: true, isLater: false }]],
    ['written later about then', { about: 10, written: 20 }, 15, [{ isStanding: true, isLater: true }]],
    ['stood then, withdrawn since', { about: 10, written: 11, withdrawn: 20 }, 15, [{ isStanding: true, isLater: false }]],
    ['withdrawn by then', { about: 10, written: 11, withdrawn: 14 }, 15, [{ isStanding: false, isLater: false }]],
    ['written and withdrawn after', { about: 10, written: 20, withdrawn: 21 }, 15, [{ isStanding: false, isLater: true }]],
  ] as const)('%s', (_, life, asOfMs, seen) => {
    expect(of(life, asOfMs)).toEqual(seen);
  });

  test('as of a moment after everything is as of now', () => {
    const Lives = fc.array(fc.record({ about: fc.integer({ min: 0, max: 9 }), written: fc.integer({ min: 0, max: 9 }), withdrawn: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }) }));
    fc.assert(fc.property(Lives, (lives) => {
      const notes = lives.map(aNote);
      expect(notesAsOf(notes, 10)).toEqual(notesAsOf(notes, null));
    }));
  });

  test('a later moment hides nothing that an earlier one showed, and marks no more as later', () => {
    fc.assert(fc.property(fc.record({ about: fc.integer({ min: 0, max: 9 }), written: fc.integer({ min: 0, max: 9 }) }), fc.nat(9), fc.nat(9), (life, a, b) => {
      const [early, late] = [of(life, Math.min(a, b)), of(life, Math.max(a, b))];
      expect(late.length).toBeGreaterThanOrEqual(early.length);
      if (early[0]?.isLater === false) expect(late[0]?.isLater).toBe(false);
    }));
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNotes } from '../../../server/notes/createNotes.ts';
import { withEntry } from '../../../server/notes/noteBook.ts';
import { NoteDraft, type NoteDto, type NoteEntry, NoteWithdrawal } from '../../../shared/protocol/notes.ts';
import { NOW_MS } from '../../support/aChannelView.ts';
import { aDraft, aNoteLog, someNotes } from '../../support/someNotes.ts';

const withdrawal = NoteWithdrawal.parse({ author: 'Chị Hoa', reason: 'Ghi nhầm.' });
const all = { localityCode: '10', indicatorId: null, fromMs: null, toMs: null };

describe('[NT1] a note is never edited', () => {
  const Ids = fc.constantFrom('note-0001', 'note-0002', 'note-0003');
  const Entries = fc.array(fc.oneof(
    fc.record({ id: Ids, corrects: fc.option(Ids, { nil: null }), text: fc.constantFrom('một', 'hai'), atMs: fc.integer({ min: 0, max: 3 }) })
      .map((of, ): NoteEntry => ({ kind: 'written', recordedAtMs: 5, draft: aDraft(of) })),
    Ids.map((noteId): NoteEntry => ({ kind: 'withdrawn', recordedAtMs: 6, noteId: NoteDraft.shape.id.parse(noteId), withdrawal })),
  ), { maxLength: 12 });

  test('whatever is written later, what an entry said stays readable word for word', () => {
    fc.assert(fc.property(Entries, (entries) => {
      const book = new Map<string, NoteDto>();
      const firstById = new Map<string, NoteDraft>();
      for (const entry of entries) {
        if (entry.kind === 'written' && !firstById.has(entry.draft.id)) firstById.set(entry.draft.id, entry.draft);
        withEntry(book, entry);
        for (const [id, draft] of firstById) expect(book.get(id)).toMatchObject(draft);
      }
    }));
  });

  test('the book after a restart is the book before it', async () => {
    await fc.assert(fc.asyncProperty(Entries, async (asked) => {
      const log = aNoteLog();
      let atMs = 10;
      const before = createNotes({ log, entries: [], nowMs: () => atMs++ });
      for (const entry of asked) await (entry.kind === 'written' ? before.write(entry.draft) : before.withdraw(entry.noteId, entry.withdrawal));
      const after = createNotes({ log: aNoteLog(), entries: log.entries, nowMs: () => 0 });
      expect(after.list(all)).toEqual(before.list(all));
    }));
  });
});

describe('writing', () => {
  test('[NT2] the same note sent again is one note; another under its id is refused', async () => {
    const log = aNoteLog();
    const notes = someNotes(() => NOW_MS, log);
    const first = await notes.write(aDraft());
    expect(await notes.write(aDraft())).toEqual(first);
    expect(await notes.write(aDraft({ text: 'Khác.' }))).toBe('conflict');
    expect(log.entries).toHaveLength(1);
  });

  test('[NT2] two sent at once under one id are one note', async () => {
    const log = aNoteLog();
    const notes = someNotes(() => NOW_MS, log);
    const [a, b, c] = await Promise.all([notes.write(aDraft()), notes.write(aDraft()), notes.write(aDraft({ text: 'Khác.' }))]);
    expect([a, b, c]).toEqual([expect.objectContaining({ id: 'note-0001' }), a, 'conflict']);
    expect(log.entries).toHaveLength(1);
  });

  test('[NT3] what could not be stored is seen by nobody, and may be sent again', async () => {
    const log = aNoteLog();
    const notes = someNotes(() => NOW_MS, log);
    log.failWith = new Error('disk');
    await expect(notes.write(aDraft())).rejects.toThrow('disk');
    expect(notes.list(all)).toEqual([]);
    await notes.write(aDraft());
    log.failWith = new Error('disk');
    await expect(notes.withdraw(aDraft().id, withdrawal)).rejects.toThrow('disk');
    expect(notes.list(all)).toMatchObject([{ id: 'note-0001', withdrawn: null }]);
  });

  test('[NT4] a correction stands in place of a note of the same place that still stands', async () => {
    const notes = someNotes(() => NOW_MS);
    await notes.write(aDraft());
    expect(await notes.write(aDraft({ id: 'note-0009', corrects: 'note-none' }))).toBe('unknown');
    expect(await notes.write(aDraft({ id: 'note-0009', corrects: 'note-0001', localityCode: '11' }))).toBe('elsewhere');
    expect(await notes.write(aDraft({ id: 'note-0009', corrects: 'note-0001', indicatorId: 'tslcd-share' }))).toBe('elsewhere');
    await notes.write(aDraft({ id: 'note-0002', corrects: 'note-0001', text: 'Đứt cáp ở cầu.' }));
    expect(notes.list(all)).toMatchObject([{ id: 'note-0002' }, { id: 'note-0001', text: 'Đứt cáp ở đèo.', correctedBy: { id: 'note-0002', atMs: NOW_MS } }]);
    expect(await notes.write(aDraft({ id: 'note-0003', corrects: 'note-0001' }))).toBe('gone');
    expect(await notes.withdraw(aDraft().id, withdrawal)).toBe('gone');
  });

  test('[NT5] a note is withdrawn once, by whom and why, and stays readable', async () => {
    const notes = someNotes(() => NOW_MS);
    await notes.write(aDraft());
    const first = await notes.withdraw(aDraft().id, withdrawal);
    expect(first).toMatchObject({ text: 'Đứt cáp ở đèo.', withdrawn: { author: 'Chị Hoa', reason: 'Ghi nhầm.', atMs: NOW_MS } });
    expect(await notes.withdraw(aDraft().id, { ...withdrawal, author: 'Anh Nam' })).toEqual(first);
    expect(await notes.write(aDraft({ id: 'note-0002', corrects: 'note-0001' }))).toBe('gone');
    expect(await notes.withdraw(aDraft({ id: 'note-none' }).id, withdrawal)).toBe('unknown');
  });

  test('[NT6] a full book takes nothing more and keeps what it has', async () => {
    const notes = someNotes(() => NOW_MS, aNoteLog(), 1);
    await notes.write(aDraft());
    expect(await notes.write(aDraft({ id: 'note-0002' }))).toBe('too-many');
    expect(await notes.withdraw(aDraft().id, withdrawal)).toBe('too-many');
    expect(notes.list(all)).toHaveLength(1);
  });

  test('[NT7] newest moment first, within the times asked for; of an indicator also what is said of the whole place', async () => {
    const notes = someNotes(() => NOW_MS);
    await notes.write(aDraft({ id: 'whole-old', atMs: 10 }));
    await notes.write(aDraft({ id: 'share-new', atMs: 30, indicatorId: 'tslcd-share' }));
    await notes.write(aDraft({ id: 'loss-mid', atMs: 20, indicatorId: 'tslcd-loss' }));
    await notes.write(aDraft({ id: 'elsewhere', atMs: 20, localityCode: '11' }));
    await notes.write(aDraft({ id: 'whole-old-2', atMs: 10 }));
    const ids = (over: object) => notes.list({ ...all, ...over }).map(({ id }) => id);
    expect(ids({})).toEqual(['share-new', 'loss-mid', 'whole-old-2', 'whole-old']);
    expect(ids({ indicatorId: 'tslcd-share' })).toEqual(['share-new', 'whole-old-2', 'whole-old']);
    expect(ids({ fromMs: 20, toMs: 29 })).toEqual(['loss-mid']);
  });
});

describe('[NT8] what a note may hold', () => {
  test.each([
    ['a bell', { text: 'a\u0007b' }], ['a tab', { text: 'a\tb' }], ['an escape', { author: '\u001b[31m' }], ['text turned around', { text: 'abc\u202edef' }],
    ['half a character', { text: 'a\ud83d' }], ['nothing', { text: ' \n ' }], ['a novel', { text: 'a'.repeat(501) }], ['no author', { author: '' }],
    ['an author of two lines', { author: 'a\nb' }], ['a long author', { author: 'a'.repeat(61) }], ['a short id', { id: 'a' }], ['an id with a path', { id: '../../etc/x' }],
    ['a time that is none', { atMs: 1.5 }],
  ])('%s is refused', (_, over) => {
    expect(() => aDraft(over)).toThrow();
  });

  test('lines, marks composed or not, and signs of the trade are taken, in one form', () => {
    expect(aDraft({ text: '  Dòng 1\nDòng 2 ≥ 95 % \u0111o\u0323\u0302 \u{1f327}  ' }).text).toBe('Dòng 1\nDòng 2 ≥ 95 % độ \u{1f327}');
  });
});

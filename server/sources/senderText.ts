import { createHash } from 'node:crypto';
import { withoutPeople } from './withoutPeople.ts';

const MAX_ID_CHARACTERS = 200;
const MAX_TITLE_CHARACTERS = 300;

/** What makes a text read as another one on the screen that shows it, and halves of surrogate pairs. */
export const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/u;
const UNPRINTABLE_RUNS = new RegExp(`${UNPRINTABLE.source}+`, 'gu');

/** A sender's identity as an id of 1-200 printable characters: as it is where it is that, else its hash. Equal stays equal, and different stays different. */
export function toBoundedId(identity: string): string {
  if (identity.length > 0 && identity.length <= MAX_ID_CHARACTERS && !UNPRINTABLE.test(identity)) return identity;
  return `sha256:${createHash('sha256').update(identity, 'utf16le').digest('hex')}`;
}

/**
 * The first of these texts that says something, as one line of at most 300 characters that quotes nobody; `fallback` where none does.
 * @param quoted what the message says elsewhere, and a title may not repeat
 */
export function toTitle(texts: readonly (string | undefined)[], fallback: string, quoted: readonly string[] = []): string {
  for (const text of texts) {
    const line = withoutPeople(text ?? '', quoted).normalize('NFC').replace(UNPRINTABLE_RUNS, ' ').replace(/\s+/g, ' ').trim();
    // A cut may leave half of a surrogate pair at the end.
    if (line !== '') return line.slice(0, MAX_TITLE_CHARACTERS).replace(/[\ud800-\udbff]$/, '').trimEnd();
  }
  return fallback;
}

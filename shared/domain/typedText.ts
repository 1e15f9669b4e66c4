import { z } from 'zod';

/** Control characters but line breaks, marks that turn the direction of what follows, halves of a character. */
const UNREADABLE = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Text that a person typed: NFC, without blanks at its ends, and nothing in it that cannot be seen. `most`: in UTF-16 units, as `maxlength` of a field counts them. */
export const typedText = (most: number) => z.string().trim().normalize('NFC').min(1, 'must say something').max(most, `must be at most ${most} characters`)
  .refine((text) => !UNREADABLE.test(text), 'must hold no control or direction characters');

/** Not made of blanks and of characters that no screen draws alone. */
export const isVisible = (text: string): boolean => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(text);

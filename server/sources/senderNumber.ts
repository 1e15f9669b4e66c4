import { z } from 'zod';

/**
 * A whole number of any size as the text of its digits: a number, or a text where JSON or its sender would lose digits. Wazuh turns
 * what it decoded from JSON into texts and large numbers into `1154611008869142.000000`.
 */
export const DigitsText = z.union([
  z.number().int().nonnegative(),
  z.string().regex(/^\d{1,20}(\.0{1,10})?$/),
], 'must be a whole number of at least 0, as a number or as its digits').transform((sent) => String(sent).replace(/\.0+$/, ''));

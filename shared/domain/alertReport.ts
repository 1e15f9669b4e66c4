import { z } from 'zod';
import { Attack, Tlp } from './alarm.ts';
import { LocalityCode } from './ids.ts';
import { Severity } from './severity.ts';

/** How the place of a report was found, most trusted first. `feed`: nothing in the message says, and all that the feed sends is of one place. */
export const PLACED_BY = ['label', 'tag', 'dossier-number', 'unit', 'host', 'feed'] as const;
export const PlacedBy = z.enum(PLACED_BY);
export type PlacedBy = z.infer<typeof PlacedBy>;

/**
 * What one message says of one alert of a monitoring or security system. The book of alerts folds them; the order in which they
 * come never matters ([AL2]).
 */
export const AlertReport = z.strictObject({
  kind: z.literal('alert'),
  /** The format's own identity of this occurrence, e.g. Alertmanager's fingerprint and start. The same in every re-send and in its end. */
  alertId: z.string().min(1).max(200),
  /** What occurrences of one cause share, e.g. signature, source and destination; `alertId` where each stands alone. Open conditions are what the wall counts. */
  conditionId: z.string().min(1).max(200),
  /**
   * `raised` and `cleared`: the two ends of an occurrence. `seen`: a single event that has no end of its own. `condition-cleared`: whatever of
   * the condition was raised until `atMs` is over, for senders that say an end without saying of which; a `raised` of theirs has one moment.
   * `still-raised`: the condition is open at `atMs`, and since when is not said; it is no alert of its own.
   */
  transition: z.enum(['raised', 'cleared', 'seen', 'condition-cleared', 'still-raised']),
  /** When this transition was, by the sender's clock. Epoch ms. */
  atMs: z.number().int().nonnegative(),
  domain: z.enum(['connectivity', 'security', 'dossiers']),
  severity: Severity,
  /** As sent, before it was normalised. `null`: the message has none. */
  rawSeverity: z.string().max(64).nullable(),
  /** One line for people. Never a person's name or number. */
  title: z.string().min(1).max(300),
  /** `null`: it could not be placed. It is counted as unplaced, and belongs to no locality. */
  localityCode: LocalityCode.nullable(),
  /** `null` if and only if it could not be placed. */
  placedBy: PlacedBy.nullable(),
  /** `null`: the message names no tactic and no technique. Reports that were logged before there was this field have none. */
  attack: Attack.nullable().default(null),
  /** Who may be told; `null`: neither message nor feed says. */
  tlp: Tlp.nullable().default(null),
});
export type AlertReport = z.infer<typeof AlertReport>;

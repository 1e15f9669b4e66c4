import { z } from 'zod';

export const LOCALITY_CODE = /^(VN|\d{2}|\d{3}|\d{5})$/;

/** GSO unit code: "VN" for the nation, 2 digits province, 3 digits district, 5 digits commune. Lengths never collide, so a code alone is an id within an edition. */
export const LocalityCode = z.string().regex(LOCALITY_CODE, 'must be "VN" or a GSO code of 2, 3 or 5 digits').brand<'LocalityCode'>();
export type LocalityCode = z.infer<typeof LocalityCode>;

export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const SLUG_LENGTH = 64;

const Slug = z.string().max(SLUG_LENGTH).regex(SLUG, 'must be lower-case kebab, e.g. "tslcd-link-state"');

export const IndicatorId = Slug.brand<'IndicatorId'>();
export type IndicatorId = z.infer<typeof IndicatorId>;

export const SourceId = Slug.brand<'SourceId'>();
export type SourceId = z.infer<typeof SourceId>;

export const EditionId = z.enum(['2021', '2025']);
export type EditionId = z.infer<typeof EditionId>;

/** A name of a recording file, without its ending. */
export const RecordingName = Slug;

/** "recording:<name>": a recording of a live run (docs/recordings.md). */
export const ChannelId = z.union([z.enum(['live', 'demo']), z.templateLiteral(['recording:', Slug])]);
export type ChannelId = z.infer<typeof ChannelId>;

/** Text shown to people, Vietnamese first. */
export const LocalizedText = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
export type LocalizedText = z.infer<typeof LocalizedText>;

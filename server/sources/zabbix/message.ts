import { z } from 'zod';

/** A number, or its digits as text. */
export const EventId = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)], 'must be the number of an event').transform(String);
const Clock = z.int('must be seconds since 1970').nonnegative('must be seconds since 1970').max(253_402_300_799, 'must be seconds since 1970, not milliseconds');
const Nanoseconds = z.int('must be nanoseconds').min(0).max(999_999_999).default(0);
const Level = z.union([z.int(), z.string()]).nullish();
const Tags = z.array(z.object({ tag: z.string(), value: z.string().default('') }), 'must be a list of {tag, value}').default([]);
const Name = z.string('must be the name of the problem');

/** Zabbix 4.0 writes the visible name alone. */
const Host = z.union([z.string().transform((name) => ({ host: undefined, name })), z.object({ host: z.string().optional(), name: z.string().optional() })]);

/** Lines of the real-time export and the connector, by `value`. Groups are not read. */
export const ExportedProblem = z.object({
  value: z.literal(1, 'must be 1 (problem) or 0 (recovery)'), clock: Clock, ns: Nanoseconds, eventid: EventId, name: Name,
  severity: Level, hosts: z.array(Host).default([]), tags: Tags,
});
export const ExportedRecovery = z.object({
  value: z.literal(0), clock: Clock, ns: Nanoseconds, eventid: EventId, p_eventid: EventId,
});

/** The body of our own media type, docs/feeds/zabbix/media-type.yaml. The event is the problem's, also in its recovery. */
export const MediaTypeMessage = z.object({
  eventid: EventId,
  value: z.union([z.literal(0), z.literal(1)], 'must be 1 (problem) or 0 (recovery)'),
  /** An update of a problem: acknowledged, commented, severity changed. */
  update: z.boolean().default(false),
  nseverity: Level, name: Name, host: z.string().default(''), tags: Tags,
  /** Of the problem, or of its recovery. `null`: this release of Zabbix has no macro for it. */
  clock: Clock.nullish(),
});

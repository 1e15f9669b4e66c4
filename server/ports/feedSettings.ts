import { z } from 'zod';
import { Tlp } from '../../shared/domain/alarm.ts';
import { IndicatorId, LocalityCode, LocalizedText, SourceId } from '../../shared/domain/ids.ts';
import { Severity } from '../../shared/domain/severity.ts';

export const FEED_FORMATS = [
  'cloudevents', 'alertmanager', 'suricata', 'wazuh', 'ocsf', 'cef', 'zabbix', 'uptime-kuma', 'dossiers', 'figures',
] as const;
export const FeedFormat = z.enum(FEED_FORMATS);
export type FeedFormat = z.infer<typeof FeedFormat>;

/** Classes by the sender's own codes or words; what is not listed keeps the class of the format's table. */
const Codes = <Value extends z.ZodType>(value: Value) => z.record(z.string().min(1).max(100), value).default({});

/** One alert that is the state of a series: while it is raised the series has the value `raised`, once it is cleared `cleared`. */
const StateRule = z.strictObject({
  /** Alert name as the format has it (Alertmanager `alertname`, Zabbix trigger name, Uptime Kuma monitor name); `*` at its end matches any rest. */
  alert: z.string().min(1).max(200),
  indicator: IndicatorId,
  raised: z.number(),
  cleared: z.number(),
});

const Address = z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address');

/** A syslog listener of the feed's own. */
const SyslogSettings = z.strictObject({
  transport: z.enum(['tcp', 'udp']),
  port: z.number().int().min(1).max(65_535),
  /** Address of this machine to listen on. */
  listenOn: Address.default('127.0.0.1'),
  /** Who may send: single addresses, no ranges. Syslog has no other proof of who is speaking. */
  allowFrom: z.array(Address).min(1).max(256).default(['127.0.0.1', '::1']),
});
export type SyslogSettings = z.infer<typeof SyslogSettings>;

/** A feed that comes by MQTT: where its broker is and what of it we subscribe to (docs/feeds/mqtt.md). */
export const MqttSettings = z.strictObject({
  /** `mqtts://host:8883`, or `mqtt://` where the network between is ours. Name and password stand beside it, never in it. */
  url: z.url({ protocol: /^mqtts?$/, error: 'must be mqtt:// or mqtts:// and a host' })
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'an address without name and password: those are `username` and `passwordFile`'),
  topics: z.array(z.string().min(1).max(1_000).regex(/^(?:(?:\+|[^+#/]*)\/)*(?:#|\+|[^+#/]*)$/, 'a topic in which "+" is a level by itself, and "#" the last one')).min(1).max(100),
  /** The broker keeps under this name what came while we were away: one name for one feed, the same at every start. */
  clientId: z.string().min(1).max(100).regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, "-" and "_"'),
  /** How a payload is to be read where the message itself does not say (MQTT content type). */
  mediaType: z.string().min(1).max(100).optional(),
  username: z.string().min(1).max(200).optional(),
  /** File whose first line is the password. */
  passwordFile: z.string().min(1).optional(),
  /** File of the certificate authority that signed the broker's certificate, PEM; absent: those the system trusts. */
  caFile: z.string().min(1).optional(),
});
export type MqttSettings = z.infer<typeof MqttSettings>;

/** What we know of one feed: who it is, what it may speak of, and how its words are to be read. */
export const FeedSettings = z.strictObject({
  /** Source of everything it sends. */
  id: SourceId,
  name: LocalizedText,
  format: FeedFormat,
  /** It may speak of these places and what lies in them; "VN": of all. */
  localities: z.array(LocalityCode).min(1),
  /** It may report these; absent: whatever its format yields. */
  indicators: z.array(IndicatorId).min(1).optional(),
  /** Its promised cadence. `null`: it speaks only when something happens, so that its silence says nothing. */
  expectEveryMs: z.number().int().positive().nullable(),
  /** Domain of alerts that do not say. */
  domain: z.enum(['connectivity', 'security', 'dossiers']).default('security'),
  placement: z.strictObject({
    /** Labels, tags or fields whose value is a locality (its code or name), first match wins. */
    labels: z.array(z.string().min(1).max(100)).default(['ioc_locality', 'locality', 'province', 'district']),
    /** The sender's own names of units, hosts or sites. */
    names: Codes(LocalityCode),
    /** Where a message that says nothing belongs; absent: the feed's own place where it has one alone, else nowhere, and it is counted as unplaced. */
    otherwise: LocalityCode.optional(),
  }).prefault({}),
  severities: Codes(Severity),
  /** Who may be told of alerts that do not say; absent: not known. */
  tlp: Tlp.optional(),
  states: z.array(StateRule).default([]),
  /** How this sender's dossier codes are meant: they differ between releases (research: 1 citizen/2 business in 2020, 0/1/2 in 2026). */
  applicantTypes: Codes(z.enum(['citizen', 'business', 'household'])),
  /** How its codes of the way a result is returned are meant (HinhThuc, HinhThucTra of dossiers); what is not listed is not known. */
  resultForms: Codes(z.enum(['office', 'post', 'online'])),
  /** A `seen` alert without a repeat counts as open for so long. */
  holdOpenMs: z.number().int().positive().default(24 * 3_600_000),
  /** It also comes by MQTT. */
  mqtt: MqttSettings.optional(),
  /** Decimal mark of hand-keyed numbers where one alone could mean either ("1.234"); absent: such a number is refused. */
  decimalMark: z.enum(['.', ',']).optional(),
  /** Items a second it may send, over any ten seconds; beyond it is told to wait. */
  itemsPerSec: z.number().positive().max(100_000).default(500),
  /** For formats that are sent in lines (cef, suricata, wazuh). */
  syslog: SyslogSettings.optional(),
});
export type FeedSettings = z.infer<typeof FeedSettings>;

export const FeedSettingsFile = z.strictObject({
  feeds: z.array(FeedSettings).superRefine((feeds, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of feeds.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is a feed already; each has an id of its own` });
      seen.add(id);
    }
    const sessions = new Map<string, string>();
    for (const [index, { id, mqtt }] of feeds.entries()) {
      if (mqtt === undefined) continue;
      const session = `${mqtt.url} ${mqtt.clientId}`;
      const other = sessions.get(session);
      if (other !== undefined) context.addIssue({ code: 'custom', path: [index, 'mqtt', 'clientId'], message: `a name of its own: with that of feed "${other}" the broker would throw out one for the other, without end` });
      sessions.set(session, id);
    }
  }),
});

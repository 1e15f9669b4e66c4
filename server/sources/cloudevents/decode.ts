import { z } from 'zod';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { IndicatorId } from '../../../shared/domain/ids.ts';
import type { Candidate } from '../../../shared/domain/observation.ts';
import { describeIssues, type FieldProblem, showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { ObservationFeed, ObservationItem, PostedBody } from '../../ports/feed.ts';
import { EventAttributes, OBSERVATION_EVENT_TYPE, ObservationData } from './event.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
/** Binary mode: attributes in `ce-*` headers, `data` as the body. */
const BINARY = 'application/json';

const DATA_FIELDS = Object.keys(ObservationData.shape);
const EXTENSION_NAME = /^[a-z0-9]{1,64}$/;
const HEADER_PREFIX = 'ce-';

type UnitsByIndicator = ReadonlyMap<string, Indicator['unit']>;

/** What was sent as one event, however it was packed. `nameOf` says where an attribute stood, in the sender's terms. */
interface RawEvent {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly problems: readonly FieldProblem[];
  nameOf(attribute: string): string;
  readonly dataAt: string;
}

const ATTRIBUTES_EXAMPLE = {
  specversion: '1.0', id: 'laocai-tslcd-20260301-0800-085', source: '/laocai/tslcd', type: OBSERVATION_EVENT_TYPE,
  subject: '085', time: '2026-03-01T08:00:00+07:00',
};
const DATA_EXAMPLE = { indicator: 'tslcd-latency', value: 12.5, unit: 'ms' };
const StructuredEvent = EventAttributes.extend({ data: ObservationData }).catchall(z.union([z.string(), z.number(), z.boolean()]));

/** CloudEvents 1.0 over HTTP: structured, batch and binary mode. */
export function createCloudEventsFeed(indicators: readonly Indicator[]): ObservationFeed {
  const unitsByIndicator: UnitsByIndicator = new Map(indicators.map(({ id, unit }) => [id, unit]));
  const event = { ...ATTRIBUTES_EXAMPLE, data: DATA_EXAMPLE };
  return {
    accepts: [
      { mediaType: STRUCTURED, description: 'One event, structured mode.', schema: StructuredEvent, example: event },
      { mediaType: BATCH, description: 'A list of events, which may be empty.', schema: z.array(StructuredEvent), example: [event] },
      { mediaType: BINARY, description: 'Binary mode: the attributes in ce-* headers, the body is `data`.', schema: ObservationData, example: DATA_EXAMPLE },
    ],
    decode: (request) => decodeCloudEvents(request, unitsByIndicator),
  };
}

function decodeCloudEvents(request: PostedBody, unitsByIndicator: UnitsByIndicator): ReturnType<ObservationFeed['decode']> {
  const { mediaType, payload } = request;
  if (mediaType === BATCH) {
    if (!Array.isArray(payload)) return { isBatch: true, items: [notReadable(null, '', payload, 'a list of events, which may be empty')] };
    return { isBatch: true, items: payload.map((event, index) => decodeStructured(event, `/${index}`, unitsByIndicator)) };
  }
  const item = mediaType === BINARY ? decodeEvent(readBinary(request), unitsByIndicator) : decodeStructured(payload, '', unitsByIndicator);
  return { isBatch: false, items: [item] };
}

function notReadable(id: string | null, where: string, got: unknown, expected: string): ObservationItem {
  return { kind: 'unreadable', id, problems: [{ where: where || 'body', got: showValue(got), expected }] };
}

function decodeStructured(event: unknown, at: string, unitsByIndicator: UnitsByIndicator): ObservationItem {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return notReadable(null, at, event, 'a CloudEvents 1.0 event, which is an object');
  }
  const attributes: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [name, value] of Object.entries(event)) {
    if (name === 'data') continue;
    if (name === 'data_base64') {
      problems.push({ where: `${at}/data_base64`, got: showValue(value), expected: 'data as JSON in `data`, not as base64' });
    } else if (!EXTENSION_NAME.test(name)) {
      problems.push({ where: `${at}/${name}`, got: showValue(value), expected: 'no attribute of this name: CloudEvents names are lower-case letters and digits' });
    } else if (typeof value === 'object' && value !== null) {
      problems.push({ where: `${at}/${name}`, got: showValue(value), expected: 'a text, a number or true/false: attributes are never lists or objects' });
    } else if (value !== null) {
      // The JSON format lets a sender write an attribute that is not set as null.
      attributes[name] = value;
    }
  }
  const data: unknown = Reflect.get(event, 'data');
  return decodeEvent({ attributes, data, problems, nameOf: (attribute) => `${at}/${attribute}`, dataAt: `${at}/data` }, unitsByIndicator);
}

function readBinary({ headers, payload }: PostedBody): RawEvent {
  const attributes: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  const nameOf = (attribute: string) => `header ${HEADER_PREFIX}${attribute}`;
  for (const [header, values] of Object.entries(headers)) {
    if (!header.startsWith(HEADER_PREFIX) || values === undefined) continue;
    const name = header.slice(HEADER_PREFIX.length);
    const [value = '', ...others] = values;
    const text = decodeHeader(value);
    if (others.length > 0) problems.push({ where: nameOf(name), got: `${values.length} headers`, expected: 'this header once' });
    else if (!EXTENSION_NAME.test(name)) problems.push({ where: nameOf(name), got: showValue(value), expected: 'no attribute of this name: CloudEvents names are lower-case letters and digits' });
    else if (text === null) problems.push({ where: nameOf(name), got: showValue(value), expected: 'percent-encoded UTF-8' });
    else attributes[name] = text;
  }
  if (!('specversion' in attributes)) {
    problems.push({ where: nameOf('specversion'), got: 'nothing', expected: `"1.0"; for a whole event in the body, send Content-Type ${STRUCTURED} or ${BATCH}` });
  }
  // In binary mode the Content-Type header is the datacontenttype, and it has been read as JSON already.
  delete attributes.datacontenttype;
  return { attributes, data: payload, problems, nameOf, dataAt: '' };
}

function decodeHeader(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function decodeEvent(event: RawEvent, unitsByIndicator: UnitsByIndicator): ObservationItem {
  const attributes = EventAttributes.safeParse(event.attributes);
  const data = ObservationData.safeParse(event.data);
  const id = typeof event.attributes.id === 'string' ? event.attributes.id.slice(0, 200) : null;
  const problems = [...event.problems];
  const named = new Set(problems.map(({ where }) => where));
  if (!attributes.success) {
    problems.push(...describeIssues(attributes.error, event.attributes, [])
      .map((problem) => ({ ...problem, where: event.nameOf(problem.where.slice(1)) }))
      .filter(({ where }) => !named.has(where)));
  }
  if (!data.success) {
    problems.push(...describeIssues(data.error, event.data, DATA_FIELDS).map((problem) => ({ ...problem, where: `${event.dataAt}${problem.where}` || 'body' })));
  } else {
    problems.push(...describeUnit(data.data, event.dataAt, unitsByIndicator));
  }
  if (!attributes.success || !data.success || problems.length > 0) return { kind: 'unreadable', id, problems };
  return { kind: 'candidate', id, candidate: toCandidate(attributes.data, data.data) };
}

/** An unknown indicator has no unit to compare with; the gate refuses it by name. */
function describeUnit(data: ObservationData, at: string, unitsByIndicator: UnitsByIndicator): FieldProblem[] {
  const unit = unitsByIndicator.get(data.indicator ?? data.indicatorId ?? '');
  if (unit === undefined || data.unit === undefined) return [];
  const sent = data.unit.normalize('NFC').trim();
  if (sent === unit.vi || sent === unit.en) return [];
  return [{ where: `${at}/unit`, got: showValue(data.unit), expected: `${showValue(unit.vi)} or ${showValue(unit.en)}, or no unit; values are never converted here` }];
}

/** [CE8] What a feed may not say (provenance beyond measured and declared, a citation, a comparator) has no way in here. */
function toCandidate(attributes: z.output<typeof EventAttributes>, data: ObservationData) {
  return {
    sourceId: attributes.source,
    eventId: attributes.id,
    localityCode: attributes.subject,
    indicatorId: data.indicator ?? data.indicatorId,
    observedAtMs: attributes.time,
    value: data.value,
    ...(data.numerator !== undefined && { numerator: data.numerator }),
    ...(data.denominator !== undefined && { denominator: data.denominator }),
    provenance: data.entryMethod,
  } satisfies Omit<Candidate, 'indicatorId'> & { indicatorId: IndicatorId | undefined };
}

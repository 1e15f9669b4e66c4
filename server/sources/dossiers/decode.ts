import { z } from 'zod';
import type { DossierReport } from '../../../shared/domain/dossierReport.ts';
import type { EditionId } from '../../../shared/domain/ids.ts';
import type { FieldProblem } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedFeed, DecodedItem, FeedAdapter, FeedRequest } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import type { Placement, PlaceHint, Placer } from '../placement.ts';
import { AHEAD_MS } from '../senderClock.ts';
import { parseDossierNumber } from './dossierNumber.ts';
import provinceIdentifiers from './provinceIdentifiers.json' with { type: 'json' };
import { type DossierFacts, readDossier, readStatus, readStep } from './readDossier.ts';
import { createSentFields, type SentFields, showForm } from './sentFields.ts';

const WHOLE_DOSSIERS = 'DongBoHoSoMC';
const STEPS = 'CapNhatTienDoHoSoMC';

const MAX_NUMBER_CHARACTERS = 100;
/** Of one dossier: more is not a dossier's life but a sender's loop. */
const MAX_SUPPLEMENTS = 100;

const Envelope = z.looseObject({
  service: z.enum([WHOLE_DOSSIERS, STEPS]),
  data: z.array(z.looseObject({ MaHoSo: z.string() })),
});

const EXAMPLE = {
  session: '', service: WHOLE_DOSSIERS, isUpdating: 'False',
  data: [{
    MaHoSo: '000.00.05.H36-260609-0007', TrangThaiHoSo: '4', NgayTiepNhan: '20260609083000', NgayHenTra: '20260619170000',
    DonViXuLy: 'Đà Lạt', KenhThucHien: '2', DuocThanhToanTrucTuyen: '1', DanhSachLePhi: [{ Gia: '50000' }],
  }],
};

interface Reading {
  readonly request: FeedRequest;
  readonly feed: FeedSettings;
  place(hints: readonly PlaceHint[]): Placement;
  readonly provincesByLevelOne: ReadonlyMap<string, string>;
}

/**
 * Bodies of the national dossier exchange. Of every item only the fields named in `readDossier.ts` and here are looked at; whom a dossier
 * belongs to is never read.
 */
export function createDossiersFeed({ placer, edition }: { readonly placer: Placer; readonly edition: EditionId }): FeedAdapter {
  const provincesByLevelOne = new Map(provinceIdentifiers.provinces.map((province) => [province.code, province[edition]]));
  return {
    format: 'dossiers',
    accepts: [{
      mediaType: 'application/json', description: `${WHOLE_DOSSIERS} or ${STEPS} of the national dossier exchange.`, schema: Envelope, example: EXAMPLE,
    }],
    decode: (request, feed) => decodeDossiers({ request, feed, provincesByLevelOne, place: (hints) => placer.place(hints, feed.placement) }),
  };
}

function decodeDossiers(reading: Reading): DecodedFeed {
  const { payload } = reading.request;
  const service = createSentFields(payload, '', []).text('service');
  const items: unknown = Reflect.get(Object(payload), 'data');
  if (service !== WHOLE_DOSSIERS && service !== STEPS) {
    return { isBatch: false, items: [unreadable(null, [{ where: '/service', got: showForm(service), expected: `"${WHOLE_DOSSIERS}" or "${STEPS}"; nothing can be looked up here` }])] };
  }
  if (!Array.isArray(items)) return { isBatch: false, items: [unreadable(null, [{ where: '/data', got: showForm(items), expected: 'a list of dossiers, which may be empty' }])] };
  return { isBatch: true, items: items.map((item, index) => decodeItem(item, `/data/${index}`, service, reading)) };
}

function unreadable(id: string | null, problems: readonly FieldProblem[]): DecodedItem {
  return { kind: 'unreadable', id, problems };
}

function decodeItem(item: unknown, at: string, service: typeof WHOLE_DOSSIERS | typeof STEPS, reading: Reading): DecodedItem {
  const problems: FieldProblem[] = [];
  const fields = createSentFields(item, at, problems);
  const dossierId = readNumber(fields);
  if (dossierId === null) {
    return unreadable(null, [{ where: `${at}/MaHoSo`, got: showForm(fields.text('MaHoSo')), expected: `the dossier's number, 1-${MAX_NUMBER_CHARACTERS} characters without control characters` }]);
  }
  const statusName = service === STEPS ? 'TrangThai' : 'TrangThaiHoSo';
  if (fields.isFilled(statusName) && readStatus(fields, statusName) === undefined) {
    problems.push({ where: `${at}/${statusName}`, got: showForm(fields.text(statusName)), expected: 'a status from 1 to 10' });
  }
  const { receivedAtMs } = reading.request;
  const stepAtMs = service === STEPS ? fields.time('ThoiDiemXuLy') ?? receivedAtMs : null;
  if (stepAtMs !== null && stepAtMs > receivedAtMs + AHEAD_MS) {
    problems.push({ where: `${at}/ThoiDiemXuLy`, got: 'a moment yet to come', expected: 'when the step was; the clock of the sender may be ahead' });
  }
  const facts = stepAtMs === null ? readDossier(fields, reading.feed) : readStep(fields, stepAtMs);
  if ((facts.supplements?.length ?? 0) > MAX_SUPPLEMENTS) {
    problems.push({ where: `${at}/DanhSachHoSoBoSung`, got: `a list of ${facts.supplements?.length}`, expected: `at most ${MAX_SUPPLEMENTS} supplements` });
  }
  if (problems.length > 0) return unreadable(dossierId, problems);
  const atMs = stepAtMs ?? newestMomentMs(facts, receivedAtMs);
  const placement = reading.place(hintsOf(dossierId, fields, reading));
  return { kind: 'report', id: dossierId, report: { kind: 'dossier', dossierId, atMs, ...placement, ...facts } satisfies DossierReport };
}

function readNumber(fields: SentFields): string | null {
  const number = fields.text('MaHoSo');
  return number === undefined || number.length > MAX_NUMBER_CHARACTERS || /\p{C}/u.test(number) ? null : number;
}

/** The unit says more than the number, which knows the province only. The number's level 1 may be renamed by the feed. */
function hintsOf(dossierId: string, fields: SentFields, { provincesByLevelOne, feed }: Reading): PlaceHint[] {
  const sentUnit = fields.text('DonViXuLy');
  // A unit's number in the sender's own list would be taken for the code of a place.
  const unit = sentUnit !== undefined && /^\d+$/.test(sentUnit) && !Object.hasOwn(feed.placement.names, sentUnit) ? undefined : sentUnit;
  const levelOne = parseDossierNumber(dossierId)?.levelOne;
  const province = levelOne === undefined ? undefined : provincesByLevelOne.get(levelOne);
  return [
    ...(unit === undefined ? [] : [{ by: 'unit', text: unit } as const]),
    ...[levelOne, province].flatMap((text) => (text === undefined ? [] : [{ by: 'dossier-number', text } as const])),
  ];
}

/** A due date is not a moment of the past; what is yet to come by our clock does not count either. */
function newestMomentMs({ receivedAtMs, finishedAtMs, returnedAtMs, supplements = [] }: DossierFacts, arrivedAtMs: number): number {
  const moments = [receivedAtMs, finishedAtMs, returnedAtMs, ...supplements.flatMap(({ askedAtMs, answeredAtMs }) => [askedAtMs, answeredAtMs ?? undefined])];
  const past = moments.filter((moment) => moment !== undefined && moment <= arrivedAtMs + AHEAD_MS);
  return past.reduce<number | undefined>((newest, moment) => Math.max(newest ?? 0, moment ?? 0), undefined) ?? arrivedAtMs;
}

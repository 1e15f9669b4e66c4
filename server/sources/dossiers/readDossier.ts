import type { DossierReport, Supplement } from '../../../shared/domain/dossierReport.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import type { SentFields } from './sentFields.ts';

/** What a message says of a dossier, beside what it is called and where it belongs. */
export type DossierFacts = Omit<DossierReport, 'kind' | 'dossierId' | 'atMs' | 'localityCode' | 'placedBy'>;

/** A field's value, or `undefined` where the message does not say; no field that is absent is set. */
type Said = { readonly [Name in keyof DossierFacts]: DossierFacts[Name] | undefined };

function withoutUnsaid(said: Said): DossierFacts {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

const STATUSES: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => index + 1).flatMap((status) => [[String(status), status], [String(status).padStart(2, '0'), status]]),
);

/** Statuses 3, 7, 8 and 9 end the work on a dossier, 10 returns its result (research/formats.md §5.9). */
const ENDING = new Set([3, 7, 8, 9]);
const RETURNED = 10;

const CHANNELS = { 1: 'in-person', 2: 'online', 3: 'post' } as const;
/** 1: on the national portal, 2: on the sender's own. */
const PAID_ONLINE: Readonly<Record<string, boolean>> = { 1: true, 2: true, 0: false };

export function readStatus(fields: SentFields, name: string): number | undefined {
  return fields.code(name, STATUSES);
}

/** An item of `DongBoHoSoMC`: the dossier as a whole. */
export function readDossier(fields: SentFields, { applicantTypes, resultForms }: FeedSettings): DossierFacts {
  const resultForm = fields.code('HinhThuc', resultForms) ?? fields.code('HinhThucTra', resultForms);
  const papers = fields.list('TaiLieuNop')?.filter((paper) => paper.flag('IsDeleted') !== true);
  const results = fields.list('DanhSachGiayToKetQua');
  return withoutUnsaid({
    status: readStatus(fields, 'TrangThaiHoSo'),
    receivedAtMs: fields.time('NgayTiepNhan'),
    dueAtMs: fields.time('NgayHenTra'),
    finishedAtMs: fields.time('NgayKetThucXuLy'),
    returnedAtMs: fields.time('NgayTra'),
    channel: fields.code('KenhThucHien', CHANNELS),
    resultByPost: resultForm === undefined ? undefined : resultForm === 'post',
    applicant: fields.code('LoaiDoiTuong', applicantTypes),
    payment: readPayment(fields),
    isDigitised: anyOf([fields.flag('HoSoCoThanhPhanSoHoa'), ...(papers ?? []).map((paper) => paper.flag('DuocSoHoa'))]),
    isDataReused: anyOf((papers ?? []).map((paper) => paper.flag('DuocLayTuKhoDMQG'))),
    isResultElectronic: results?.some((result) => result.isFilled('DuongDanTepTinKetQua')),
    supplements: readSupplements(fields),
  });
}

/** An item of `CapNhatTienDoHoSoMC`: one step, at `atMs`. Which dates of the dossier it sets follows from the status alone. */
export function readStep(fields: SentFields, atMs: number): DossierFacts {
  const status = readStatus(fields, 'TrangThai');
  return withoutUnsaid({
    status,
    finishedAtMs: status !== undefined && ENDING.has(status) ? atMs : undefined,
    returnedAtMs: status === RETURNED ? atMs : undefined,
  });
}

/** `true` if one says so, `false` if one says no and none yes, `undefined` if none says. */
function anyOf(flags: readonly (boolean | undefined)[]): boolean | undefined {
  return flags.includes(true) ? true : flags.find((flag) => flag !== undefined);
}

function readPayment(fields: SentFields): DossierReport['payment'] {
  const isPaidOnline = fields.code('DuocThanhToanTrucTuyen', PAID_ONLINE);
  const fees = fields.list('DanhSachLePhi')?.map((fee) => readAmount(fee.text('Gia')));
  if (fees?.length === 0) return isPaidOnline === true ? 'paid-online' : 'none';
  if (fees?.every((fee) => fee === 0)) return 'zero-fee';
  if (isPaidOnline === true) return 'paid-online';
  return fees?.some((fee) => fee !== undefined && fee > 0) ? 'due' : undefined;
}

/** Đồng, with or without separators of thousands. `undefined`: not an amount. */
function readAmount(text: string | undefined): number | undefined {
  const digits = text?.replace(/[.,](?=\d{3}(\D|$))/g, '').replace(/\.0+$/, '');
  return digits !== undefined && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** An entry without the moment at which papers were asked for says nothing. */
function readSupplements(fields: SentFields): Supplement[] | undefined {
  return fields.list('DanhSachHoSoBoSung')?.flatMap((entry) => {
    const [askedAtMs, answeredAtMs, newDueAtMs] = [entry.time('NgayBoSung'), entry.time('NgayTiepNhanBoSung'), entry.time('NgayHenTraMoi')];
    return askedAtMs === undefined ? [] : [{ askedAtMs, answeredAtMs: answeredAtMs ?? null, newDueAtMs: newDueAtMs ?? null }];
  });
}

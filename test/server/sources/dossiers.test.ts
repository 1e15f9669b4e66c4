import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DossierReport } from '../../../shared/domain/dossierReport.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { FeedSettings } from '../../../server/ports/feedSettings.ts';
import { createDossiersFeed } from '../../../server/sources/dossiers/decode.ts';
import { formatDossierNumber, parseDossierNumber } from '../../../server/sources/dossiers/dossierNumber.ts';
import provinceIdentifiers from '../../../server/sources/dossiers/provinceIdentifiers.json' with { type: 'json' };
import { parseSentTime } from '../../../server/sources/dossiers/sentTime.ts';
import { createPlacer } from '../../../server/sources/placement.ts';
import { aDossierPayload, aSentDossier, aSentStep, type DossierService, PERSONAL_MARK } from '../../support/aDossierPayload.ts';

const SEEDS = new URL('../../../seeds/', import.meta.url);
const readSeed = (path: string): unknown => JSON.parse(readFileSync(new URL(path, SEEDS), 'utf8'));
const listOf = (edition: string) => LocalityList.parse(readSeed(`geography/localities-${edition}.json`)).localities;

const adapter = createDossiersFeed({ placer: createPlacer(listOf('2021')), edition: '2021' });
const RECEIVED_AT_MS = Date.parse('2026-06-15T00:00:00Z');

const aFeed = (settings: object = {}) => FeedSettings.parse({
  id: 'lam-dong-dossiers', name: { vi: 'Một cửa Lâm Đồng', en: 'Lâm Đồng one-stop' }, format: 'dossiers', localities: ['68'], expectEveryMs: null, ...settings,
});
const decode = (payload: unknown, settings: object = {}) => adapter.decode({ mediaType: 'application/json', headers: {}, payload, receivedAtMs: RECEIVED_AT_MS }, aFeed(settings));

function decodeOne(item: unknown, service: DossierService = 'DongBoHoSoMC', settings: object = {}) {
  const [decoded] = decode(aDossierPayload([item], service), settings).items;
  if (decoded === undefined) throw new Error('Invariant: one item in, one out');
  return decoded;
}

function reportOf(overrides: object, settings: object = {}): DossierReport {
  const decoded = decodeOne(aSentDossier(overrides as Record<string, unknown>), 'DongBoHoSoMC', settings);
  if (decoded.kind !== 'report') throw new Error(`not a report: ${JSON.stringify(decoded)}`);
  return DossierReport.parse(decoded.report);
}

function problemsOf(overrides: object) {
  const decoded = decodeOne(aSentDossier(overrides as Record<string, unknown>));
  return decoded.kind === 'unreadable' ? decoded.problems : [];
}

const at = (text: string) => Date.parse(`${text}+07:00`);

describe('dossiers: one item, one report', () => {
  test('[DO1] a dossier becomes a report of exactly what is asked for', () => {
    expect(decodeOne(aSentDossier())).toEqual({
      kind: 'report', id: '000.00.05.H36-260609-0007',
      report: {
        kind: 'dossier', dossierId: '000.00.05.H36-260609-0007', atMs: at('2026-06-11T09:00:00'), localityCode: '672', placedBy: 'unit', status: 4,
        receivedAtMs: at('2026-06-09T08:30:00'), dueAtMs: at('2026-06-19T17:00:00'), channel: 'online', payment: 'due', isDigitised: true, isDataReused: false, isResultElectronic: true,
        supplements: [{ askedAtMs: at('2026-06-10T09:00:00'), answeredAtMs: at('2026-06-11T09:00:00'), newDueAtMs: null }],
      },
    });
  });

  test('[DO1] a step says the status, and the end that the status means', () => {
    const step = (overrides: Record<string, unknown>) => decodeOne(aSentStep(overrides), 'CapNhatTienDoHoSoMC');
    const stepAtMs = at('2026-06-12T10:15:00');
    const place = { localityCode: '68', placedBy: 'dossier-number' };
    expect(step({})).toMatchObject({ report: { status: 9, atMs: stepAtMs, finishedAtMs: stepAtMs, ...place } });
    expect(step({ TrangThai: 10 })).toMatchObject({ report: { status: 10, returnedAtMs: stepAtMs } });
    expect(step({ TrangThai: 4 })).toEqual({ kind: 'report', id: expect.any(String), report: { kind: 'dossier', dossierId: expect.any(String), status: 4, atMs: stepAtMs, ...place } });
    expect(step({ ThoiDiemXuLy: null })).toMatchObject({ report: { atMs: RECEIVED_AT_MS } });
    expect(step({ ThoiDiemXuLy: '2026-06-16 00:00:00' })).toMatchObject({ kind: 'unreadable', problems: [{ where: '/data/0/ThoiDiemXuLy' }] });
  });

  test('[DO2] one bad item costs the others nothing; what is no message of the exchange is one refusal', () => {
    const { isBatch, items } = decode(aDossierPayload([aSentDossier(), 7, aSentDossier({ MaHoSo: ' ' }), aSentDossier({ NgayHenTra: 'mai' }), aSentDossier()]));
    expect(isBatch).toBe(true);
    expect(items.map(({ kind }) => kind)).toEqual(['report', 'unreadable', 'unreadable', 'unreadable', 'report']);
    expect(decode(aDossierPayload([])).items).toEqual([]);
    for (const payload of [null, 7, [], {}, { service: 'TraCuuHoSo', data: [] }, { service: 'DongBoHoSoMC', data: {} }]) {
      expect(decode(payload)).toMatchObject({ isBatch: false, items: [{ kind: 'unreadable' }] });
    }
  });

  test('[DO3] a status is a number or its text, 1 to 10; nothing else is taken for one', () => {
    for (const sent of [4, '4', '04', ' 4 ']) expect(reportOf({ TrangThaiHoSo: sent }).status).toBe(4);
    for (const sent of [0, 11, '4.5', 'Đang xử lý', -1]) expect(problemsOf({ TrangThaiHoSo: sent })).toMatchObject([{ where: '/data/0/TrangThaiHoSo', expected: 'a status from 1 to 10' }]);
    for (const sent of ['', null, undefined]) expect(reportOf({ TrangThaiHoSo: sent })).not.toHaveProperty('status');
  });

  test.each([
    ['20260609083000', '2026-06-09T01:30:00Z'], [20260609083000, '2026-06-09T01:30:00Z'], ['2026-06-09 08:30:00', '2026-06-09T01:30:00Z'], ['2026-06-09T08:30:00', '2026-06-09T01:30:00Z'],
    ['2026-06-09T08:30:00.25', '2026-06-09T01:30:00.250Z'], ['2026-06-09T08:30:00Z', '2026-06-09T08:30:00Z'], ['2026-06-09T08:30:00+09:00', '2026-06-08T23:30:00Z'],
  ])('[DO4] the time %s is %s: Vietnamese where it does not say', (sent, instant) => {
    expect(reportOf({ NgayTiepNhan: sent }).receivedAtMs).toBe(Date.parse(instant));
  });

  test('[DO4] no date is an absent field; a day that does not exist is a problem', () => {
    for (const sent of ['', ' ', null, '0001-01-01T00:00:00']) expect(reportOf({ NgayTiepNhan: sent })).not.toHaveProperty('receivedAtMs');
    for (const sent of ['20260230083000', '09/06/2026', '1969-01-01 00:00:00', {}, true]) expect(problemsOf({ NgayTiepNhan: sent })).toMatchObject([{ where: '/data/0/NgayTiepNhan' }]);
    expect(parseSentTime('20260609')).toBeNull();
  });

  test('[DO5] a report is from the newest moment it names that has come', () => {
    const quiet = { DanhSachHoSoBoSung: [] };
    expect(reportOf(quiet).atMs).toBe(at('2026-06-09T08:30:00'));
    expect(reportOf({ ...quiet, NgayKetThucXuLy: '20260612100000', NgayTra: '20260613100000' }).atMs).toBe(at('2026-06-13T10:00:00'));
    expect(reportOf({ ...quiet, NgayTra: '20270101000000' }).atMs).toBe(at('2026-06-09T08:30:00'));
    expect(reportOf({ ...quiet, NgayTiepNhan: '' }).atMs).toBe(RECEIVED_AT_MS);
  });

  test('[DO6] applicant and form of result are as the feed says its codes are meant, and otherwise not known', () => {
    expect(reportOf({})).not.toHaveProperty('applicant');
    expect(reportOf({})).not.toHaveProperty('resultByPost');
    const settings = { applicantTypes: { 0: 'citizen', 1: 'business' }, resultForms: { 0: 'office', 1: 'post' } };
    expect(reportOf({}, settings)).toMatchObject({ applicant: 'business', resultByPost: false });
    expect(reportOf({ LoaiDoiTuong: 0, HinhThuc: undefined, HinhThucTra: 1 }, settings)).toMatchObject({ applicant: 'citizen', resultByPost: true });
    expect(reportOf({ LoaiDoiTuong: 2 }, settings)).not.toHaveProperty('applicant');
  });

  test.each([
    [{ DanhSachLePhi: [] }, 'none'], [{ DanhSachLePhi: [{ Gia: 0 }, { Gia: '0' }] }, 'zero-fee'], [{ DanhSachLePhi: [{ Gia: 0 }], DuocThanhToanTrucTuyen: 1 }, 'zero-fee'],
    [{ DanhSachLePhi: [{ Gia: 0 }, { Gia: '50.000' }] }, 'due'], [{ DuocThanhToanTrucTuyen: '1' }, 'paid-online'], [{ DuocThanhToanTrucTuyen: 2 }, 'paid-online'],
    [{ DanhSachLePhi: undefined }, undefined], [{ DanhSachLePhi: [{ Gia: null }] }, undefined], [{ DanhSachLePhi: undefined, DuocThanhToanTrucTuyen: 1 }, 'paid-online'],
  ])('[DO7] fees %j: %s', (sent, payment) => {
    expect(reportOf(sent).payment).toBe(payment);
  });

  test('[DO7] flags: yes if one paper says so, no if one says no, else not known; a deleted paper says nothing', () => {
    const papers = (...flags: object[]) => reportOf({ HoSoCoThanhPhanSoHoa: undefined, TaiLieuNop: flags });
    expect(papers({ DuocSoHoa: 0 }, { DuocSoHoa: true })).toMatchObject({ isDigitised: true });
    expect(papers({ DuocSoHoa: '0' })).toMatchObject({ isDigitised: false });
    expect(papers({ DuocSoHoa: 1, IsDeleted: 'True' })).not.toHaveProperty('isDigitised');
    expect(papers({ DuocLayTuKhoDMQG: '1' })).toMatchObject({ isDataReused: true });
    expect(reportOf({ HoSoCoThanhPhanSoHoa: '1', TaiLieuNop: [] })).toMatchObject({ isDigitised: true });
    expect(reportOf({ DanhSachGiayToKetQua: [{ DuongDanTepTinKetQua: '' }] })).toMatchObject({ isResultElectronic: false });
    expect(reportOf({ DanhSachGiayToKetQua: undefined })).not.toHaveProperty('isResultElectronic');
    expect(reportOf({ KenhThucHien: '9' })).not.toHaveProperty('channel');
  });
});

describe('dossiers: where they belong', () => {
  test('[DO8] the unit places in its district, else the number in its province, else the feed, else nowhere', () => {
    const placeOf = (overrides: object, placement: object = {}) => {
      const { localityCode, placedBy } = reportOf(overrides, { placement });
      return [localityCode, placedBy];
    };
    expect(placeOf({ DonViXuLy: 'UBND TP Đà Lạt' })).toEqual(['68', 'dossier-number']);
    expect(placeOf({ DonViXuLy: 'UBND TP Đà Lạt' }, { names: { 'UBND TP Đà Lạt': '672' } })).toEqual(['672', 'unit']);
    expect(placeOf({ DonViXuLy: '12' })).toEqual(['68', 'dossier-number']);
    expect(placeOf({ DonViXuLy: '12' }, { names: { 12: '672' } })).toEqual(['672', 'unit']);
    expect(placeOf({ DonViXuLy: null, MaHoSo: '000.00.05.H36-260609-0007' }, { names: { H36: '67' } })).toEqual(['67', 'dossier-number']);
    expect(placeOf({ DonViXuLy: null, MaHoSo: 'G09.20-20260609-0092637' })).toEqual([null, null]);
    expect(placeOf({ DonViXuLy: null, MaHoSo: 'HS 17' }, { otherwise: '68' })).toEqual(['68', 'feed']);
  });

  test.each(['2021', '2025'] as const)('[DO8] the 63 identifiers name provinces of edition %s, as the merger of 2025 joined them', (edition) => {
    const provinces = new Map(listOf(edition).filter(({ level }) => level === 'province').map(({ code, name }) => [code as string, name]));
    const { provinces: merged } = readSeed('geography/crosswalk-2021-2025.json') as { provinces: { from: string; to: string }[] };
    const successors = new Map(merged.map(({ from, to }) => [from, to]));
    expect(provinceIdentifiers.provinces.map(({ code }) => code)).toEqual(Array.from({ length: 63 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`));
    expect(new Set(provinceIdentifiers.provinces.map((each) => each[edition]))).toEqual(new Set(provinces.keys()));
    for (const each of provinceIdentifiers.provinces) {
      expect(each[2025]).toBe(successors.get(each[2021]));
      if (edition === '2021') expect(provinces.get(each[2021])).toBe(each.name);
    }
  });

  test('[DO9] both grammars of a number are read', () => {
    expect(parseDossierNumber('000.00.05.H10-190612-0007')).toEqual({ grammar: 'unit-first', office: '000.00.05.H10', levelOne: 'H10', isoDate: '2019-06-12', serial: '0007' });
    expect(parseDossierNumber('G09.20-20260609-0092637')).toEqual({ grammar: 'level-first', office: 'G09.20', levelOne: 'G09', isoDate: '2026-06-09', serial: '0092637' });
    for (const other of ['', 'HS-17', '000.00.05.H10-190632-0007', '000.00.05.H10-190612-7', 'H10-190612-0007']) expect(parseDossierNumber(other)).toBeNull();
  });

  test('[DO9] a number read and written is itself', () => {
    const digits = (min: number, max = min) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
    const levelOne = fc.tuple(fc.constantFrom('H', 'G', 'K'), digits(2)).map((parts) => parts.join(''));
    const isoDate = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
    const unitFirst = fc.record({ grammar: fc.constant('unit-first' as const), levelOne, isoDate, serial: digits(4, 10), prefix: fc.tuple(digits(3), digits(2), digits(2)) })
      .map(({ prefix, ...number }) => ({ ...number, office: [...prefix, number.levelOne].join('.') }));
    const levelFirst = fc.record({ grammar: fc.constant('level-first' as const), levelOne, isoDate, serial: digits(4, 10), levels: fc.array(digits(1, 3), { maxLength: 4 }) })
      .map(({ levels, ...number }) => ({ ...number, office: [number.levelOne, ...levels].join('.') }));
    fc.assert(fc.property(fc.oneof(unitFirst, levelFirst), (number) => {
      const text = formatDossierNumber(number);
      expect(parseDossierNumber(text)).toEqual(number);
    }));
  });
});

describe('dossiers: no person is read', () => {
  /** Everything of an item that a report may be made of. */
  const READ = new Set([
    'MaHoSo', 'TrangThaiHoSo', 'NgayTiepNhan', 'NgayHenTra', 'NgayKetThucXuLy', 'NgayTra', 'DonViXuLy', 'KenhThucHien', 'HinhThuc', 'HinhThucTra', 'LoaiDoiTuong', 'DuocThanhToanTrucTuyen',
    'HoSoCoThanhPhanSoHoa', 'TaiLieuNop', 'DuocSoHoa', 'DuocLayTuKhoDMQG', 'IsDeleted', 'DanhSachLePhi', 'Gia', 'DanhSachHoSoBoSung', 'NgayBoSung', 'NgayTiepNhanBoSung', 'NgayHenTraMoi',
    'DanhSachGiayToKetQua', 'DuongDanTepTinKetQua', 'TrangThai', 'ThoiDiemXuLy', 'service', 'data',
  ]);
  /** A word no key of ours has, so that what shows it has read it. */
  const marked = fc.string({ maxLength: 12 }).map((text) => `${PERSONAL_MARK}${text}`);
  const deep = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof({ maxDepth: 3 }, marked, fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(fc.oneof(marked, fc.constantFrom('ChuHoSo', 'DiaChi', 'TaiLieuNop')), tie('any'), { maxKeys: 3 })),
  })).any;
  const strewn = (item: Record<string, unknown>) => fc.dictionary(
    fc.oneof(marked, fc.string({ maxLength: 8 }), fc.constantFrom(...Object.keys(item))).filter((name) => !READ.has(name) && name !== '__proto__'), deep, { maxKeys: 12 },
  ).map((others) => ({ ...item, ...others }));

  test('[DO10] what is marked as personal in every place where real messages have it is in no answer', () => {
    for (const item of [aSentDossier(), aSentDossier({ NgayHenTra: 'x' }), aSentDossier({ MaHoSo: null })]) {
      expect(JSON.stringify(item)).toContain(PERSONAL_MARK);
      expect(JSON.stringify(decodeOne(item))).not.toContain(PERSONAL_MARK);
    }
    expect(JSON.stringify(decodeOne(aSentStep(), 'CapNhatTienDoHoSoMC'))).not.toContain(PERSONAL_MARK);
  });

  test('[DO10] nor is anything from a field that is not asked for, at any depth', () => {
    const bad = fc.constantFrom({}, { NgayHenTra: 'not a time' }, { TrangThaiHoSo: 99 }, { MaHoSo: 5 });
    fc.assert(fc.property(strewn(aSentDossier()), bad, strewn(aDossierPayload([])), (item, wrong, envelope) => {
      expect(JSON.stringify(decode({ ...envelope, data: [{ ...item, ...wrong }] }))).not.toContain(PERSONAL_MARK);
    }));
  });

  test('[DO11] a problem shows the form of what was there, never the text: people write names into any field', () => {
    expect(problemsOf({ NgayTra: 'Nguyễn Văn A 0912345678' })).toMatchObject([{ got: 'a string like aaaaaa aaa a 9999999999' }]);
    for (const field of ['NgayTra', 'NgayHenTra', 'TrangThaiHoSo']) {
      for (const value of [PERSONAL_MARK, [PERSONAL_MARK], { [PERSONAL_MARK]: PERSONAL_MARK }]) expect(JSON.stringify(decodeOne(aSentDossier({ [field]: value })))).not.toContain(PERSONAL_MARK);
    }
    expect(JSON.stringify(decode({ service: PERSONAL_MARK, data: [] }))).not.toContain(PERSONAL_MARK);
  });
});

describe('dossiers: whatever is sent', () => {
  const oddValue = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom('', '0', '1', -1, 1e15, '20260609083000', '9999-12-31T23:59:59', '0001-01-01', [], {}, [null], [[]]));
  const mutated = (item: Record<string, unknown>) => fc.dictionary(fc.constantFrom(...Object.keys(item)), oddValue, { maxKeys: 5 }).map((others) => ({ ...item, ...others }));
  const services = fc.constantFrom<DossierService>('DongBoHoSoMC', 'CapNhatTienDoHoSoMC');

  test('[DO12] decoding never throws, answers once per item, and every report fits its schema', () => {
    const items = fc.array(fc.oneof(fc.anything(), mutated(aSentDossier()), mutated(aSentStep())), { maxLength: 5 });
    fc.assert(fc.property(services, items, (service, data) => {
      const decoded = decode({ service, data });
      expect(decoded.items).toHaveLength(data.length);
      for (const item of decoded.items) {
        if (item.kind === 'unreadable') expect(item.problems.length).toBeGreaterThan(0);
        else if (item.kind === 'report') expect(DossierReport.safeParse(item.report)).toMatchObject({ success: true });
        else throw new Error(`unexpected ${item.kind}`);
      }
    }), { numRuns: 500 });
  });

  test('[DO12] nor does any other body', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.record({ service: fc.oneof(services, fc.anything()), data: fc.anything() }, { requiredKeys: [] })), (payload) => {
      decode(payload);
    }), { numRuns: 300 });
  });

  test('[DO12] the example in the description of the interface can be sent as it is', () => {
    for (const { schema, example } of adapter.accepts) {
      expect(schema.safeParse(example).success).toBe(true);
      expect(decode(example).items.map(({ kind }) => kind)).toEqual(['report']);
    }
  });
});

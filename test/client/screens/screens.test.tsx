// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { CatalogueProvider } from '../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { AnswersProvider } from '../../../client/screens/answers.tsx';
import { DemoControls } from '../../../client/screens/demo/DemoControls.tsx';
import { DemoFigure } from '../../../client/screens/demo/DemoFigure.tsx';
import { ReplayStage } from '../../../client/screens/demo/ReplayStage.tsx';
import HomeScreen from '../../../client/screens/home/HomeScreen.tsx';
import { SHORT_ORDER } from '../../../client/screens/province/districtOrder.ts';
import { DistrictList } from '../../../client/screens/province/DistrictList.tsx';
import { ExplainSheet } from '../../../client/screens/province/explain/ExplainSheet.tsx';
import { FigureCard } from '../../../client/screens/province/FigureCard.tsx';
import { useLocalRows } from '../../../client/screens/province/localRows.ts';
import { MoreFigures } from '../../../client/screens/province/MoreFigures.tsx';
import { ProvinceAlarm } from '../../../client/screens/province/ProvinceAlarm.tsx';
import { createMirrorStore, type MirrorStore } from '../../../client/store/createMirrorStore.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { packStatus, createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';

const EPOCH = '0123456789abcdef';
const NOW_MS = Date.parse('2026-11-23T14:30:00+07:00');
const MINUTE_MS = 60_000;
const indicators = realIndicators();
const localities = LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities });
const catalogue = createCatalogue(localities, indicators);
const { table } = catalogue;

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

interface Told { readonly value: number; readonly numerator?: number; readonly denominator?: number; readonly agoMs?: number; readonly provenance?: 'measured' | 'simulated' | 'reported' | 'illustrative'; readonly comparator?: 'exactly' | 'more-than' }

/** A live mirror that holds exactly these readings, written "68/dossiers-overdue". */
function aStore(told: Readonly<Record<string, Told>>): MirrorStore {
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  store.follow('nation');
  const columns = createReadingColumns(table.series.length);
  for (const [series, { value, numerator, denominator, agoMs = 0, provenance = 'measured', comparator = 'exactly' }] of Object.entries(told)) {
    const index = table.indexOf(series.split('/')[0]!, series.split('/')[1]!)!;
    columns.value[index] = value;
    if (numerator !== undefined) columns.numerator[index] = numerator;
    if (denominator !== undefined) columns.denominator[index] = denominator;
    columns.observedAtMs[index] = NOW_MS - agoMs;
    columns.status[index] = packStatus({ freshness: 'fresh', provenance, comparator });
  }
  const header = { kind: 'snapshot', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 0, seq: 1, serverTimeMs: NOW_MS, dataTimeMs: NOW_MS, seriesCount: table.series.length } as const;
  store.takeFrame(createFrameEncoder(decimalsOf(table)).encodeSnapshot(header, columns, topicRanges(table, 'nation')!));
  store.setState({ serverNowMs: NOW_MS, dataNowMs: NOW_MS, link: { state: 'live', sinceMs: NOW_MS, attempt: 0, retryInMs: null } });
  return store;
}

function show(store: MirrorStore, children: ReactNode) {
  return render(<MemoryRouter><AnswersProvider><CatalogueProvider catalogue={catalogue} store={store}>{children}</CatalogueProvider></AnswersProvider></MemoryRouter>);
}

function answerWith(answers: Readonly<Record<string, unknown>>): void {
  vi.stubGlobal('fetch', (path: string) => {
    const [, answer] = Object.entries(answers).find(([start]) => path.startsWith(start)) ?? [];
    return Promise.resolve(answer === undefined ? new Response('', { status: 404 }) : Response.json(answer));
  });
}

const card = (props: Partial<Parameters<typeof FigureCard>[0]> = {}) => (
  <FigureCard localityCode="68" indicatorId="dossiers-on-time-share" pageIds={['dossiers-on-time-share']} isSelected onSelect={() => {}} onExplain={() => {}} {...props} />);

const ON_TIME = { '68/dossiers-on-time-share': { value: 94.6, numerator: 7_201, denominator: 7_612, agoMs: 4 * MINUTE_MS } };

test('[PS7] [XP5] a card shows its parts, age, target, run and change', async () => {
  const before = { localityCode: '68', indicatorId: 'dossiers-on-time-share', value: 94.2, numerator: null, denominator: null, observedAtMs: 1, freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 0, membersExpected: 0 };
  answerWith({ '/api/v1/trends': { channel: 'live', epoch: EPOCH, localityCode: '68', fromMs: 1, toMs: 2, bucketMs: 1, trends: [{ indicatorId: 'dossiers-on-time-share', points: [94.2, null, 94.6], before }] } });
  show(aStore(ON_TIME), card());
  for (const words of ['94,6', '7.201/7.612', 'đo · 4 phút', 'đích 95%']) expect(screen.getByText(words)).toBeTruthy();
  expect(await screen.findByText('+0,4 điểm sau 24 giờ')).toBeTruthy();
  expect(screen.getByRole('img', { name: '24 giờ qua: từ 94,2 đến 94,6' })).toBeTruthy();
});

test('[XP5] while the change is not known a card says nothing of it', () => {
  answerWith({});
  show(aStore(ON_TIME), card());
  expect(screen.queryByText(/24 giờ/)).toBeNull();
});

test('[PS7] an old number says that it is old', () => {
  show(aStore({ '68/dossiers-on-time-share': { value: 94.6, agoMs: 30 * MINUTE_MS } }), card({ isSelected: false }));
  expect(screen.getByText(/^cũ · 30 phút/)).toBeTruthy();
});

test('[PS7] when the link is lost a fresh number is old at once', () => {
  const store = aStore({ '68/dossiers-on-time-share': { value: 94.6 } });
  const { container } = show(store, card());
  act(() => store.setState({ link: { state: 'lost', sinceMs: NOW_MS, attempt: 1, retryInMs: null } }));
  expect(container.querySelector('[data-look="lost"]')?.textContent).toContain('94,6');
  expect(screen.getByText(/^cũ/)).toBeTruthy();
});

function TheList({ indicatorId }: { readonly indicatorId: string }) {
  const indicator = catalogue.indicator(indicatorId)!;
  const [order, setOrder] = useState(SHORT_ORDER);
  return <DistrictList rows={useLocalRows('68', indicator)} indicator={indicator} unitCode={null} order={order} onOrder={setOrder} onSelect={chosen} shortCount={4} />;
}
const chosen = vi.fn();
const units = table.childrenOf('68');
const shares = Object.fromEntries(units.map(({ code }, i) => [`${code}/dossiers-on-time-share`, { value: 90 + i * 0.5, numerator: 9, denominator: 10 }]));

test('[PS8] the list is short, worst first, and opens to every district', () => {
  show(aStore(shares), <TheList indicatorId="dossiers-on-time-share" />);
  expect(screen.getByText('Huyện thấp nhất, đúng hạn')).toBeTruthy();
  expect(screen.getByText('thang 90–100% · vạch: đích 95%')).toBeTruthy();
  expect(within(screen.getByRole('table')).getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(units.slice(0, 4).map(({ name }) => name));
  fireEvent.click(screen.getByRole('button', { name: `Xem cả ${units.length} huyện` }));
  expect(screen.getAllByRole('rowheader')).toHaveLength(units.length);
  fireEvent.click(screen.getByRole('button', { name: 'Tên' }));
  const names = screen.getAllByRole('rowheader').map(({ textContent }) => textContent!);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'vi')));
});

test('[PS11] every other figure of the place is listed and leads to where it comes from; those never told are counted', () => {
  const explained = vi.fn();
  show(aStore({ '68/results-signed-share': { value: 31.5 }, '68/public-centre-state': { value: 1 } }),
    <MoreFigures localityCode="68" indicatorIds={['public-centre-state', 'results-signed-share', 'payments-online-share']} onExplain={explained} />);
  expect(screen.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('đang hoạt động'), expect.stringContaining('31,5%'),
  ]);
  expect(screen.getByText('1 số chưa có')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Tỷ lệ kết quả ký số' }));
  expect(explained).toHaveBeenCalledWith('results-signed-share');
});

test('[PS8] a district is chosen from the list as from the map', () => {
  show(aStore(shares), <TheList indicatorId="dossiers-on-time-share" />);
  fireEvent.click(screen.getByRole('button', { name: units[0]!.name }));
  expect(chosen).toHaveBeenCalledWith(units[0]!.code);
});

test('[PS8] a state is said in words, and a district without a reading stands last with a dash', () => {
  const [first, second, ...rest] = units;
  const told = Object.fromEntries(rest.map(({ code }) => [`${code}/tslcd-link-state`, { value: 2 }]));
  show(aStore({ ...told, [`${second!.code}/tslcd-link-state`]: { value: 0 } }), <TheList indicatorId="tslcd-link-state" />);
  expect(screen.getAllByRole('row')[1]?.textContent).toContain(`${second!.name}mất nối`);
  fireEvent.click(screen.getByRole('button', { name: /Xem cả/ }));
  expect(screen.getAllByRole('row').at(-1)?.textContent).toBe(`${first!.name}—chưa có số`);
});

const anAlarm = (overrides: Partial<Record<keyof Alarm, unknown>>) => alarmWith({
  id: 'a', occurrenceId: 'a1', severity: 'high', domain: 'connectivity', localityCode: '672', indicatorId: 'tslcd-link-state', sourceId: null, kind: 'state',
  value: 0, state: 'UNACK', sinceMs: NOW_MS - 73_000, dataLost: false, ...overrides,
});

test('[PS9] [AW6] the worst open alarm of the province is named with its age, and one that is another province’s is not', () => {
  const store = aStore({});
  store.setState({ alarms: [anAlarm({}), anAlarm({ id: 'b', severity: 'critical', localityCode: '01' })] });
  show(store, <ProvinceAlarm provinceCode="68" />);
  expect(screen.getByText('Cao · Kết nối')).toBeTruthy();
  expect(screen.getByText('Đà Lạt mất nối TSLCD')).toBeTruthy();
  expect(screen.getByText('01:13')).toBeTruthy();
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Xác nhận']);
});

test('[PS9] a province without an alarm has no banner', () => {
  const store = aStore({});
  store.setState({ alarms: [anAlarm({ localityCode: '001' })] });
  const { container } = show(store, <ProvinceAlarm provinceCode="68" />);
  expect(container.textContent).toBe('');
});

const OVERDUE = { path: [{ localityCode: '68', indicatorId: 'dossiers-overdue' }], open: () => {}, goDown: () => {}, goUp: () => {}, close: () => {} };

test('[PS10] [XP2] a number that does not add up says so with both numbers', async () => {
  const reading = { localityCode: '68', indicatorId: 'dossiers-overdue', value: 196, numerator: null, denominator: null, observedAtMs: NOW_MS, freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 12, membersExpected: 12 };
  const common = { name: { vi: 'Quá hạn', en: 'Overdue' }, unit: { vi: 'hồ sơ', en: 'dossiers' }, formula: '', source: null };
  const member = { ...common, reading: { ...reading, localityCode: '672', value: 193, membersFresh: 0, membersExpected: 0 }, rule: 'observed', recomputed: 193, members: [] };
  answerWith({ '/api/v1/explain': { ...common, reading, rule: 'sum', recomputed: 193, members: [member], channel: 'live', epoch: EPOCH, atMs: NOW_MS, facts: [] } });
  show(aStore({}), <ExplainSheet address={OVERDUE} />);
  const dialog = await screen.findByRole('dialog', { name: 'Số này từ đâu ra?' });
  expect(await within(dialog).findByText('Không khớp: cộng các phần được 193, con số trên là 196')).toBeTruthy();
  expect(within(dialog).getByText('Đà Lạt')).toBeTruthy();
});

test('[PS10] an explanation that cannot be had is no empty sheet', async () => {
  answerWith({});
  show(aStore({}), <ExplainSheet address={OVERDUE} />);
  expect((await screen.findByRole('alert', undefined, { timeout: 5_000 })).textContent).toMatch(/Không hỏi được máy chủ/);
});

test('[HS3] the home page finds a district by name without marks and leads to it on its province', async () => {
  answerWith({
    '/api/v1/channels': [{ channel: 'live', edition: '2021', epoch: EPOCH, player: 'x', seriesCount: 1, playback: { nowMs: 1, rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] } }],
    '/api/v1/localities': localities,
    '/api/v1/feeds': { channel: 'live', epoch: EPOCH, acceptedCount: 1, health: { fresh: 68, late: 1, stale: 0, dead: 1, never: 0 }, sources: [], refusals: [], feeds: [], turnedAway: [], webhooks: [] },
  });
  render(<MemoryRouter><HomeScreen /></MemoryRouter>);
  expect((await screen.findByRole('link', { name: 'Lâm Đồng' })).getAttribute('href')).toBe('/province/68');
  expect(await screen.findByText(/68\/70 nguồn mới/)).toBeTruthy();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'da lat' } });
  expect((await screen.findByRole('link', { name: /Đà Lạt/ })).getAttribute('href')).toBe('/province/68?unit=672');
  const targets = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(targets.every((href) => href !== null && /^\/(wall|desk|compare|feeds|demo|province\/\d{2}(\?unit=\d{3})?)$/.test(href))).toBe(true);
});

test('[DM5] the stage says that this is not live, whatever the scene draws', () => {
  const store = aStore({});
  store.setState({ playback: { nowMs: 1, rate: (30 * 86_400_000) / 1_000, isPlaying: true, startMs: 0, endMs: 9, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: ['pause', 'seek', 'rate'] } });
  show(store, <ReplayStage isStacked={false} isIllustrated={false}><div /></ReplayStage>);
  expect(screen.getByRole('heading', { name: 'PHÁT LẠI 2019–2021' })).toBeTruthy();
  expect(screen.getByText('KHÔNG PHẢI TRỰC TIẾP')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toBe('Đang phát · 30 ngày/giây');
});

test('[DM6] a reported figure keeps its comparator and its quote mark; before its first report there is none', () => {
  show(aStore({ 'VN/services-level4-share': { value: 15.9, provenance: 'reported', comparator: 'more-than' } }), <>
    <DemoFigure indicatorId="services-level4-share" reports={[]} facts={[]} onCite={() => {}} />
    <DemoFigure indicatorId="tslcd-share" reports={[]} facts={[]} onCite={() => {}} />
  </>);
  expect(screen.getByText('> 15,9')).toBeTruthy();
  expect(screen.getAllByRole('img', { name: 'báo chí nêu' })).toHaveLength(1);
  expect(screen.getAllByText('chưa có số')).toHaveLength(1);
});

test('[IL5] what is filled in elsewhere never stands where a report will', () => {
  show(aStore({ 'VN/tslcd-share': { value: 40, provenance: 'illustrative' } }), <DemoFigure indicatorId="tslcd-share" reports={[]} facts={[]} onCite={() => {}} />);
  expect(screen.getByText('—')).toBeTruthy();
  expect(screen.getByText('chưa có số')).toBeTruthy();
  expect(screen.queryByText(/40/)).toBeNull();
});

test('[DM7] only what the channel can do is offered', () => {
  const controls = {
    can: (what: string) => what === 'pause',
    toggle: vi.fn(), pause: vi.fn(), seek: vi.fn(), goTo: vi.fn(), setRate: vi.fn(), stepRate: vi.fn(), toggleChapters: vi.fn(), toggleLoop: vi.fn(),
  };
  show(aStore({}), <DemoControls controls={controls} illustration={{ isOn: false, toggle: () => {} }} milestones={[]} nowMs={0} isDisabled={false} />);
  fireEvent.click(screen.getByRole('button', { name: 'Phát' }));
  expect(controls.toggle).toHaveBeenCalledOnce();
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent)).toEqual(['Phát', 'Lớp minh họa (I)']);
  expect(screen.getByText('Âm báo tắt · không ghi nhận xử lý')).toBeTruthy();
});

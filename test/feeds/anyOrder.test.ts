import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { FeedAnswer } from '../../shared/protocol/feeds.ts';
import { SnapshotDto } from '../../shared/protocol/http.ts';
import { aDossierPayload, aSentDossier, aSentStep, type DossierService } from '../support/aDossierPayload.ts';
import { type FeedServer, startFeedServer } from '../support/aFeedServer.ts';

/** Each is told the same, in an order of its own. */
const PROVINCES = ['01', '48', '68', '79', '10', '31', '38', '40'];
const MINUTE_MS = 60_000;
const NOW_MS = Date.now();
const minutesAgo = (minutes: number) => NOW_MS - minutes * MINUTE_MS;
const DAY_MINUTES = 24 * 60;

interface Message {
  readonly format: 'alertmanager' | 'dossiers';
  /** Only what is of one kind may stand in one body. */
  readonly kind: 'alerts' | DossierService;
  readonly item: object;
}

/** An occurrence begun so long ago; `endedMinutes`: and over since. */
function anAlert(name: string, severity: string, begunMinutes: number, endedMinutes?: number): Message {
  const endsAt = endedMinutes === undefined ? '0001-01-01T00:00:00Z' : new Date(minutesAgo(endedMinutes)).toISOString();
  return { format: 'alertmanager', kind: 'alerts', item: {
    status: endedMinutes === undefined ? 'firing' : 'resolved', labels: { alertname: name, severity }, annotations: {},
    startsAt: new Date(minutesAgo(begunMinutes)).toISOString(), endsAt, fingerprint: name,
  } };
}

/** As the exchange writes a moment, in Vietnamese time. */
const written = (atMs: number) => new Date(atMs + 7 * 60 * MINUTE_MS).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
/** Due so long ago; farther than any run of days off, which would put it off. */
const aDossier = (number: string, dueDaysAgo: number, more: object = {}): Message => ({ format: 'dossiers', kind: 'DongBoHoSoMC', item: aSentDossier({
  MaHoSo: number, DonViXuLy: '', DanhSachHoSoBoSung: [], NgayTiepNhan: written(minutesAgo(30 * DAY_MINUTES)), NgayHenTra: written(minutesAgo(dueDaysAgo * DAY_MINUTES)), ...more,
}) });
const aStep = (number: string, status: string, daysAgo: number): Message => ({ format: 'dossiers', kind: 'CapNhatTienDoHoSoMC', item: aSentStep({
  MaHoSo: number, TrangThai: status, ThoiDiemXuLy: written(minutesAgo(daysAgo * DAY_MINUTES)),
}) });

const MESSAGES: readonly Message[] = [
  anAlert('over', 'critical', 60), anAlert('over', 'critical', 60, 30),
  anAlert('open', 'critical', 50),
  anAlert('again', 'high', 40), anAlert('again', 'high', 40, 20), anAlert('again', 'high', 10),
  aDossier('late', 20), aStep('late', '4', 25), aDossier('late', 20, { TrangThaiHoSo: '5' }),
  aDossier('finished', 20), aStep('finished', '9', 1),
  aDossier('in-time', -20), aStep('in-time', '2', 2),
];
const SHOWN = { 'alerts-critical': 1, 'alerts-high': 1, 'alerts-medium': 0, 'alerts-open': 2, 'alerts-day': 4, 'dossiers-waiting': 2, 'dossiers-overdue': 1 };

/** All of them and any of them again, in any order, cut anywhere. */
const deliveries = fc.subarray([...MESSAGES]).chain((again) => {
  const sent = [...MESSAGES, ...again];
  return fc.tuple(fc.shuffledSubarray(sent, { minLength: sent.length }), fc.array(fc.boolean(), { minLength: sent.length, maxLength: sent.length }));
}).map(([sent, cuts]) => toBodies(sent, cuts));

function toBodies(sent: readonly Message[], cuts: readonly boolean[]): Message[][] {
  const bodies: Message[][] = [];
  sent.forEach((message, index) => {
    const last = bodies.at(-1);
    if (last === undefined || cuts[index] === true || last[0]?.kind !== message.kind) bodies.push([message]);
    else last.push(message);
  });
  return bodies;
}

let server: FeedServer;
beforeAll(async () => {
  server = await startFeedServer(PROVINCES.flatMap((code) => (['alertmanager', 'dossiers'] as const).map((format) =>
    ({ id: `${format}-${code}`, format, localities: [LocalityCode.parse(code)], placement: { otherwise: LocalityCode.parse(code) } }))));
});
afterAll(async () => {
  await server?.stop();
  server?.remove();
});

async function post(code: string, body: readonly Message[]): Promise<void> {
  const [first] = body;
  if (first === undefined) return;
  const items = body.map(({ item }) => item);
  const answer = await fetch(`${server.url}/api/v1/feeds/${first.format}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${server.tokenOf(`${first.format}-${code}`)}` },
    body: JSON.stringify(first.kind === 'alerts' ? { version: '4', alerts: items } : aDossierPayload(items, first.kind)),
  });
  const { stored, duplicate } = FeedAnswer.parse(await answer.json());
  expect(stored + duplicate).toBe(items.length);
}

/** Every value that the province shows, by indicator. */
async function shownIn(code: string): Promise<Record<string, number | null>> {
  const { readings } = SnapshotDto.parse(await (await fetch(`${server.url}/api/v1/snapshot?channel=live&locality=${code}`)).json());
  return Object.fromEntries(readings.filter(({ localityCode }) => localityCode === code).map(({ indicatorId, value }) => [indicatorId, value]));
}

test('[RF7] the same reports in any order, in any batches, any of them twice, show the same', async () => {
  const runs = fc.sample(deliveries, PROVINCES.length);
  for (const [index, bodies] of runs.entries()) {
    for (const body of bodies) await post(PROVINCES[index] ?? '', body);
  }
  const [first = ''] = PROVINCES;
  for (const [index, code] of PROVINCES.entries()) {
    const order = JSON.stringify(runs[index]?.map((body) => body.map((message) => MESSAGES.indexOf(message))));
    await vi.waitFor(async () => {
      const shown = await shownIn(code);
      expect(shown, `the messages of ${code} came as ${order}`).toMatchObject(SHOWN);
      expect(shown, `the messages of ${code} came as ${order}`).toEqual(await shownIn(first));
    }, { timeout: 20_000, interval: 100 });
  }
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { SnapshotDto } from '../../shared/protocol/http.ts';
import { SOCKET_PATH } from '../../shared/protocol/version.ts';
import { aDossierPayload, aSentDossier, aSentStep, PERSONAL_MARK } from '../support/aDossierPayload.ts';
import { type FeedServer, startFeedServer } from '../support/aFeedServer.ts';

const DOSSIER_NUMBER = '000.00.05.H36-260609-0007';
const WAZUH_TITLE = 'sshd: brute force trying to get access to the system';
const CEF_TITLE = 'SQL injection';
const mark = (what: string) => `${PERSONAL_MARK} ${what}`;
const GETS = ['feeds?channel=live', 'quarantine?channel=live', 'snapshot?channel=live', 'alarms?channel=live', 'explain?channel=live&locality=68&indicator=alerts-open'];

const PATIENCE = { timeout: 20_000, interval: 100 };

let server: FeedServer;
/** Everything that left the server, by where. */
const left = new Map<string, Buffer>();

beforeAll(async () => {
  server = await startFeedServer([
    { id: 'motcua-68', format: 'dossiers', localities: ['68'] },
    { id: 'wazuh-68', format: 'wazuh', localities: ['68'], placement: { otherwise: '68' } },
    { id: 'firewall-68', format: 'cef', localities: ['68'], placement: { otherwise: '68' } },
  ], { IOC_LOG_LEVEL: 'trace' });
});
afterAll(() => server?.remove());

function holding(text: string): string[] {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return [...left].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([where]) => where);
}

function keepFiles(when: string): void {
  for (const name of readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' })) {
    const path = join(server.dataDir, name);
    if (statSync(path).isFile()) left.set(`${when}: ${name}`, readFileSync(path));
  }
}

async function keepAnswer(what: string, answer: Response): Promise<number> {
  const headers = JSON.stringify([...answer.headers]);
  left.set(`answer ${answer.status} to ${what}`, Buffer.concat([Buffer.from(headers), Buffer.from(await answer.arrayBuffer())]));
  return answer.status;
}

const FORMATS = { dossiers: ['motcua-68', 'application/json'], wazuh: ['wazuh-68', 'application/x-ndjson'], cef: ['firewall-68', 'text/plain'] } as const;

async function post(format: keyof typeof FORMATS, what: string, body: string, token?: string): Promise<number> {
  const [feedId, mediaType] = FORMATS[format];
  return keepAnswer(`${format}, ${what}`, await fetch(`${server.url}/api/v1/feeds/${format}`, {
    method: 'POST', headers: { 'Content-Type': mediaType, Authorization: `Bearer ${token ?? server.tokenOf(feedId)}` }, body,
  }));
}

async function sendDossiers(): Promise<void> {
  const good = aDossierPayload();
  const broken = [
    aSentDossier({ TrangThaiHoSo: mark('status') }), aSentDossier({ MaHoSo: '' }), aSentDossier({ MaHoSo: mark('number').padEnd(200, 'x') }),
    aSentDossier({ NgayTiepNhan: mark('day'), NgayHenTra: mark('day') }), aSentDossier({ DonViXuLy: mark('unit'), DanhSachLePhi: mark('fees'), DanhSachHoSoBoSung: [mark('paper')] }),
    mark('no object'), [mark('list')], null,
  ];
  expect(await post('dossiers', 'whole', JSON.stringify(good))).toBe(200);
  expect(await post('dossiers', 'whole again', JSON.stringify(good))).toBe(200);
  expect(await post('dossiers', 'step', JSON.stringify(aDossierPayload([aSentStep()], 'CapNhatTienDoHoSoMC')))).toBe(200);
  expect(await post('dossiers', 'good and broken', JSON.stringify(aDossierPayload([aSentDossier({ MaHoSo: '000.00.05.H36-260609-0008' }), ...broken])))).toBe(200);
  expect(await post('dossiers', 'broken steps', JSON.stringify(aDossierPayload([aSentStep(), aSentStep({ ThoiDiemXuLy: mark('moment'), TrangThai: mark('status') })], 'CapNhatTienDoHoSoMC')))).toBe(200);
  for (const [index, item] of broken.entries()) await post('dossiers', `broken ${index}`, JSON.stringify(aDossierPayload([item])));
  expect(await post('dossiers', 'another service', JSON.stringify({ ...good, service: mark('service') }))).toBe(400);
  expect(await post('dossiers', 'no list', JSON.stringify({ ...good, data: mark('data') }))).toBe(400);
  expect(await post('dossiers', 'wrong token', JSON.stringify(good), mark('token'))).toBe(401);
  expect(await post('dossiers', 'token of another format', JSON.stringify(good), server.tokenOf('wazuh-68'))).toBe(409);
  expect(await post('dossiers', 'over-large', JSON.stringify(aDossierPayload([aSentDossier({ GhiChu: mark('note').repeat(100_000) })])))).toBe(413);
  // Each breaks where the text beside it is somebody's.
  const brokenJson = [JSON.stringify(good).slice(0, -40), `{"ChuHoSo":${PERSONAL_MARK}}`, PERSONAL_MARK, `{"ChuHoSo":"${PERSONAL_MARK}" ${PERSONAL_MARK}`, `{"ChuHoSo":"${PERSONAL_MARK}\n"}`, `{"ChuHoSo":"${PERSONAL_MARK}","ChuHoSo":"${PERSONAL_MARK}"}`];
  for (const [index, body] of brokenJson.entries()) expect(await post('dossiers', `broken JSON ${index}`, body)).toBe(400);
}

async function sendAlerts(): Promise<void> {
  const alert = (id: string, more: object = {}) => ({
    timestamp: new Date().toISOString(), id, rule: { level: 13, description: WAZUH_TITLE, id: '5712', groups: ['sshd'] }, agent: { id: '003', name: 'web-01' }, manager: { name: 'wazuh-68' },
    full_log: mark('log'), previous_output: mark('output'), data: { srcip: '203.0.113.7', srcuser: mark('user'), dstuser: mark('user'), win: { eventdata: { targetUserName: mark('user') } } }, ...more,
  });
  const quoting = alert('3', { rule: { level: 13, description: `${WAZUH_TITLE}: ${mark('user')}`, id: '5712', groups: ['sshd'] } });
  const lines = [JSON.stringify(alert('1')), JSON.stringify(quoting), JSON.stringify(alert('2', { rule: { level: 99 } })), `{"full_log":${PERSONAL_MARK}}`, `{"full_log":"${PERSONAL_MARK}`, PERSONAL_MARK, JSON.stringify(PERSONAL_MARK)];
  expect(await post('wazuh', 'good and broken', lines.join('\n'))).toBe(200);
  expect(await post('wazuh', 'broken', lines.slice(2).join('\n'))).toBe(400);
  const fields = `suser=${mark('user')} duser=${mark('user')} msg=${mark('text')} cs1Label=Họ tên cs1=${mark('name')} suid=${PERSONAL_MARK}`;
  const events = [
    `CEF:0|Example|Firewall|7.2|100100|${CEF_TITLE}|8|externalId=1 src=203.0.113.7 ${fields}`, `CEF:0|Example|Firewall|7.2|100100|${CEF_TITLE}|8|${fields}`,
    `CEF:0|Example|Firewall|7.2|100100|${CEF_TITLE}: ${mark('user')}|8|externalId=2 src=203.0.113.7 ${fields}`,
    `CEF:0|Example|Firewall|7.2|100100|${CEF_TITLE}|8|rt=yesterday ${fields}`, `CEF:0|Example ${fields}`, mark('no event'),
  ];
  expect(await post('cef', 'good and broken', events.join('\n'))).toBe(200);
  expect(await post('cef', 'broken', events.slice(3).join('\n'))).toBe(400);
}

test('[RF5] what messages say of people is in no file, log, answer or frame of the server', async () => {
  const said: Buffer[] = [];
  let frames = 0;
  const socket = io(server.url, { path: SOCKET_PATH, transports: ['websocket'] });
  socket.onAny((...args: unknown[]) => { for (const arg of args) said.push(arg instanceof Uint8Array ? Buffer.from(arg) : Buffer.from(JSON.stringify(arg) ?? '')); });
  socket.on('frame', () => { frames += 1; });
  socket.emit('subscribe', { channel: 'live', topics: ['nation', 'province:68'] });
  const untilFrames = (count: number) => vi.waitFor(() => expect(frames).toBeGreaterThanOrEqual(count), PATIENCE);
  // A snapshot of each topic.
  await untilFrames(2);
  const framesBefore = frames;
  await sendDossiers();
  await sendAlerts();
  await vi.waitFor(async () => {
    const { readings } = SnapshotDto.parse(await (await fetch(`${server.url}/api/v1/snapshot?channel=live&locality=68`)).json());
    const shown = (id: string) => readings.find(({ localityCode, indicatorId }) => localityCode === '68' && indicatorId === id)?.value;
    expect([shown('alerts-open'), shown('dossiers-overdue')]).toEqual([3, 1]);
  }, PATIENCE);
  await untilFrames(framesBefore + 2);
  const { alarms } = AlarmsMessage.parse(await (await fetch(`${server.url}/api/v1/alarms?channel=live`)).json());
  // Of two events of one condition the newest names it, with what it quoted left out.
  expect(alarms.filter(({ kind }) => kind === 'alert').map(({ title }) => title?.replace(/: …$/, '')).sort()).toEqual([CEF_TITLE, CEF_TITLE, WAZUH_TITLE]);
  const histories = alarms.map(({ id }) => `alarms/${encodeURIComponent(id)}/history?channel=live`);
  for (const what of [...GETS, 'alarm-load?channel=live&hours=1', ...histories]) expect(await keepAnswer(`GET ${what}`, await fetch(`${server.url}/api/v1/${what}`))).toBe(200);
  expect(await keepAnswer('GET metrics', await fetch(`${server.url}/metrics`))).toBe(200);
  socket.close();
  keepFiles('running');
  await server.stop();
  keepFiles('stopped');
  left.set('printed', Buffer.from(server.output()));
  left.set('socket', Buffer.concat(said));

  // The search finds what may be kept, where it is kept.
  for (const allowed of [DOSSIER_NUMBER, WAZUH_TITLE, CEF_TITLE]) expect(holding(allowed)).toContainEqual(expect.stringMatching(/^stopped: .*\.sqlite$/));
  expect(holding('motcua-68')).toEqual(expect.arrayContaining(['answer 200 to GET feeds?channel=live', 'answer 200 to GET metrics']));
  expect(holding(WAZUH_TITLE)).toEqual(expect.arrayContaining(['answer 200 to GET alarms?channel=live', 'socket', `answer 200 to GET ${histories[0] ?? ''}`]));
  expect(holding('heartbeat')).toContain('socket');
  expect(holding('stopping')).toEqual(['printed']);
  expect(holding(PERSONAL_MARK)).toEqual([]);
});

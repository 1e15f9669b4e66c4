import type { Page } from 'playwright-core';
import { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { districtsOf, say, strike } from '../support/aStorm.ts';
import { addAccounts, signInOn } from '../support/signInOn.ts';
import { QUIET_DAY, type RunningServer, startServer } from '../support/startServer.ts';

/** A server of its own, with somebody on watch. */
export async function serveDesk(): Promise<RunningServer> {
  const server = await startServer({ env: QUIET_DAY });
  await addAccounts(server.dataDir, [{}]);
  return server;
}

const originOf = (page: Page) => new URL(page.url()).origin;

export async function takeWatch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await signInOn(page);
}

async function act(page: Page, alarmId: string, what: string, body: object): Promise<void> {
  const status = await page.evaluate(([path, text]) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text }).then((answer) => answer.status),
    [`/api/v1/alarms/${encodeURIComponent(alarmId)}/${what}`, JSON.stringify(body)] as const);
  if (status !== 200) throw new Error(`The act for the picture was answered ${status}: ${what} of ${alarmId}.`);
}

/** A watch like another: one of each kind, one taken, one on the shelf, a cut line; the worst is open beside the list. */
export async function anOrdinaryWatch(page: Page): Promise<void> {
  await takeWatch(page);
  const url = originOf(page);
  const links = [...districtsOf('68').slice(0, 2), ...districtsOf('12').slice(0, 3), ...districtsOf('40').slice(0, 1)];
  await say(url, [
    { place: '68', indicator: 'alerts-critical', value: 2 }, { place: '38', indicator: 'portal-state', value: 0 }, { place: '75', indicator: 'axis-state', value: 0 },
    ...links.map((place) => ({ place, indicator: 'tslcd-link-state', value: 0 })),
  ]);
  await page.getByRole('row', { name: /Lâm Đồng/ }).first().waitFor();
  const { alarms } = AlarmsMessage.parse(await (await fetch(`${url}/api/v1/alarms`)).json());
  const linkOf = (province: string) => alarms.find(({ localityCode }) => districtsOf(province).includes(localityCode));
  const [taken, shelved] = [linkOf('40'), linkOf('68')];
  if (taken === undefined || shelved === undefined) throw new Error('The alarms for the picture were not raised.');
  await act(page, taken.id, 'ack', { occurrenceId: taken.occurrenceId, severity: taken.severity, comment: 'Đã gọi trực mạng huyện.' });
  await act(page, shelved.id, 'shelve', { forMs: 3_600_000, why: 'Nhà mạng đang thay đầu nối.', second: null });
  await page.getByRole('row', { name: /Lâm Đồng/ }).first().click();
  await page.mouse.move(0, 0);
}

export async function aStormyWatch(page: Page): Promise<void> {
  await takeWatch(page);
  await strike(originOf(page));
  await page.getByRole('row', { name: /Nhóm gộp khi lũ/ }).first().click();
  await page.getByRole('button', { name: 'nhóm 4' }).click();
  await page.mouse.move(0, 0);
}

export async function aStormyLoad(page: Page): Promise<void> {
  await strike(originOf(page));
  await page.reload();
}

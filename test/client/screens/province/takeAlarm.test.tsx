// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogueProvider } from '../../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { AnswersProvider } from '../../../../client/screens/answers.tsx';
import { isOtherThanSeen } from '../../../../client/screens/province/alarm/acknowledge.ts';
import { ProvinceAlarm } from '../../../../client/screens/province/ProvinceAlarm.tsx';
import { createMirrorStore } from '../../../../client/store/createMirrorStore.ts';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { LocalityList } from '../../../../shared/domain/locality.ts';
import { realIndicators, realTable } from '../../../support/aCatalogue.ts';
import { alarmWith } from '../../../support/alarmWith.ts';

const NOW_MS = Date.parse('2026-11-23T14:37:12+07:00');
const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const HA = { person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' }, idleEndsAtMs: 1 };

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const anAlarm = (more: Partial<Record<keyof Alarm, unknown>> = {}) => alarmWith({
  id: 'alert:a', kind: 'alert', severity: 'critical', domain: 'security', localityCode: '68', indicatorId: null, value: null, title: 'Mã độc tống tiền', sinceMs: NOW_MS - 73_000, ...more,
});
const problem = (status: number, kind: string) => () => Response.json({ type: `urn:ioc:problem:${kind}`, title: kind, status, detail: kind }, { status });

/** The banner of Lâm Đồng over a server that gives these answers to what is posted, in turn. */
function show(alarms: readonly Alarm[], answers: (() => Response)[] = [], session: unknown = HA) {
  const posted: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method !== 'POST') return Response.json(session);
    posted.push({ path, body: JSON.parse(String(init.body)) });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('no network');
    return answer();
  });
  const store = createMirrorStore({ table: catalogue.table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  store.setState({ alarms, alarmSnapshots: 1, serverNowMs: NOW_MS, dataNowMs: NOW_MS, link: { state: 'live', sinceMs: 0, attempt: 0, retryInMs: null } });
  render(<MemoryRouter><AnswersProvider><CatalogueProvider catalogue={catalogue} store={store}><ProvinceAlarm provinceCode="68" /></CatalogueProvider></AnswersProvider></MemoryRouter>);
  return { posted, store };
}
const press = (name: string | RegExp) => {
  const button = screen.getByRole('button', { name });
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.keyUp(button, { key: 'Enter' });
};
async function openSheet(): Promise<HTMLElement> {
  press('Xác nhận');
  return screen.findByRole('dialog', { name: 'Xác nhận cảnh báo' });
}
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = (sheet: HTMLElement) => fireEvent.submit(sheet.querySelector('form')!);

describe('[AW7] taking an alarm', () => {
  test('sends the occurrence, the level that was seen and the note; then says who has it', async () => {
    const alarm = anAlarm();
    const taken = { ...alarm, state: 'ACKED' as const, acked: { by: 'Lê Thị Hà', atMs: NOW_MS } };
    const { posted, store } = show([alarm], [() => Response.json({ alarm: taken })]);
    const sheet = await openSheet();
    await within(sheet).findByText('Ghi tên Lê Thị Hà');
    type(/Ghi chú/, ' Đã gọi trực SOC. ');
    send(sheet);
    await waitFor(() => expect(posted).toEqual([{ path: '/api/v1/alarms/alert%3Aa/ack', body: { occurrenceId: alarm.occurrenceId, severity: 'critical', comment: 'Đã gọi trực SOC.' } }]));
    act(() => store.setState({ alarms: [taken] }));
    expect(await within(sheet).findByText('Lê Thị Hà đã nhận lúc 14:37:12')).toBeTruthy();
    expect(within(sheet).queryByRole('textbox')).toBeNull();
  });

  test.each([
    ['forbidden', 403, 'Tài khoản này không được xác nhận cảnh báo.'], ['not-found', 404, 'Cảnh báo này không còn mở.'], ['store-full', 507, 'Máy chủ chưa ghi được. Chưa xác nhận; hãy thử lại.'], ['alarm-changed', 409, 'Đã nặng thêm, hãy xem lại'],
  ])('%s is said in words, and what was typed stays', async (kind, status, words) => {
    const { posted } = show([anAlarm({ severity: 'high' })], [problem(status, kind)]);
    const sheet = await openSheet();
    await within(sheet).findByText('Ghi tên Lê Thị Hà');
    type(/Ghi chú/, 'đang xem');
    send(sheet);
    expect(await within(sheet).findByText(words)).toBeTruthy();
    expect([posted.length, (screen.getByLabelText('Ghi chú') as HTMLTextAreaElement).value]).toEqual([1, 'đang xem']);
  });

  test('what grew worse before the eyes is looked at again first', async () => {
    const { posted, store } = show([anAlarm({ severity: 'high' })]);
    const sheet = await openSheet();
    await within(sheet).findByText('Ghi tên Lê Thị Hà');
    act(() => store.setState({ alarms: [anAlarm()] }));
    expect(await within(sheet).findByText('Đã nặng thêm, hãy xem lại')).toBeTruthy();
    send(sheet);
    press('Đã xem lại');
    await within(sheet).findByText('Ghi tên Lê Thị Hà');
    type(/Ghi chú/, 'thấy rồi');
    send(sheet);
    await waitFor(() => expect(posted.map(({ body }) => body)).toEqual([expect.objectContaining({ severity: 'critical' })]));
  });

  test('without a link nothing is sent, and it is said why', async () => {
    const { store, posted } = show([anAlarm()]);
    const sheet = await openSheet();
    act(() => store.setState({ link: { state: 'lost', sinceMs: NOW_MS, attempt: 1, retryInMs: null } }));
    expect(await within(sheet).findByText('Không gửi được khi mất liên lạc')).toBeTruthy();
    send(sheet);
    expect(posted).toEqual([]);
  });

  test('nobody signed in: the way in stands in the place of the button', async () => {
    show([anAlarm()], [], { person: null, idleEndsAtMs: null });
    const sheet = await openSheet();
    await within(sheet).findByRole('button', { name: 'Đăng nhập để xác nhận' });
    press('Đăng nhập để xác nhận');
    expect(await screen.findByRole('dialog', { name: 'Đăng nhập' })).toBeTruthy();
  });

  test('worse or another occurrence is not what was seen; milder, or of unknown level, is', () => {
    const seen = { occurrenceId: 'a@1', severity: 'high' } as const;
    const other = (more: object) => isOtherThanSeen({ ...seen, ...more }, seen);
    expect([other({}), other({ severity: 'critical' }), other({ severity: 'low' }), other({ severity: 'unknown' }), other({ occurrenceId: 'a@2' })]).toEqual([false, true, false, false, true]);
  });
});

// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CatalogueProvider } from '../../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../../client/i18n/i18n.ts';
import { AnswersProvider } from '../../../../client/screens/answers.tsx';
import { AlarmsPage } from '../../../../client/screens/desk/alarms/AlarmsPage.tsx';
import { type DeskSession, DeskSessionProvider } from '../../../../client/screens/desk/deskSession.tsx';
import { useSession } from '../../../../client/session/useSession.ts';
import { createMirrorStore } from '../../../../client/store/createMirrorStore.ts';
import { withAlarms } from '../../../../client/store/mirrorState.ts';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import { realIndicators, realTable } from '../../../support/aCatalogue.ts';
import { aFullAlarm } from '../../../support/aFullAlarm.ts';

const NOW_MS = aFullAlarm().sinceMs + 91_000;
const catalogue = createCatalogue({ edition: '2021', localities: [...realTable('2021').localities] }, realIndicators());
const OPERATOR: DeskSession = { person: { account: 'ha', name: 'Lê Thị Hà', role: 'operator' }, askSignIn: () => {} };

const critical = aFullAlarm({ id: 'alert:c', severity: 'critical', title: 'Mã độc tống tiền', sinceMs: NOW_MS - 91_000, attack: { tactics: [], techniques: ['T1486'] } });
const high = aFullAlarm({ id: 'alert:h', localityCode: '01', title: 'Dò tài khoản quản trị', count: 38 });
const low = aFullAlarm({ id: 'alert:l', severity: 'low', localityCode: '79', title: 'Ổ đĩa đầy' });
const taken = aFullAlarm({ id: 'alert:t', state: 'ACKED', title: 'Từ chối dịch vụ', acked: { by: 'Trần Văn Nam', atMs: NOW_MS - 3 * 3_600_000 } });
const shelved = aFullAlarm({ id: 'alert:s', title: 'Cảm biến cửa', shelved: { by: 'Lê Thị Hà', atMs: NOW_MS, untilMs: NOW_MS + 3_600_000, why: 'Đang thay cảm biến' } });
const OPEN = [critical, high, low, taken, shelved];
const TODAY = { channel: 'live', leftOff: 2, alarms: [aFullAlarm({ id: 'alert:o', state: 'NORMAL', title: 'Đã xong', returnedAtMs: NOW_MS - 60_000, disposition: 'benign' })] };

class NoResize { observe() {} unobserve() {} disconnect() {} }
beforeAll(async () => { await startI18n('vi'); });
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', NoResize);
  // jsdom lays nothing out: a list of no height would draw no rows.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(900);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1_200);
  HTMLElement.prototype.scrollTo = () => {};
  window.history.replaceState(null, '', '/desk');
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.restoreAllMocks(); });

type Answer = (path: string, body: unknown) => Response | Promise<Response>;
const done: Answer = () => Response.json({ alarm: critical });
const problem = (kind: string, status: number) => Response.json({ type: `urn:ioc:problem:${kind}`, title: kind, status, detail: kind }, { status });

/** As the chip of the header does. */
function Looking() {
  useSession();
  return null;
}

/** The page over a mirror of these alarms, and a server that answers what is posted with `answer`. */
function show({ alarms = OPEN, session = OPERATOR, answer = done }: { readonly alarms?: readonly Alarm[]; readonly session?: DeskSession; readonly answer?: Answer } = {}) {
  const posted: unknown[] = [];
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      const body: unknown = JSON.parse(String(init.body));
      posted.push([decodeURIComponent(path), body]);
      return answer(path, body);
    }
    asked.push(path);
    if (path === '/api/v1/session') return Response.json({ person: session.person, idleEndsAtMs: null });
    if (path.startsWith('/api/v1/alarms/closed')) return Response.json(TODAY);
    if (path === '/api/v1/alarms/restricted') return Response.json({ alarms: [] });
    if (path.endsWith('/history')) return Response.json({ channel: 'live', alarm: null, events: [], leftOff: 0 });
    if (path === '/api/v1/shifts') return Response.json({ channel: 'live', shifts: [] });
    return new Response('', { status: 404 });
  });
  const store = createMirrorStore({ table: catalogue.table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  store.setState({ alarms: withAlarms([], alarms), alarmSnapshots: 1, serverNowMs: NOW_MS, dataNowMs: NOW_MS, link: { state: 'live', sinceMs: NOW_MS, attempt: 0, retryInMs: null } });
  render(<MemoryRouter><AnswersProvider><CatalogueProvider catalogue={catalogue} store={store}><DeskSessionProvider session={session}><Looking /><AlarmsPage /></DeskSessionProvider></CatalogueProvider></AnswersProvider></MemoryRouter>);
  return { store, posted, asked };
}

const key = async (name: string) => { await act(async () => { fireEvent.keyDown(document.activeElement ?? document.body, { key: name }); await new Promise((frame) => { requestAnimationFrame(frame); }); }); };
const press = (element: HTMLElement) => { fireEvent.keyDown(element, { key: 'Enter' }); fireEvent.keyUp(element, { key: 'Enter' }); };
const places = () => screen.getAllByRole('row').slice(1).map((row) => row.querySelector('[data-column="place"]')?.textContent ?? row.textContent);
const tab = (name: RegExp) => screen.getByRole('tab', { name });
const detail = () => screen.getByRole('complementary', { name: 'Chi tiết cảnh báo' });
const button = (name: string) => within(detail()).getByRole('button', { name });
const focused = () => document.activeElement?.getAttribute('data-key');

describe('the list', () => {
  test('[DK1] [DK4] four tabs with the number of each; what waits is above what somebody has, worst first', async () => {
    show();
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent).slice(0, 3)).toEqual(['Chưa nhận 3', 'Đã nhận 1', 'Tạm ẩn 1']);
    expect(await screen.findByRole('tab', { name: 'Đã đóng hôm nay 3' })).toBeTruthy();
    expect(places()).toEqual(['Lâm Đồng', 'Hà Nội', 'TP.HCM', 'Đã nhận, còn mở (1), mức cao trước', 'Lâm Đồng']);
    expect(screen.getByText('Tường: 4 mở · 1 nghiêm trọng')).toBeTruthy();
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('6');
  });

  test('[DK5] what is hidden says why, until when and by whom', () => {
    show();
    fireEvent.click(tab(/Tạm ẩn/));
    expect(screen.getAllByRole('row').at(-1)!.textContent).toContain('Đang thay cảm biến15:01L.T.Hà');
  });

  test('a forgotten acknowledgement shows its age', () => {
    show();
    expect(screen.getAllByRole('row').at(-1)!.textContent).toContain('T.V.Nam nhậnnhận 3 giờ trước');
  });

  test('closed ones come from the server, and those left off are counted', async () => {
    show();
    await key('4');
    expect(await screen.findByText('Đã xong')).toBeTruthy();
    expect(screen.getByText('Còn 2 cảnh báo đóng trước đó, không liệt kê ở đây.')).toBeTruthy();
    expect(new URLSearchParams(window.location.search).get('tab')).toBe('closed');
  });

  test('[DK6] a filter narrows the rows, says how many it hides, is in the address, and is cleared', async () => {
    show();
    fireEvent.change(screen.getByRole('searchbox', { name: 'Tìm' }), { target: { value: 'ha noi' } });
    expect(places()).toEqual(['Hà Nội']);
    expect(screen.getByText('Bộ lọc đang giấu 2 cảnh báo của tab này.')).toBeTruthy();
    expect(new URLSearchParams(window.location.search).get('q')).toBe('ha noi');
    expect(tab(/Chưa nhận/).textContent).toBe('Chưa nhận 3');
    fireEvent.click(screen.getByRole('button', { name: 'Bỏ lọc' }));
    expect(places()).toHaveLength(5);
  });

  test('before the server has said so there is not "none"', () => {
    const { store } = show({ alarms: [] });
    expect(screen.getByText('Không có cảnh báo nào ở đây.')).toBeTruthy();
    act(() => store.setState({ alarmSnapshots: 0 }));
    expect(screen.getByText('Chưa biết có cảnh báo nào: đang chờ máy chủ.')).toBeTruthy();
    expect(tab(/Chưa nhận/).textContent).toBe('Chưa nhận —');
  });
});

describe('[DK13] by keyboard', () => {
  test('J, K and arrows move, over the heading too; End and Home go to the ends; Enter opens the detail', async () => {
    show();
    await key('j');
    expect(focused()).toBe('alert:h');
    await key('ArrowDown');
    await key('ArrowDown');
    expect(focused()).toBe('alert:t');
    await key('Home');
    expect(focused()).toBe('alert:c');
    await key('End');
    await key('k');
    await key('Enter');
    expect(within(detail()).getByRole('heading', { level: 2 }).textContent).toBe('TP.HCM: ổ đĩa đầy');
    expect(new URLSearchParams(window.location.search).get('alarm')).toBe('alert:l');
  });

  test.each([['ArrowDown', 'alert:h'], ['ArrowUp', 'alert:c']])('%s moves where nothing has the focus, too: a desk that was just opened', async (pressed, reached) => {
    show();
    expect(document.activeElement).toBe(document.body);
    await key(pressed);
    expect(focused()).toBe(reached);
  });

  test('one row is in the order of Tab', async () => {
    show();
    await key('j');
    expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0).map((row) => row.dataset.key)).toEqual(['alert:h']);
  });

  test('[DK14] when the row under the cursor has gone, the one in its place has the focus', async () => {
    const { store } = show();
    await key('j');
    act(() => store.setState(({ alarms }) => ({ alarms: withAlarms(alarms, [{ ...high, state: 'NORMAL' }]) })));
    expect(focused()).toBe('alert:l');
  });

  test('[DK22] A acknowledges as it is seen, G takes it over, X selects and A then lists what was selected', async () => {
    const { posted } = show();
    await key('j');
    await key('a');
    await key('g');
    expect(posted).toEqual([['/api/v1/alarms/alert:h/ack', { occurrenceId: 'alert:h@1', severity: 'high', comment: null }], ['/api/v1/alarms/alert:h/assign', { to: 'Lê Thị Hà' }]]);
    expect(screen.getByText('Hà Nội: dò tài khoản quản trị · Đã ghi nhận.')).toBeTruthy();
    await key('x');
    await key('j');
    await key('x');
    await key('a');
    expect(within(screen.getByRole('dialog', { name: 'Xác nhận 2 cảnh báo' })).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['2Hà NộiDò tài khoản quản trị', '4TP.HCMỔ đĩa đầy']);
  });

  test('[DK22] a critical alarm is not acknowledged by a key: it asks for its note', async () => {
    const { posted } = show();
    await key('k');
    await key('a');
    await waitFor(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
    expect(screen.getByText('Mức 1: phải có ghi chú mới xác nhận được.')).toBeTruthy();
    expect(posted).toEqual([]);
  });

  test('[DK22] with the focus in the detail, or nowhere, keys act on the alarm that is open there and not on the row under the cursor', async () => {
    window.history.replaceState(null, '', '/desk?alarm=alert:l');
    const { posted } = show({ alarms: [high, low] });
    within(detail()).getByRole('region', { name: 'Chi tiết cảnh báo' }).focus();
    await key('a');
    act(() => (document.activeElement as HTMLElement).blur());
    await key('g');
    expect(posted.map((one) => (one as [string])[0])).toEqual(['/api/v1/alarms/alert:l/ack', '/api/v1/alarms/alert:l/assign']);
  });

  test('[DK14] [DK22] a key pressed as the row under the cursor goes is not for the one that came in its place: it says so, and acts a second later', async () => {
    const { store, posted } = show();
    await key('j');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() => store.setState(({ alarms }) => ({ alarms: withAlarms(alarms, [{ ...high, state: 'NORMAL' }]) })));
    await key('a');
    await key('z');
    expect([posted, screen.queryByRole('dialog')]).toEqual([[], null]);
    expect(screen.getByText('TP.HCM: ổ đĩa đầy · Dòng dưới con trỏ vừa đổi. Hãy xem lại rồi bấm.')).toBeTruthy();
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await key('a');
    expect(posted).toEqual([['/api/v1/alarms/alert:l/ack', { occurrenceId: 'alert:l@1', severity: 'low', comment: null }]]);
  });

  test('[DK22] a row that has just come under the cursor and is pointed at is acted on at once', async () => {
    const { store, posted } = show();
    await key('j');
    act(() => store.setState(({ alarms }) => ({ alarms: withAlarms(alarms, [{ ...high, state: 'NORMAL' }]) })));
    fireEvent.click(screen.getByRole('row', { name: /Ổ đĩa đầy/ }));
    await key('a');
    expect(posted).toHaveLength(1);
  });

  test('/ goes to the search, ? shows the keys, and letters typed there do nothing else', async () => {
    const { posted } = show();
    await key('/');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
    await key('a');
    (document.activeElement as HTMLElement).blur();
    await key('?');
    expect(screen.getByRole('dialog', { name: 'Phím tắt' })).toBeTruthy();
    expect(posted).toEqual([]);
  });
});

describe('the detail', () => {
  test('the worst alarm is open with the page, with how long nobody has answered and the target', () => {
    show();
    expect(within(detail()).getByText('01:31')).toBeTruthy();
    expect(within(detail()).getByText('05:00')).toBeTruthy();
    expect(detail().dataset.severity).toBe('critical');
    expect(within(detail()).getByText(/ATT&CK T1486/)).toBeTruthy();
  });

  test('what opens does not change by itself when a worse one comes', () => {
    const { store } = show({ alarms: [high] });
    act(() => store.setState({ alarms: withAlarms([], [high, critical]) }));
    expect(within(detail()).getByRole('heading', { level: 2 }).textContent).toBe('Hà Nội: dò tài khoản quản trị');
  });

  test('[DK16] level 1 needs a note; with it, it is sent once however often it is pressed, and the field is empty after', async () => {
    let answerNow = (_: Response) => {};
    const { posted } = show({ answer: () => new Promise((resolve) => { answerNow = resolve; }) });
    press(button('Xác nhận'));
    expect(within(detail()).getByText('Mức 1: phải có ghi chú mới xác nhận được.')).toBeTruthy();
    const field = within(detail()).getByRole('textbox', { name: 'Ghi chú khi xác nhận (bắt buộc với mức 1)' });
    fireEvent.change(field, { target: { value: ' Đã gọi trực SOC ' } });
    press(button('Xác nhận'));
    press(button('Xác nhận'));
    expect(posted).toEqual([['/api/v1/alarms/alert:c/ack', { occurrenceId: 'alert:c@1', severity: 'critical', comment: 'Đã gọi trực SOC' }]]);
    await act(async () => { answerNow(Response.json({ alarm: critical })); });
    expect(await within(detail()).findByText('Đã ghi nhận.')).toBeTruthy();
    expect((field as HTMLTextAreaElement).value).toBe('');
  });

  test.each<[string, Response, string]>([
    ['an alarm that has grown worse', problem('alarm-changed', 409), 'Đã nặng thêm từ lúc bạn xem. Hãy xem lại.'], ['a session that has ended', problem('not-signed-in', 401), 'Phiên đăng nhập đã hết. Hãy đăng nhập lại.'],
    ['an account that may not', problem('forbidden', 403), 'Tài khoản này không được làm việc đó.'], ['an occurrence that is not open', problem('not-found', 404), 'Cảnh báo này không còn mở.'], 
    ['an alarm log that could not be written', problem('store-full', 507), 'Máy chủ chưa ghi được. Chưa làm gì; hãy thử lại.'], ['an alarm log that was lost meanwhile', problem('not-stored', 503), 'Chưa rõ máy chủ đã ghi hay chưa. Xem diễn biến rồi hãy gửi lại.'], ['an answer that is none', new Response('', { status: 500 }), 'Máy chủ từ chối.'],
  ])('[DK12] %s is said, and what was typed stays', async (_, response, said) => {
    show({ answer: () => response });
    const field = within(detail()).getByRole<HTMLTextAreaElement>('textbox');
    fireEvent.change(field, { target: { value: 'Đã gọi' } });
    press(button('Xác nhận'));
    expect(await within(detail()).findByText(said)).toBeTruthy();
    expect(field.value).toBe('Đã gọi');
  });

  test('[LC4] [DK12] grown worse while somebody writes: not acknowledged until they have looked again; the note stays', async () => {
    window.history.replaceState(null, '', '/desk?alarm=alert:h');
    const { store, posted } = show();
    fireEvent.change(within(detail()).getByRole('textbox'), { target: { value: 'Đã gọi' } });
    act(() => store.setState(({ alarms }) => ({ alarms: withAlarms(alarms, [{ ...high, severity: 'critical' }]) })));
    expect(within(detail()).getByText('Đã nặng thêm từ lúc bạn xem. Hãy xem lại.')).toBeTruthy();
    expect(within(detail()).queryByRole('button', { name: 'Xác nhận' })).toBeNull();
    fireEvent.keyDown(within(detail()).getByRole('textbox'), { key: 'Enter', ctrlKey: true });
    expect(posted).toEqual([]);
    press(button('Đã xem lại'));
    press(button('Xác nhận'));
    expect(posted).toEqual([['/api/v1/alarms/alert:h/ack', { occurrenceId: 'alert:h@1', severity: 'critical', comment: 'Đã gọi' }]]);
  });

  test('[DK10] an administrator, who may not act on alarms, is told so before they try', () => {
    show({ session: { ...OPERATOR, person: { account: 'q', name: 'Q', role: 'admin' } } });
    expect(within(detail()).getByText('Tài khoản này chỉ được xem')).toBeTruthy();
    expect(button('Xác nhận').hasAttribute('disabled')).toBe(true);
  });

  test('[DK12] a session that ends in a dialog is asked for again at once, signing in is offered there, and what was typed stays', async () => {
    const askSignIn = vi.fn();
    const { asked } = show({ answer: () => problem('not-signed-in', 401), session: { ...OPERATOR, askSignIn } });
    await key('j');
    await key('Enter');
    press(button('Loại khỏi giám sát…'));
    const dialog = screen.getByRole('dialog', { name: 'Loại khỏi giám sát…' });
    fireEvent.change(within(dialog).getByLabelText('Lý do'), { target: { value: 'Đang sửa' } });
    fireEvent.submit(dialog.querySelector('form')!);
    press(await within(dialog).findByRole('button', { name: 'Đăng nhập' }));
    expect(askSignIn).toHaveBeenCalledOnce();
    expect(asked.filter((path) => path === '/api/v1/session')).toHaveLength(2);
    expect(within(dialog).getByLabelText<HTMLTextAreaElement>('Lý do').value).toBe('Đang sửa');
  });

  test('[LC6] of a critical alarm there is no button that takes it out of service', () => {
    show();
    expect(within(detail()).queryByRole('button', { name: 'Loại khỏi giám sát…' })).toBeNull();
    expect(within(detail()).getByRole('button', { name: 'Tạm ẩn…' })).toBeTruthy();
  });

  test('a verdict that was not chosen is asked for as one', () => {
    show();
    press(button('Kết luận'));
    expect(screen.getByText('Phải chọn một kết luận.')).toBeTruthy();
  });

  test('[DK10] who is not signed in sees everything, and is led to sign in', () => {
    const askSignIn = vi.fn();
    show({ session: { person: null, askSignIn } });
    expect(button('Xác nhận').hasAttribute('disabled')).toBe(true);
    press(button('Đăng nhập để xử lý'));
    expect(askSignIn).toHaveBeenCalledOnce();
  });

  test('[DK10] without a link nothing is sent, and it says so; the same for who may only look', async () => {
    const { store, posted } = show();
    act(() => store.setState({ link: { state: 'lost', sinceMs: NOW_MS, attempt: 1, retryInMs: null } }));
    expect(within(detail()).getByText('Không gửi được khi mất liên lạc')).toBeTruthy();
    await key('j');
    await key('a');
    expect(posted).toEqual([]);
    cleanup();
    show({ session: { ...OPERATOR, person: { account: 'v', name: 'V', role: 'viewer' } } });
    expect(within(detail()).getByText('Tài khoản này chỉ được xem')).toBeTruthy();
  });

  test('[DK17] shelving needs a reason; of a critical alarm a second person, whose refusal is said', async () => {
    const { posted } = show({ answer: () => problem('second-person-needed', 403) });
    press(button('Tạm ẩn…'));
    const dialog = screen.getByRole('dialog', { name: 'Tạm ẩn…' });
    const send = within(dialog).getByRole('button', { name: 'Tạm ẩn…' });
    expect(send.hasAttribute('disabled')).toBe(true);
    fireEvent.change(within(dialog).getByLabelText('Lý do'), { target: { value: 'Đang xử lý' } });
    fireEvent.change(within(dialog).getByLabelText('Tài khoản người thứ hai'), { target: { value: 'nam' } });
    fireEvent.change(within(dialog).getByLabelText('Mật khẩu người thứ hai'), { target: { value: 'bí mật' } });
    fireEvent.click(within(dialog).getByLabelText('8 giờ'));
    expect(send.hasAttribute('disabled')).toBe(false);
    fireEvent.submit(dialog.querySelector('form')!);
    expect(await within(dialog).findByText(/Người thứ hai chưa được chấp nhận/)).toBeTruthy();
    expect(posted).toEqual([['/api/v1/alarms/alert:c/shelve', { forMs: 8 * 3_600_000, why: 'Đang xử lý', second: { account: 'nam', password: 'bí mật' } }]]);
  });

  test('what a cause explains is listed under it, and leads there', async () => {
    show({ alarms: [critical, aFullAlarm({ id: 'alert:m', title: 'Mất nguồn', localityCode: '01', suppressedBy: 'alert:c' })] });
    expect(within(detail()).getByText('Cảnh báo nó giải thích (1)')).toBeTruthy();
    fireEvent.click(within(detail()).getByRole('button', { name: 'Hà Nội: mất nguồn' }));
    expect(await within(detail()).findByText(/Nằm trong nhóm của “Lâm Đồng: mã độc tống tiền”/)).toBeTruthy();
  });
});

test('[DK18] several at once: a note for all, and then what became of each', async () => {
  const results = [{ id: 'alert:h', outcome: 'done', alarm: null }, { id: 'alert:l', outcome: 'changed', alarm: null }];
  const { posted } = show({ answer: () => Response.json({ results }) });
  for (const name of ['j', 'x', 'j', 'x', 'a']) await key(name);
  const dialog = screen.getByRole('dialog', { name: 'Xác nhận 2 cảnh báo' });
  fireEvent.change(within(dialog).getByLabelText('Ghi chú chung (có thể để trống)'), { target: { value: 'Bảo trì' } });
  fireEvent.submit(dialog.querySelector('form')!);
  expect(await within(dialog).findByText('đã nặng thêm, xem lại')).toBeTruthy();
  expect(within(dialog).getByText('đã xác nhận')).toBeTruthy();
  expect(posted).toEqual([['/api/v1/alarms/ack', { alarms: [{ id: 'alert:h', occurrenceId: 'alert:h@1', severity: 'high' }, { id: 'alert:l', occurrenceId: 'alert:l@1', severity: 'low' }], comment: 'Bảo trì' }]]);
});

test('[DK19] a shift is handed over by name, with what is open', async () => {
  const { posted } = show();
  press(screen.getByRole('button', { name: 'Bàn giao ca…' }));
  const dialog = screen.getByRole('dialog', { name: 'Bàn giao ca trực' });
  expect(within(dialog).getByText('5 cảnh báo mở, trong đó 3 chưa nhận')).toBeTruthy();
  fireEvent.change(within(dialog).getByLabelText('Người nhận ca'), { target: { value: 'Trần Văn Nam' } });
  fireEvent.submit(dialog.querySelector('form')!);
  expect(await within(dialog).findByText('Đã bàn giao cho Trần Văn Nam.')).toBeTruthy();
  expect(posted).toEqual([['/api/v1/shifts', { to: 'Trần Văn Nam', note: null }]]);
});

test('[DK8] a new critical alarm is said at once; others together, and not what was there before', () => {
  const { store } = show({ alarms: [high] });
  const said = (live: string) => document.querySelector(`.visuallyHidden[aria-live="${live}"]`)!.textContent;
  expect([said('assertive'), said('polite')]).toEqual(['', '']);
  act(() => store.setState({ alarms: withAlarms([], [high, critical, low, aFullAlarm({ id: 'alert:n', severity: 'medium' })]) }));
  expect(said('assertive')).toBe('Nghiêm trọng. Lâm Đồng: Mã độc tống tiền');
  act(() => store.setState({ serverNowMs: NOW_MS + 10_000 }));
  expect(said('polite')).toBe('2 cảnh báo mới, cao nhất mức Trung bình');
});

test('[DK13] of thousands only those in sight are drawn', () => {
  show({ alarms: Array.from({ length: 2_000 }, (_, n) => aFullAlarm({ id: `alert:n${n}`, sinceMs: NOW_MS - n * 1_000 - 600_000 })) });
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('2001');
  expect(screen.getAllByRole('row').length).toBeGreaterThan(15);
  expect(screen.getAllByRole('row').length).toBeLessThan(40);
});

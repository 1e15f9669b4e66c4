// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { AnswersProvider } from '../../../client/screens/answers.tsx';
import { SessionChip } from '../../../client/session/SessionChip.tsx';
import { SESSION_PATH } from '../../../client/session/sessionRequests.ts';
import type { SessionDto } from '../../../shared/protocol/session.ts';

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const HA: SessionDto = { person: { account: 'ha.lt', name: 'Lê Thị Hà', role: 'operator' }, idleEndsAtMs: 1 };
const NOBODY: SessionDto = { person: null, idleEndsAtMs: null };
const problem = (status: number, kind: string, headers: Record<string, string> = {}) =>
  Response.json({ type: `urn:ioc:problem:${kind}`, title: kind, status, detail: kind }, { status, headers });

/** The chip over a server that gives these answers to what is posted, in turn. */
function show(first: SessionDto, answers: (() => Response)[] = []) {
  const posted: { path: string; body: unknown }[] = [];
  let now = first;
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method !== 'POST') return Response.json(now);
    posted.push({ path, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('no network');
    const response = answer();
    if (response.ok) now = await response.clone().json();
    return response;
  });
  render(<AnswersProvider><SessionChip /></AnswersProvider>);
  return posted;
}
const press = (name: string) => {
  const button = screen.getByRole('button', { name });
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.keyUp(button, { key: 'Enter' });
};
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const send = () => fireEvent.submit(screen.getByRole('dialog').querySelector('form')!);
async function askToSignIn() {
  await screen.findByRole('button', { name: 'Đăng nhập' });
  press('Đăng nhập');
  expect(screen.getByRole('dialog', { name: 'Đăng nhập' })).toBeTruthy();
  type('Tài khoản', ' ha.lt ');
  type('Mật khẩu', 'bốn mùa hoa sữa');
}
const said = (text: string) => waitFor(() => expect(screen.getByRole('alert').textContent).toBe(text));

describe('[SG15] the chip', () => {
  test('says who is signed in and as what, and signs them out', async () => {
    const posted = show(HA, [() => Response.json(NOBODY)]);
    expect((await screen.findByRole('status')).textContent).toBe('Lê Thị HàTrực ban');
    press('Đăng xuất');
    expect(await screen.findByRole('button', { name: 'Đăng nhập' })).toBeTruthy();
    expect(posted).toEqual([{ path: `${SESSION_PATH}/end`, body: null }]);
  });

  test('does not say that somebody is gone whom the server still knows', async () => {
    show(HA);
    await screen.findByRole('status');
    press('Đăng xuất');
    expect(await screen.findByText('Máy chủ không trả lời. Chưa làm gì; hãy thử lại.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Đăng xuất' })).toBeTruthy();
  });
});

describe('[SG15] the dialog', () => {
  test('signs in with account and password, closes, and the chip has the name', async () => {
    const posted = show(NOBODY, [() => Response.json(HA)]);
    await askToSignIn();
    send();
    expect((await screen.findByRole('status')).textContent).toContain('Lê Thị Hà');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(posted).toEqual([{ path: SESSION_PATH, body: { account: 'ha.lt', password: 'bốn mùa hoa sữa', code: null } }]);
  });

  test('asks for the code only where the account does; one that was wrong is not left to be sent again', async () => {
    const posted = show(NOBODY, [() => problem(401, 'code-needed'), () => problem(401, 'sign-in-refused'), () => Response.json(HA)]);
    await askToSignIn();
    expect(screen.queryByLabelText('Mã xác thực (6 số)')).toBeNull();
    send();
    await said('Nhập thêm mã 6 số trên ứng dụng xác thực.');
    type('Mã xác thực (6 số)', '123456');
    send();
    await said('Tài khoản, mật khẩu hoặc mã không đúng.');
    expect((screen.getByLabelText('Mã xác thực (6 số)') as HTMLInputElement).value).toBe('');
    type('Mã xác thực (6 số)', '654321');
    send();
    await screen.findByRole('status');
    expect(posted.map(({ body }) => (body as { code: unknown }).code)).toEqual([null, '123456', '654321']);
  });

  test('asks for a password of one\'s own where an administrator made it', async () => {
    const posted = show(NOBODY, [() => problem(403, 'must-change-password'), () => Response.json(HA)]);
    await askToSignIn();
    send();
    await said('Mật khẩu này do quản trị cấp. Hãy đặt mật khẩu của riêng mình.');
    type('Mật khẩu mới, ít nhất 12 ký tự', 'ngắn quá');
    type('Nhắc lại mật khẩu mới', 'khác');
    press('Đăng nhập');
    expect(await screen.findByText('Cần ít nhất 12 ký tự')).toBeTruthy();
    expect(screen.getByText('Hai lần gõ không giống nhau')).toBeTruthy();
    expect(posted).toHaveLength(1);
    type('Mật khẩu mới, ít nhất 12 ký tự', 'sông Hồng chảy');
    type('Nhắc lại mật khẩu mới', 'sông Hồng chảy');
    send();
    await screen.findByRole('status');
    expect(posted[1]).toEqual({ path: `${SESSION_PATH}/password`, body: { account: 'ha.lt', password: 'bốn mùa hoa sữa', code: null, newPassword: 'sông Hồng chảy' } });
  });

  test.each([
    { answer: () => problem(429, 'too-many-requests', { 'Retry-After': '601' }), says: 'Sai quá nhiều lần. Thử lại sau 11 phút.' },
    { answer: () => problem(403, 'insecure-connection'), says: 'Chỉ nhận mật khẩu qua HTTPS, hoặc ngay trên máy chủ.' },
    { answer: () => problem(503, 'busy'), says: 'Nhiều người đang đăng nhập. Thử lại sau ít giây.' },
    { answer: () => problem(507, 'store-full'), says: 'Máy chủ không nhận. Báo người quản trị.' },
    { answer: () => new Response('<html>', { status: 502 }), says: 'Máy chủ không nhận. Báo người quản trị.' },
    { answer: () => { throw new TypeError('no network'); }, says: 'Máy chủ không trả lời. Chưa làm gì; hãy thử lại.' },
  ])('says what to do: $says', async ({ answer, says }) => {
    show(NOBODY, [answer]);
    await askToSignIn();
    send();
    await said(says);
    expect((screen.getByLabelText('Mật khẩu') as HTMLInputElement).value).toBe('bốn mùa hoa sữa');
  });

  test('goes away with Escape, and nothing was sent', async () => {
    const posted = show(NOBODY);
    await askToSignIn();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posted).toEqual([]);
  });
});

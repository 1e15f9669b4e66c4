// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readCatalogue } from '../../../server/catalogue.ts';
import { CatalogueProvider } from '../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';
import i18next from 'i18next';
import { AnswersProvider } from '../../../client/screens/answers.tsx';
import { Rules } from '../../../client/screens/rules/RulesScreen.tsx';
import { ruleWords } from '../../../client/screens/rules/ruleWords.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import type { KnownRuleDto } from '../../../shared/protocol/alarmRules.ts';
import type { Role } from '../../../shared/protocol/session.ts';
import { smallNation } from '../../support/aChannelView.ts';
import { realIndicators } from '../../support/aCatalogue.ts';

const indicators = realIndicators();
const catalogue = createCatalogue({ edition: '2021', localities: [...smallNation] }, indicators);
const { alarmRules } = readCatalogue();
const AT_MS = Date.parse('2026-03-01T08:00:00+07:00');
const FIGURES = { raised: 14, standing: 2, byDay: [{ day: '2026-02-28', count: 14 }], longestMs: 7_200_000, examples: [{ localityCode: '085', sinceMs: AT_MS, untilMs: null }] };

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const shipped = (): KnownRuleDto[] => alarmRules.map((rule) => ({ rule, shippedVersion: rule.version, isShippedNewer: false, changed: null }));

/** The page over a server that holds rules and somebody's session, and answers what is posted in turn. */
function show(role: Role | null, { rules = shipped(), answers = [] as (() => Response)[] } = {}) {
  const posted: { path: string; body: Record<string, unknown> }[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      posted.push({ path, body: JSON.parse(String(init.body)) });
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('no network');
      return answer();
    }
    if (path.startsWith('/api/v1/session')) return Response.json({ person: role === null ? null : { account: 'nam.tv', name: 'Trần Văn Nam', role }, idleEndsAtMs: null });
    if (path.includes('/history')) return Response.json({ channel: 'live', ruleId: 'link-lost', changes: [{ atMs: AT_MS, by: 'Lê Thị Hà', why: 'Báo quá nhiều', rule: { ...rules[0]?.rule, version: 2 } }] });
    return Response.json({ channel: 'live', rules });
  });
  const store = createMirrorStore({ table: catalogue.table, channel: 'live', edition: '2021' });
  render(<AnswersProvider><CatalogueProvider catalogue={catalogue} store={store}><Rules /></CatalogueProvider></AnswersProvider>);
  return { posted, rules };
}
const press = (name: string | RegExp) => {
  const button = screen.getByRole('button', { name });
  fireEvent.keyDown(button, { key: 'Enter' });
  fireEvent.keyUp(button, { key: 'Enter' });
};
const open = async (name: string) => {
  await screen.findByRole('button', { name: `Mở quy tắc: ${name}` });
  press(`Mở quy tắc: ${name}`);
  return screen.findByRole('region', { name });
};
const LINK = 'Mất kết nối mạng TSLCD của một đơn vị';
const delay = (value: string) => {
  const field = screen.getByLabelText('Giữ bao lâu mới báo (giây)');
  fireEvent.change(field, { target: { value } });
  fireEvent.blur(field);
};

describe('[RU8] the page of rules', () => {
  test('every shipped rule is a line of words, in either language', async () => {
    const say = () => ({ t: i18next.t, language: i18next.language as 'vi' | 'en', catalogue, rules: alarmRules });
    const words = Object.fromEntries(alarmRules.map((rule) => [rule.id, ruleWords(rule, say())]));
    expect(words['link-lost']).toBe('Nối TSLCD = mất nối → Cao; trễ 0 giây; tự hết vẫn phải xác nhận; báo lại sau 4 giờ');
    expect(words['links-cut']).toBe('Từ 30 % đơn vị của một tỉnh, ít nhất 3, cùng “Mất kết nối mạng TSLCD của một đơn vị”; hết khi < 15 % → Cao; trễ 0 giây; tự hết vẫn phải xác nhận; báo lại sau 4 giờ');
    expect(words['overdue-surge']).toMatch(/≥ 20 %, hết khi < 15 % → Trung bình; trễ 0 giây$/);
    for (const line of Object.values(words)) expect(line).not.toMatch(/rules\.|undefined|\{\{/);
    await i18next.changeLanguage('en');
    expect(ruleWords(alarmRules[0]!, say())).toMatch(/= link lost → High; delay 0 s/);
    await i18next.changeLanguage('vi');
  });

  test('nobody changes one; who has changed it, when and why is there', async () => {
    show(null);
    const editor = await open(LINK);
    expect(await within(editor).findByText('Báo quá nhiều', { exact: false })).toBeTruthy();
    expect(editor.textContent).toContain('Lê Thị Hà');
    expect(editor.textContent).toContain('Đăng nhập để thử và sửa.');
    expect(within(editor).queryByRole('button', { name: /Lưu|Thử/ })).toBeNull();
  });

  test('an operator tries it over the last week, and may not save', async () => {
    const { posted } = show('operator', { answers: [() => Response.json({ channel: 'live', fromMs: AT_MS - 7 * 86_400_000, toMs: AT_MS, resolution: 'minute', stepMs: 60_000, series: 5, tried: FIGURES, inForce: { ...FIGURES, raised: 9 } })] });
    await open(LINK);
    await screen.findByRole('button', { name: 'Thử trên 7 ngày qua' });
    press('Thử trên 7 ngày qua');
    expect(await screen.findByText('Quy tắc này đã báo 14 lần trong 7 ngày qua (quy tắc đang dùng: 9 lần).')).toBeTruthy();
    expect(screen.getByText('Tính trên số cuối mỗi 1 phút: chập chờn ngắn hơn thì không thấy.')).toBeTruthy();
    expect(posted[0]).toMatchObject({ path: '/api/v1/alarm-rules/dry-run', body: { rule: { id: 'link-lost' } } });
    expect(Number(posted[0]?.body.toMs) - Number(posted[0]?.body.fromMs)).toBe(7 * 86_400_000);
    expect(screen.queryByRole('button', { name: 'Lưu…' })).toBeNull();
  });

  test('an administrator changes one for a reason, naming the version that was seen', async () => {
    const { posted, rules } = show('admin', { answers: [() => {
      rules[0] = { ...rules[0]!, rule: { ...rules[0]!.rule, version: 2, onDelayMs: 120_000 } };
      return Response.json(rules[0]);
    }] });
    await open(LINK);
    await screen.findByRole('button', { name: 'Lưu…' });
    expect(screen.getByRole('button', { name: 'Lưu…' })).toHaveProperty('disabled', true);
    delay('120');
    press('Lưu…');
    const dialog = await screen.findByRole('dialog', { name: 'Thay quy tắc này?' });
    expect(dialog.textContent).toContain('trễ 0 giây');
    expect(dialog.textContent).toContain('trễ 2 phút');
    fireEvent.change(within(dialog).getByLabelText('Vì sao (lưu trong lịch sử)'), { target: { value: ' Đường truyền chập chờn ' } });
    fireEvent.submit(dialog.querySelector('form')!);
    expect(await screen.findByText('Đã thay. Có hiệu lực ngay.')).toBeTruthy();
    expect(posted).toMatchObject([{ path: '/api/v1/alarm-rules/link-lost', body: { rule: { onDelayMs: 120_000 }, expectedVersion: 1, why: 'Đường truyền chập chờn' } }]);
    await waitFor(() => expect(screen.getByRole('region', { name: LINK }).textContent).toContain('bản 2'));
  });

  test('somebody else was faster: it says so, and shows what is in force', async () => {
    const { rules } = show('admin', { answers: [() => {
      rules[0] = { ...rules[0]!, rule: { ...rules[0]!.rule, version: 2, onDelayMs: 5_000 } };
      return Response.json({ type: 'urn:ioc:problem:rule-changed', title: 'x', status: 409, detail: 'The rule is of version 2 by now.' }, { status: 409 });
    }] });
    await open(LINK);
    await screen.findByRole('button', { name: 'Lưu…' });
    delay('60');
    press('Lưu…');
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Vì sao (lưu trong lịch sử)'), { target: { value: 'x' } });
    fireEvent.submit(dialog.querySelector('form')!);
    expect(await screen.findByText('Có người vừa sửa quy tắc này.', { exact: false })).toBeTruthy();
    await waitFor(() => expect(screen.getByLabelText('Giữ bao lâu mới báo (giây)')).toHaveProperty('value', '5'));
  });

  test('[RU3] a newer shipped rule is said, and the one here can be confirmed', async () => {
    const rules = shipped();
    rules[0] = { ...rules[0]!, shippedVersion: 3, isShippedNewer: true, changed: { atMs: AT_MS, by: 'Lê Thị Hà', why: 'x' } };
    show('admin', { rules });
    const editor = await open(LINK);
    expect(editor.textContent).toContain('Bản phát hành có quy tắc bản 3');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Lưu…' })).toHaveProperty('disabled', false));
  });

  test('limits the wrong way round cannot be saved or tried', async () => {
    show('admin');
    await open('Hồ sơ quá hạn tăng vọt');
    await screen.findByRole('button', { name: 'Lưu…' });
    const field = screen.getByLabelText('Ngưỡng hết');
    fireEvent.change(field, { target: { value: '40%' } });
    fireEvent.blur(field);
    expect((await screen.findByRole('alert')).textContent).toContain('ngưỡng hết phải nằm về phía tốt');
    expect(screen.getByRole('button', { name: 'Lưu…' })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('button', { name: /Thử/ })).toBeNull();
  });
});

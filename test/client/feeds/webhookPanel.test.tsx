// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { WebhookPanel } from '../../../client/screens/feeds/WebhookPanel.tsx';
import { WebhookStatus } from '../../../shared/protocol/feeds.ts';

beforeAll(async () => { await startI18n('vi'); });
afterEach(cleanup);

const NOW_MS = Date.parse('2026-03-01T08:00:00+07:00');
const aStatus = (overrides: Partial<WebhookStatus> = {}) => WebhookStatus.parse({
  id: 'phieu', origin: 'https://tickets.example.vn', state: 'well', pending: 0, delivered: 2, givenUp: 0, notTaken: 0, oldestPendingAtMs: null, lastDeliveredAtMs: NOW_MS - 60_000, nextTryAtMs: null, lastError: null, ...overrides,
});

test('[WH9] a receiver that fails is told with what waits, why, and when it is tried again; one that is well by its counts', () => {
  const failing = aStatus({ id: 'trực ban', state: 'failing', pending: 3, oldestPendingAtMs: NOW_MS - 7_200_000, nextTryAtMs: NOW_MS + 5_000, lastError: { atMs: NOW_MS - 86_400_000, text: 'answered 500' } });
  const gone = aStatus({ id: 'cũ', state: 'gone', givenUp: 1, notTaken: 2 });
  render(<WebhookPanel webhooks={[aStatus(), failing, gone]} nowMs={NOW_MS} />);
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
  expect(rows.slice(1)).toEqual([
    'phieuhttps://tickets.example.vntốt0207:59:000',
    'trực banhttps://tickets.example.vnđang gửi lại3chờ lâu nhất 2 giờ207:59:000',
    'Lần gửi cuối không thành công: kiểm tra hệ thống nhận. Gửi lại lúc 08:00:05.28/2 08:00:00 · answered 500',
    'cũhttps://tickets.example.vnđã ngừng gửi0207:59:003',
    'Nơi nhận trả lời 410, không nhận nữa: đổi địa chỉ trong tệp IOC_WEBHOOKS. ',
  ]);
});

test('[WH9] without receivers there is no panel', () => {
  render(<WebhookPanel webhooks={[]} nowMs={NOW_MS} />);
  expect(screen.queryByRole('region')).toBeNull();
});

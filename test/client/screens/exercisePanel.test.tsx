// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { AnswersProvider } from '../../../client/screens/answers.tsx';
import { ExercisePanel } from '../../../client/screens/desk/ExercisePanel.tsx';
import type { ExerciseStart, ExercisesDto } from '../../../shared/protocol/answers.ts';
import { someExercises } from '../../support/someExercises.ts';

const NOW_MS = Date.parse('2026-11-23T14:30:00+07:00');

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

/** The panel over a server that answers as the real one does. */
function show(list?: ExercisesDto) {
  const exercises = someExercises(() => NOW_MS);
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path === '/api/v1/exercises') return Response.json(list ?? exercises.list());
    asked.push([path, init?.body === undefined ? null : JSON.parse(String(init.body))]);
    if (path.endsWith('/stop')) return new Response(null, { status: exercises.stop() ? 204 : 404 });
    const outcome = exercises.start(JSON.parse(String(init?.body)) as ExerciseStart);
    return Response.json(outcome, { status: typeof outcome === 'string' ? 409 : 200 });
  });
  render(<AnswersProvider><ExercisePanel /></AnswersProvider>);
  return { exercises, asked };
}
const startButton = (name: string) => screen.findByRole('button', { name: `Bắt đầu diễn tập: ${name}` });
const press = (element: HTMLElement) => { fireEvent.keyDown(element, { key: 'Enter' }); fireEvent.keyUp(element, { key: 'Enter' }); };

test('[EX6] a start asks once and says what will be seen; then it is told since when and who leads it, and it stops without asking', async () => {
  const { asked } = show();
  press(await startButton('Bão vào miền Trung'));
  const dialog = screen.getByRole('alertdialog', { name: 'Bắt đầu diễn tập “Bão vào miền Trung”?' });
  expect(dialog.textContent).toContain('DIỄN TẬP');
  expect(asked).toEqual([]);
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Chị Hoa' } });
  fireEvent.submit(dialog.querySelector('form')!);
  expect(await screen.findByText('DIỄN TẬP · Bão vào miền Trung')).toBeTruthy();
  expect(asked).toEqual([['/api/v1/exercises/start', { scenario: 'storm-central', leader: 'Chị Hoa' }]]);
  expect(screen.getByText(/từ 14:30:00, tự kết thúc lúc 15:30:00 · điều hành: Chị Hoa/)).toBeTruthy();
  expect((await startButton('Một tỉnh mất tin')).hasAttribute('disabled')).toBe(true);
  press(screen.getByRole('button', { name: 'Dừng diễn tập' }));
  await waitFor(() => expect(screen.queryByText(/tự kết thúc/)).toBeNull());
  expect(asked.at(-1)).toEqual(['/api/v1/exercises/stop', null]);
});

test('[EX6] thinking better of it starts nothing', async () => {
  const { asked } = show();
  press(await startButton('Một tỉnh mất tin'));
  press(screen.getByRole('button', { name: 'Thôi' }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(asked).toEqual([]);
});

test('[EX6] one that somebody else started meanwhile is not replaced, and the desk says so', async () => {
  const { exercises } = show();
  press(await startButton('Một tỉnh mất tin'));
  exercises.start({ scenario: 'storm-central' });
  fireEvent.submit(screen.getByRole('alertdialog').querySelector('form')!);
  expect(await screen.findByText('Chưa bắt đầu được: đang có một cuộc diễn tập khác')).toBeTruthy();
  expect(exercises.list().running?.scenario).toBe('storm-central');
});

test('[EX4] without a simulator the desk says why nothing can be exercised', async () => {
  show({ atMs: NOW_MS, isPossible: false, running: null, scenarios: [] });
  expect(await screen.findByText(/không có bộ mô phỏng/)).toBeTruthy();
});

// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { useTranslation } from 'react-i18next';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { AnswersFollowLink, AnswersProvider, answerProblem, useAnswer } from '../../../client/screens/answers.tsx';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import type { LinkStatus } from '../../../client/store/mirrorState.ts';
import { MirrorProvider } from '../../../client/store/mirrorHooks.tsx';
import { aSmallTable } from '../../support/someReadings.ts';

beforeAll(async () => { await startI18n('vi'); });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

function Asker() {
  const { t } = useTranslation();
  const { data, isError, error } = useAnswer(z.string(), '/api/v1/word');
  return <p>{data ?? (isError ? answerProblem(error, 'failed', t) : 'asking')}</p>;
}

/** A screen with an answer, over a server that answers only while `isUp`. */
function aScreen(state: LinkStatus['state'], server: { isUp: boolean }) {
  const asked = vi.fn(async () => {
    if (!server.isUp) throw new TypeError('Failed to fetch');
    return { ok: true, json: async () => 'the answer' };
  });
  vi.stubGlobal('fetch', asked);
  const store = createMirrorStore({ table: aSmallTable(), channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  const goes = (next: LinkStatus['state'], attempt = 0) => act(async () => { store.setState({ link: { state: next, sinceMs: 0, attempt, retryInMs: null } }); });
  store.setState({ link: { state, sinceMs: 0, attempt: state === 'live' ? 0 : 1, retryInMs: null } });
  // Told first, as on the screens: children's effects run in order.
  const view = (isAsking: boolean) => <MirrorProvider store={store}><AnswersProvider><AnswersFollowLink />{isAsking && <Asker />}</AnswersProvider></MirrorProvider>;
  return { asked, goes, view };
}

test.each(['lost', 'connecting'] as const)('[OF9] while the link is %s nobody is asked, the screen says what it needs, and asks by itself when the link is there', async (state) => {
  const { asked, goes, view } = aScreen(state, { isUp: true });
  const { rerender } = render(view(false));
  rerender(view(true));
  await screen.findByText(/^Cần liên lạc với máy chủ/);
  expect(asked).not.toHaveBeenCalled();
  await goes('live');
  await screen.findByText('the answer');
});

test('[OF9] what was answered stays when the link is lost', async () => {
  const { goes, view } = aScreen('live', { isUp: true });
  render(view(true));
  await screen.findByText('the answer');
  await goes('lost', 1);
  expect(screen.getByText('the answer')).toBeDefined();
});

test('[OF9] another failure is said in the words of who asked', async () => {
  const { view } = aScreen('live', { isUp: false });
  render(view(true));
  await screen.findByText('failed', undefined, { timeout: 10_000 });
});

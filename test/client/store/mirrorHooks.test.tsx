// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { MirrorProvider, useAlarms, useLink, useReading } from '../../../client/store/mirrorHooks.tsx';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { aSmallTable, aStatus } from '../../support/someReadings.ts';

afterEach(cleanup);

const table = aSmallTable();
const renders = new Map<string, number>();

function Latency({ code }: { readonly code: string }) {
  const reading = useReading(code, 'latency');
  renders.set(code, (renders.get(code) ?? 0) + 1);
  return <output aria-label={code}>{reading === undefined ? 'no series' : reading.value ?? '—'}</output>;
}

function Link() {
  return <output aria-label="link">{useLink().state} {useAlarms().length}</output>;
}

test('[M6] a view renders again only when its own reading changed', () => {
  const store = createMirrorStore({ table, channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  store.follow('nation');
  const columns = createReadingColumns(table.series.length);
  let seq = 0;
  const show = (code: string, value: number) => {
    const index = table.indexOf(code, 'latency')!;
    columns.value[index] = value;
    columns.status[index] = aStatus;
    seq += 1;
    const header = { kind: 'snapshot', channel: 'live', topic: 'nation', epoch: '0123456789abcdef', baseSeq: 0, seq, serverTimeMs: 0, dataTimeMs: 0, seriesCount: table.series.length } as const;
    act(() => { store.takeFrame(createFrameEncoder(decimalsOf(table)).encodeSnapshot(header, columns, topicRanges(table, 'nation')!)); });
  };
  render(<MirrorProvider store={store}><Latency code="100" /><Latency code="101" /><Latency code="999" /><Link /></MirrorProvider>);
  expect(screen.getByLabelText('100').textContent).toBe('—');
  expect(screen.getByLabelText('999').textContent).toBe('no series');
  expect(screen.getByLabelText('link').textContent).toBe('connecting 0');
  show('100', 0);
  show('101', 12.5);
  show('101', 13);
  expect(screen.getByLabelText('100').textContent).toBe('0');
  expect(screen.getByLabelText('101').textContent).toBe('13');
  expect(Object.fromEntries(renders)).toEqual({ 100: 2, 101: 3, 999: 1 });
  act(() => store.setState({ link: { state: 'lost', sinceMs: 1, attempt: 1, retryInMs: 500 } }));
  expect(screen.getByLabelText('link').textContent).toBe('lost 0');
  expect(Object.fromEntries(renders)).toEqual({ 100: 2, 101: 3, 999: 1 });
});

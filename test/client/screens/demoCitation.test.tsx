// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogueProvider } from '../../../client/catalogue/ChannelProvider.tsx';
import { createCatalogue } from '../../../client/catalogue/catalogue.ts';
import { startI18n } from '../../../client/i18n/i18n.ts';
import { CitationDialog, type Cited, factsBehind } from '../../../client/screens/demo/CitationDialog.tsx';
import { DemoFigure } from '../../../client/screens/demo/DemoFigure.tsx';
import { SEAT } from '../../../client/layers/seats.ts';
import { illustratedMap } from '../../../client/screens/demo/illustratedMap.ts';
import { ReplayStage } from '../../../client/screens/demo/ReplayStage.tsx';
import { useIllustration } from '../../../client/screens/demo/useIllustration.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import type { Reading } from '../../../client/store/selectReading.ts';
import { THEMES } from '../../../client/theme/tokens.ts';
import { startOfDayMs } from '../../../shared/domain/instant.ts';
import { LocalityList } from '../../../shared/domain/locality.ts';
import { realIndicators, realTable } from '../../support/aCatalogue.ts';
import { realFacts } from '../../support/realFacts.ts';

const facts = realFacts();
const catalogue = createCatalogue(LocalityList.parse({ edition: '2021', asOf: '2021-07-01', localities: realTable('2021').localities }), realIndicators());
const END_MS = startOfDayMs('2021-06-30');

beforeAll(async () => { await startI18n('vi'); });
afterEach(cleanup);

function show(children: ReactElement): void {
  const store = createMirrorStore({ table: catalogue.table, channel: 'demo', edition: '2021' });
  render(<MemoryRouter><CatalogueProvider catalogue={catalogue} store={store}>{children}</CatalogueProvider></MemoryRouter>);
}
const showCited = (cited: Cited, nowMs = END_MS) => show(<CitationDialog cited={cited} facts={facts} nowMs={nowMs} onClose={() => {}} />);

describe('[DM14] a number that is pressed', () => {
  test.each(facts.filter(({ value, numerator }) => value !== null || numerator !== null))('$id says who printed it, in which document, from its day on and not before', (fact) => {
    const behind = (atMs: number) => factsBehind(facts, fact.localityCode, fact.indicatorId, atMs).map(({ id }) => id);
    expect(behind(startOfDayMs(fact.reportedOn))).toContain(fact.id);
    expect(behind(startOfDayMs(fact.reportedOn) - 1)).not.toContain(fact.id);
    showCited({ kind: 'figure', localityCode: fact.localityCode, indicatorId: fact.indicatorId });
    const text = screen.getByRole('dialog').textContent ?? '';
    for (const part of [fact.statement.vi, fact.publisher, fact.document]) expect(text).toContain(part);
  });

  test('before its first report says that nobody had reported it', () => {
    showCited({ kind: 'figure', localityCode: 'VN', indicatorId: 'soc-centres' }, startOfDayMs('2019-03-01'));
    expect(screen.getByText('Đến ngày này chưa bài nào nêu.')).toBeTruthy();
  });

  test('that counts towards a total says its rule before the total is reported and after', () => {
    for (const day of ['2019-03-01', '2021-01-01']) {
      showCited({ kind: 'figure', localityCode: 'VN', indicatorId: 'ndxp-transactions-total' }, startOfDayMs(day));
      expect(screen.getByRole('dialog').textContent).toContain('chia đều cho từng ngày');
      cleanup();
    }
  });

  test('a province has its own figures: Cà Mau’s dossiers and Bắc Kạn’s offices', () => {
    showCited({ kind: 'province', localityCode: '96' });
    const text = screen.getByRole('dialog').textContent ?? '';
    for (const figure of ['20.703', '12.965', '54.581', '38,01', '68.265', '44,83', '42/101']) expect(text).toContain(figure);
    cleanup();
    showCited({ kind: 'province', localityCode: '06' });
    expect(screen.getByRole('dialog').textContent).toContain('625');
    cleanup();
    showCited({ kind: 'province', localityCode: '75' });
    expect(screen.getByRole('dialog').textContent).toContain('Báo Đồng Nai');
  });

  test('of the illustrative layer says that it is in no document, and its rule', () => {
    showCited({ kind: 'rule', ruleId: 'illustrative-links', title: 'Huyện đã nối' });
    expect(screen.getByRole('dialog').textContent).toMatch(/không bài nào nêu: .*677/);
  });

  test('tells the screen which it is', () => {
    const onCite = vi.fn();
    show(<DemoFigure indicatorId="soc-centres" reports={[]} facts={facts} onCite={onCite} />);
    fireEvent.click(screen.getByRole('button'));
    expect(onCite).toHaveBeenCalledWith({ kind: 'figure', localityCode: 'VN', indicatorId: 'soc-centres' });
  });
});

describe('[IL5] the illustrative layer', () => {
  function Stage(): ReactElement {
    return <ReplayStage isStacked={false} isIllustrated={useIllustration().isOn}><div /></ReplayStage>;
  }

  test('is off until key I, says so in the banner, and goes again', () => {
    show(<Stage />);
    expect(screen.queryByText('CÓ SỐ MINH HỌA')).toBeNull();
    fireEvent.keyDown(window, { key: 'i' });
    expect(screen.getByText('CÓ SỐ MINH HỌA')).toBeTruthy();
    expect(screen.getByText('KHÔNG PHẢI TRỰC TIẾP')).toBeTruthy();
    fireEvent.keyDown(window, { key: 'I' });
    expect(screen.queryByText('CÓ SỐ MINH HỌA')).toBeNull();
  });
});

test('[IL6] the layer’s map draws what is called illustrative, with dots, and nothing that is reported', () => {
  const reading = (value: number, provenance: Reading['provenance']) => ({ value, provenance }) as Reading;
  const told: Readonly<Record<string, Reading>> = {
    '96/tslcd-share': reading(100, 'illustrative'), '06/tslcd-share': reading(100, 'reported'), '68/alerts-high': reading(2, 'illustrative'), '01/alerts-high': reading(2, 'measured'),
    '672/tslcd-link-state': reading(2, 'illustrative'), '673/tslcd-link-state': reading(0, 'illustrative'), '674/tslcd-link-state': reading(2, 'reported'),
  };
  const { areas, seats, symbols } = illustratedMap(catalogue, (code, indicatorId) => told[`${code}/${indicatorId}`], THEMES.paper);
  expect([areas.get('96')?.hatch, areas.get('06')]).toEqual(['simulated', { fill: THEMES.paper.land, hatch: 'none' }]);
  expect(symbols.map(({ id, severity }) => [id, severity])).toEqual([['68', 'high']]);
  expect(['672', '673', '674'].map((code) => seats.states[seats.codes.indexOf(code)])).toEqual([SEAT.connected, SEAT.lost, SEAT.unknown]);
});

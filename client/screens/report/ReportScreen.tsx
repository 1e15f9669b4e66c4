import '../../panels/panels.css';
import './report.css';
import { ChevronLeft, Printer } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import attribution from '../../../seeds/geography/attribution.json' with { type: 'json' };
import type { Locality } from '../../../shared/domain/locality.ts';
import { SnapshotDto } from '../../../shared/protocol/http.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useBranding, useDocumentTitle } from '../../catalogue/useBranding.ts';
import { formatClock, formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { useWallMode } from '../../panels/Header.tsx';
import { AnswersProvider, useAnswer } from '../answers.tsx';
import { provenanceWords } from '../export/provenanceWords.ts';
import { LanguageButton } from '../LanguageButton.tsx';
import { DOMAINS } from '../province/domainViews.ts';
import { LocatorInset } from '../province/LocatorInset.tsx';
import { MapLegend } from '../province/MapLegend.tsx';
import { useAsOf } from '../province/past/asOf.tsx';
import { THEMES } from '../../theme/tokens.ts';
import { useScreenTheme } from '../useScreenTheme.ts';
import { useWindowSize } from '../useWindowSize.ts';
import { ReportFigures } from './ReportFigures.tsx';
import { ReportAlarms, ReportNotes } from './ReportLists.tsx';
import { ReportMap } from './ReportMap.tsx';
import { RANKED_BY, readingsOf, roomBelow, unitsOfTable } from './reportModel.ts';
import { lowestOf, LowestUnits, ReportUnits } from './ReportUnits.tsx';

const BODY_PX = 16;
const LOWEST_COUNT = 8;
/** 210 mm at 96 px an inch. */
const PAGE_WIDTH_PX = 794;

interface PagesProps { readonly province: Locality; readonly snapshot: SnapshotDto }

function PageHead({ province, snapshot, page }: PagesProps & { readonly page: 1 | 2 }) {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const language = currentLanguage(i18n);
  const owner = useBranding().title?.[language] ?? t('product.title');
  const liveMode = useWallMode();
  const isPast = useAsOf() !== null;
  const kinds = snapshot.readings.map(({ provenance }) => provenance);
  const isMadeUp = kinds.includes('simulated') || kinds.includes('illustrative');
  const mode = !isPast && liveMode === 'exercise' ? 'exercise' : isMadeUp ? 'simulation' : kinds.some((kind) => kind !== null) ? 'live' : 'unknown';
  return (
    <header className="report-head">
      <div>
        <p>{`${owner} · ${t('report.title')}`}</p>
        <h1>{province.fullName}</h1>
        <p className="num">{`${t('report.asOf', { time: `${formatClock(snapshot.atMs)}, ${formatDate(snapshot.atMs)}` })} ${t('time.zone')} · ${t(`province.unitSet.${edition}`)}`}</p>
        {page === 1 && <p>{t('report.kinds', { kinds: provenanceWords(kinds, t) })}</p>}
      </div>
      <div className="report-marks">
        {isPast && <b data-mode="past">{t('report.past')}</b>}
        {(!isPast || isMadeUp) && <b data-mode={mode}>{t(`mode.${mode}`)}</b>}
        <span className="num">{t('report.page', { page })}</span>
      </div>
    </header>
  );
}

function Pages({ province, snapshot }: PagesProps) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const language = currentLanguage(i18n);
  const asOfMs = useAsOf();
  const readingOf = readingsOf(snapshot);
  const indicator = catalogue.indicator(RANKED_BY);
  if (indicator === undefined) throw new Error(`Invariant: the catalogue has no indicator "${RANKED_BY}".`);
  const units = catalogue.table.childrenOf(province.code);
  const lowest = lowestOf(units, readingOf, indicator, LOWEST_COUNT);
  const table = unitsOfTable(units, indicator, readingOf);
  const room = roomBelow(table.shown.length);
  const isMadeUp = units.some(({ code }) => readingOf(code, RANKED_BY)?.provenance === 'simulated');
  const mapCredit = [catalogue.edition === '2021' ? attribution.districtCaption[language] : attribution.communeNote[language], attribution.creditLine].join(' · ');
  return (
    <>
      <section className="report-page">
        <PageHead province={province} snapshot={snapshot} page={1} />
        {DOMAINS.map((domain) => <ReportFigures key={domain} domain={domain} provinceCode={province.code} readingOf={readingOf} atMs={snapshot.atMs} />)}
        <div className="report-places">
          <div className="report-mapBox">
            <h2>{t('report.map')}</h2>
            <ReportMap province={province} units={units} indicator={indicator} readingOf={readingOf} numbered={lowest} />
            <MapLegend indicator={indicator} isMadeUp={isMadeUp} />
          </div>
          <div className="report-side">
            <h2>{t('report.lowest', { unit: t(catalogue.edition === '2021' ? 'province.districtWord' : 'province.communeWord') })}</h2>
            <LowestUnits units={lowest} readingOf={readingOf} />
            <p>{t('report.mapNumbers')}</p>
            <LocatorInset edition={catalogue.edition} provinceCode={province.code} colors={THEMES.light} />
          </div>
        </div>
        <p className="report-credit">{t('report.mapSource', { credit: mapCredit })}</p>
      </section>
      <section className="report-page">
        <PageHead province={province} snapshot={snapshot} page={2} />
        <ReportUnits shown={table.shown} isAll={table.isAll} count={units.length} readingOf={readingOf} />
        <ReportAlarms provinceCode={province.code} atMs={asOfMs} most={room.alarms} />
        <ReportNotes provinceCode={province.code} most={room.notes} />
        <footer className="report-method">
          <h2>{t('report.method')}</h2>
          <p>{`${t('report.methodText')} ${t('report.again', { path: `/api/v1/snapshot?channel=live&locality=${province.code}&at=${Math.floor(snapshot.atMs)}` })} · ${t('report.mapSource', { credit: mapCredit })}`}</p>
        </footer>
      </section>
    </>
  );
}

function Report({ code }: { readonly code: string }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { locality } = useCatalogue();
  const { widthPx } = useWindowSize();
  const asOfMs = useAsOf();
  const province = locality(code);
  const isProvince = province?.level === 'province';
  useDocumentTitle(isProvince ? `${t('report.title')} ${province.name}` : null);
  // Asked once: a report is of one moment, whenever it is printed.
  const snapshot = useAnswer(SnapshotDto, isProvince ? `/api/v1/snapshot?channel=live&locality=${code}${asOfMs === null ? '' : `&at=${asOfMs}`}` : null);
  useScreenTheme('light', false, BODY_PX);
  if (!isProvince) return <p className="report-wait">{t('province.unknown', { code })}</p>;
  return (
    <main className="report">
      <nav className="report-bar">
        <Link className="report-action" to={pathIn(language, `/province/${code}${asOfMs === null ? '' : `?at=${asOfMs}`}`)}><ChevronLeft aria-hidden="true" />{t('report.back')}</Link>
        <LanguageButton className="report-action" />
        <Button className="report-action" data-main="true" isDisabled={snapshot.data === undefined} onPress={() => window.print()}><Printer aria-hidden="true" />{t('report.print')}</Button>
      </nav>
      {snapshot.data === undefined ? <p className="report-wait">{t(snapshot.isError ? 'report.failed' : 'report.preparing')}</p> : (
        <div className="report-pages" style={{ '--report-zoom': Math.min(1, widthPx / PAGE_WIDTH_PX) } as CSSProperties}><Pages province={province} snapshot={snapshot.data} /></div>
      )}
    </main>
  );
}

function Waiting({ problem }: { readonly problem: string | null }) {
  const { t } = useTranslation();
  useScreenTheme('light', false, BODY_PX);
  return <p className="report-wait">{problem ?? t('link.connecting')}</p>;
}

/** `/province/:code/report`: exactly two A4 pages, of one moment. */
export default function ReportScreen() {
  const { code = '' } = useParams();
  return (
    <AnswersProvider>
      <ChannelProvider channel="live" topic={`province:${code}`} waiting={(problem) => <Waiting problem={problem} />}><Report code={code} /></ChannelProvider>
    </AnswersProvider>
  );
}

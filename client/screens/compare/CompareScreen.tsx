import '../../panels/panels.css';
import './compare.css';
import { ChevronLeft } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ChannelDto, ReadingDto } from '../../../shared/protocol/http.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { formatClock, formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { AnswersProvider } from '../answers.tsx';
import { LanguageButton } from '../LanguageButton.tsx';
import { DOMAINS } from '../province/domainViews.ts';
import { useScreenTheme } from '../useScreenTheme.ts';
import { CompareBody, useCompareAnswers } from './CompareBody.tsx';
import { inDomain, VIEWS } from './compareOptions.ts';
import { type ComparePage, useChannelCatalogue, useComparePage } from './comparePage.ts';
import { pageAt } from '../province/past/asOf.tsx';
import { Segments } from './Segments.tsx';

const BODY_PX = 16;

/** What may be claimed of the readings on the page: an exercise above all, and one simulated reading makes them all so. */
function modeOf(channel: ChannelDto | null, readings: readonly ReadingDto[]): 'live' | 'simulation' | 'exercise' | 'unknown' {
  if (channel !== null && channel.playback.exercise !== null) return 'exercise';
  const known = readings.filter(({ freshness }) => freshness !== 'never');
  if (known.length === 0) return 'unknown';
  return known.some(({ provenance }) => provenance === 'simulated') ? 'simulation' : 'live';
}

interface TopBarProps {
  readonly page: ComparePage;
  readonly mode: ReturnType<typeof modeOf>;
  /** When the newest answer was made; `null`: none yet. */
  readonly atMs: number | null;
}

function TopBar({ page: { catalogue, language, options, asOfMs }, mode, atMs }: TopBarProps) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const first = catalogue.locality(options.places[0] ?? '');
  const now = new URLSearchParams(search);
  now.delete('at');
  return (
    <header className="compare-bar">
      {first === undefined
        ? <Link className="compare-back" to={pathIn(language, '/')} aria-label={t('province.back')}><ChevronLeft aria-hidden="true" /></Link>
        : <Link className="compare-back" to={pathIn(language, pageAt(`/province/${first.code}?domain=${options.domain}`, asOfMs))} aria-label={t('compare.backTo', { name: first.name })}><ChevronLeft aria-hidden="true" /></Link>}
      <div className="compare-title">
        <h1>{t('compare.title')}</h1>
        <p>{t(`province.unitSet.${catalogue.edition}`)}{atMs !== null && <> · <time className="num">{t('compare.at', { time: `${formatClock(atMs)} ${formatDate(atMs)}` })}</time></>}</p>
      </div>
      {asOfMs === null ? <p className="compare-mode" data-mode={mode}>{t(`mode.${mode}`)}</p>
        : <p className="compare-mode" data-mode="past">{t('compare.past')}{mode === 'simulation' && ` · ${t('mode.simulation')}`}</p>}
      {asOfMs !== null && <Link className="compare-toNow" to={`/compare?${now}`}>{t('compare.toNow')}</Link>}
      <LanguageButton className="compare-language" />
    </header>
  );
}

function Compare({ catalogue, channel }: { readonly catalogue: Catalogue; readonly channel: ChannelDto | null }) {
  const { t, i18n } = useTranslation();
  useDocumentTitle(t('compare.title'));
  const page = useComparePage(catalogue, currentLanguage(i18n));
  const answers = useCompareAnswers(page);
  useScreenTheme('light', answers.isLost, BODY_PX);
  const { options, change } = page;
  return (
    <div className="compare-screen" data-link={answers.isLost ? 'lost' : 'live'}>
      <TopBar page={page} mode={modeOf(channel, answers.readings)} atMs={answers.atMs} />
      {answers.isLost && <p className="compare-lost" role="alert"><strong>{t('link.lost')}</strong>{answers.atMs !== null && <span>{t('compare.lost', { time: formatClock(answers.atMs) })}</span>}</p>}
      <main className="compare-main"><Tabs className="compare-views" selectedKey={options.view} onSelectionChange={(key) => change({ view: VIEWS.find((view) => view === key) ?? options.view })}>
        <div className="compare-switches">
          <TabList className="compare-tabs" aria-label={t('compare.view')}>
            {VIEWS.map((view) => <Tab key={view} id={view} className="compare-tab">{t(`compare.views.${view}`)}</Tab>)}
          </TabList>
          <Segments label={t('province.domain')} value={options.domain} choices={DOMAINS.map((id) => ({ id, name: t(`domain.${id}`) }))} onChoose={(domain) => change(inDomain(options, domain))} />
        </div>
        <TabPanel key={options.view} id={options.view} className="compare-panel"><CompareBody page={page} answers={answers} /></TabPanel>
      </Tabs></main>
    </div>
  );
}

function Page() {
  const { t } = useTranslation();
  const { catalogue, channel, isFailed } = useChannelCatalogue();
  useScreenTheme('light', false, BODY_PX);
  if (catalogue !== null) return <Compare catalogue={catalogue} channel={channel} />;
  return <main className="compare-waiting"><h1>{t('link.connecting')}</h1><p>{t('link.connectingTip')}</p>{isFailed && <p>{t('desk.unreachable')}</p>}</main>;
}

/** `/compare?places=48,79`: provinces side by side, the league table, and a small chart of each. */
export default function CompareScreen() {
  return <AnswersProvider><Page /></AnswersProvider>;
}

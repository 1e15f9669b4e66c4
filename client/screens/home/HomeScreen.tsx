import { Cable, Columns3, History, MapPin, Monitor, MonitorCog, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Locality, LocalityList } from '../../../shared/domain/locality.ts';
import { useBranding, useDocumentTitle } from '../../catalogue/useBranding.ts';
import { currentLanguage, type Language } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { switchLanguage } from '../../i18n/switchLanguage.ts';
import { lastState } from '../../offline/browserLastState.ts';
import { useOffline } from '../../catalogue/useOffline.ts';
import { AnswersProvider, useAnswer } from '../answers.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { ChannelList } from './channelList.ts';
import { ChannelStatus } from './ChannelStatus.tsx';
import './home.css';
import { searchLocalities } from './searchLocalities.ts';

const BODY_PX = 16;
const MOST_FOUND = 8;

function useLocalities(): readonly Locality[] {
  const channels = useAnswer(ChannelList, '/api/v1/channels');
  const edition = channels.data?.find(({ channel }) => channel === 'live')?.edition;
  const list = useAnswer(LocalityList, edition === undefined ? null : `/api/v1/localities?edition=${edition}`);
  useOffline(list.data !== undefined);
  const kept = useKeptLocalities(channels.isError || list.isError);
  return list.data?.localities ?? kept;
}

const NO_LOCALITIES: readonly Locality[] = [];

/** [OF8] Those of the last visit, where there is no server to say them. */
function useKeptLocalities(isWanted: boolean): readonly Locality[] {
  const [kept, setKept] = useState(NO_LOCALITIES);
  useEffect(() => {
    if (isWanted) void lastState.catalogue('live').then((catalogue) => setKept(catalogue?.table.localities ?? NO_LOCALITIES));
  }, [isWanted]);
  return kept;
}

/** Where a found place leads: a province's own page, a district on the page of its province. */
function provincePath({ code, level, parent }: Locality): string {
  return level === 'province' ? `/province/${code}` : `/province/${parent ?? ''}?unit=${code}`;
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const current = currentLanguage(i18n);
  const choose = (language: Language) => void switchLanguage(i18n, language);
  return (
    <fieldset className="home-languages" aria-label={t('home.language')}>
      {(['vi', 'en'] as const).map((language) => (
        <Button key={language} className="home-language" lang={language} aria-pressed={language === current} onPress={() => choose(language)}>
          {t(`home.languages.${language}`)}
        </Button>
      ))}
    </fieldset>
  );
}

function ProvinceSearch() {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const localities = useLocalities();
  const [query, setQuery] = useState('');
  const namesByCode = useMemo(() => new Map<string, string>(localities.map(({ code, name }) => [code, name])), [localities]);
  const found = useMemo(() => searchLocalities(localities, query, MOST_FOUND), [localities, query]);
  const provinces = useMemo(() => localities.filter(({ level }) => level === 'province'), [localities]);
  return (
    <section className="home-provinces">
      <h2 className="home-cardTitle"><MapPin aria-hidden="true" />{t('home.province')}</h2>
      <p className="home-cardText">{t('home.provinceText')}</p>
      <SearchField className="home-search" value={query} onChange={setQuery}>
        <Label className="home-searchLabel">{t('home.search')}</Label>
        <span className="home-searchBox">
          <Search aria-hidden="true" />
          <Input className="home-searchInput" placeholder={t('home.searchHint')} autoComplete="off" spellCheck="false" />
        </span>
      </SearchField>
      {query.trim() === '' ? (
        <ul className="home-all">
          {provinces.map((province) => <li key={province.code}><Link className="home-province" to={pathIn(language, provincePath(province))}>{province.name}</Link></li>)}
        </ul>
      ) : (
        <>
          <p className="visuallyHidden" role="status">{t('home.found', { count: found.length })}</p>
          {found.length === 0 && <p className="home-none">{t('home.none', { query: query.trim() })}</p>}
          <ul className="home-found">
            {found.map((locality) => (
              <li key={locality.code}>
                <Link className="home-hit" to={pathIn(language, provincePath(locality))}>
                  <span className="home-hitName">{locality.fullName}</span>
                  {locality.level !== 'province' && <span className="home-hitParent">{namesByCode.get(locality.parent ?? '')}</span>}
                  <span className="home-hitCode num">{locality.code}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Home() {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { title, emblem } = useBranding();
  useScreenTheme('light', false, BODY_PX);
  useDocumentTitle(null);
  return (
    <div className="home-screen">
      <header className="home-header">
        <div>
          <h1 className="home-title">{emblem !== null && <img className="home-emblem" src={emblem} alt="" />}{title?.[language] ?? t('home.title')}</h1>
          <ChannelStatus />
        </div>
        <LanguageSwitch />
      </header>
      <main className="home-main">
        <div className="home-screens">
          <Link className="home-card" to={pathIn(language, '/wall')}>
            <span className="home-cardTitle"><Monitor aria-hidden="true" />{t('home.wall')}</span>
            <span className="home-cardText">{t('home.wallText')}</span>
          </Link>
          <Link className="home-card" to={pathIn(language, '/desk')}>
            <span className="home-cardTitle"><MonitorCog aria-hidden="true" />{t('home.desk')}</span>
            <span className="home-cardText">{t('home.deskText')}</span>
          </Link>
          <Link className="home-card" to={pathIn(language, '/compare')}>
            <span className="home-cardTitle"><Columns3 aria-hidden="true" />{t('home.compare')}</span>
            <span className="home-cardText">{t('home.compareText')}</span>
          </Link>
          <Link className="home-card" to={pathIn(language, '/feeds')}>
            <span className="home-cardTitle"><Cable aria-hidden="true" />{t('home.feeds')}</span>
            <span className="home-cardText">{t('home.feedsText')}</span>
          </Link>
          <Link className="home-card" to={pathIn(language, '/demo')} data-kind="replay">
            <span className="home-cardTitle"><History aria-hidden="true" />{t('home.demo')}</span>
            <span className="home-cardText">{t('home.demoText')}</span>
          </Link>
        </div>
        <ProvinceSearch />
      </main>
    </div>
  );
}

/** `/`: choose a screen. */
export default function HomeScreen() {
  return <AnswersProvider><Home /></AnswersProvider>;
}

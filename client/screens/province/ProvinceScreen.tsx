import '../../panels/panels.css';
import './province.css';
import { ChevronLeft, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Locality } from '../../../shared/domain/locality.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { formatClock } from '../../i18n/format.ts';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { useWallMode } from '../../panels/Header.tsx';
import { SceneIcon } from '../../panels/sceneIcons.tsx';
import { useLink, useNow } from '../../store/mirrorHooks.tsx';
import { AnswersProvider } from '../answers.tsx';
import { LanguageButton } from '../LanguageButton.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { AlertLevels } from './AlertLevels.tsx';
import { DistrictList } from './DistrictList.tsx';
import { DOMAINS, isProvinceDomain, mapIndicatorOf } from './domainViews.ts';
import { ExplainDialog } from './ExplainDialog.tsx';
import { FigureCard } from './FigureCard.tsx';
import { useLocalRows } from './localRows.ts';
import { MoreFigures } from './MoreFigures.tsx';
import { ProvinceAlarm } from './ProvinceAlarm.tsx';
import { ProvinceMap } from './ProvinceMap.tsx';
import { useProvinceSelection } from './provinceSelection.ts';
import { Trend } from './Trend.tsx';
import { MAP_PADDING, useTabletLayout } from './useTabletLayout.ts';

const BODY_PX = 16;
const SHORT_LIST = 4;
/** The order in which a Vietnamese reader names them. */
const KINDS = ['quận', 'huyện', 'thị xã', 'thành phố', 'phường', 'xã', 'đặc khu'];

/** "12 huyện, thành phố": the count, and the kinds there are in the order of the edition. */
function useUnitWords(provinceCode: string): string {
  const { t } = useTranslation();
  const { table, edition } = useCatalogue();
  const units = table.childrenOf(provinceCode);
  const kinds = [...new Set(units.map(({ kind }) => kind))].sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b));
  return `${t(edition === '2021' ? 'province.districts' : 'province.communes', { count: units.length, kinds: kinds.join(', ') })} · ${t(`province.unitSet.${edition}`)}`;
}

function TopBar({ province, unit, onClearUnit }: { readonly province: Locality; readonly unit: Locality | undefined; readonly onClearUnit: () => void }) {
  const { t, i18n } = useTranslation();
  const words = useUnitWords(province.code);
  const mode = useWallMode();
  const { serverNowMs } = useNow();
  return (
    <header className="province-bar">
      <Link className="province-back" to={pathIn(currentLanguage(i18n), '/')} aria-label={t('province.back')}><ChevronLeft aria-hidden="true" /></Link>
      <div className="province-title">
        <h1>{province.name}</h1>
        <p>{words}</p>
      </div>
      {unit !== undefined && (
        <Button className="province-unitChip" aria-label={t('province.clearUnit', { name: unit.name })} onPress={onClearUnit}>{unit.name}<X aria-hidden="true" /></Button>
      )}
      <p className="province-mode" data-mode={mode}><b>{t(`mode.${mode}`)}</b>{serverNowMs > 0 && <time className="num">{formatClock(serverNowMs)}</time>}</p>
      <LanguageButton className="province-language" />
    </header>
  );
}

function ProvinceContent({ province }: { readonly province: Locality }) {
  useDocumentTitle(province.name);
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const layout = useTabletLayout();
  const [selection, choose] = useProvinceSelection(province.code, catalogue);
  const [explained, setExplained] = useState<string | null>(null);
  const { domain, unitCode, shownCode, cards, indicatorId, others } = selection;
  const indicator = catalogue.indicator(indicatorId);
  const mapIndicator = mapIndicatorOf(domain, indicator, (id) => catalogue.indicator(id));
  const rows = useLocalRows(province.code, mapIndicator);
  const unit = unitCode === null ? undefined : catalogue.locality(unitCode);
  const selectUnit = (code: string) => {
    if (code === unitCode) setExplained(mapIndicator?.id ?? null);
    else choose({ unit: code });
  };
  return (
    <>
      <TopBar province={province} unit={unit} onClearUnit={() => choose({ unit: null })} />
      <Tabs className="province-main" selectedKey={domain} onSelectionChange={(key) => { if (isProvinceDomain(String(key))) choose({ domain: String(key), indicator: null }); }}>
        <div className="province-left">
          <TabList className="province-tabs" aria-label={t('province.domain')}>
            {DOMAINS.map((id) => <Tab key={id} id={id} className="province-tab"><SceneIcon scene={id} />{t(`domain.${id}`)}</Tab>)}
          </TabList>
          <ProvinceMap province={province} unitCode={unitCode} rows={rows} indicator={mapIndicator} padding={MAP_PADDING[layout]} onSelect={selectUnit} />
        </div>
        <div className="province-right">
          <ProvinceAlarm provinceCode={province.code} />
          <TabPanel id={domain} className="province-panels">
            {unit !== undefined && shownCode === province.code && <p className="province-hint">{t('province.onlyProvince', { name: province.name })}</p>}
            <div className="province-cards">
              {cards.map((id) => (
                <FigureCard key={id} localityCode={shownCode} indicatorId={id} isSelected={id === indicatorId} onSelect={() => choose({ indicator: id })} onExplain={() => setExplained(id)} />
              ))}
            </div>
            {mapIndicator === undefined ? <AlertLevels provinceCode={province.code} />
              : <DistrictList rows={rows} indicator={mapIndicator} unitCode={unitCode} onSelect={selectUnit} shortCount={SHORT_LIST} />}
            {indicator !== undefined && <Trend localityCode={shownCode} indicator={indicator} />}
            <MoreFigures localityCode={shownCode} indicatorIds={others} onExplain={setExplained} />
          </TabPanel>
        </div>
      </Tabs>
      {explained !== null && <ExplainDialog localityCode={shownCode} indicatorId={explained} onClose={() => setExplained(null)} />}
    </>
  );
}

function UnknownProvince({ code }: { readonly code: string }) {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  return (
    <main className="province-unknown">
      <h1>{t('province.unknown', { code })}</h1>
      <p>{t('province.unknownWhy', { set: t(`province.unitSet.${edition}`) })}</p>
      <Link to={pathIn(currentLanguage(i18n), '/')}>{t('province.toSearch')}</Link>
    </main>
  );
}

function Province({ code }: { readonly code: string }) {
  const { locality } = useCatalogue();
  const link = useLink();
  useScreenTheme('light', link.state === 'lost', BODY_PX);
  const province = locality(code);
  return (
    <div className="province-screen" data-link={link.state}>
      <LinkLostBanner />
      {province?.level === 'province' ? <ProvinceContent key={province.code} province={province} /> : <UnknownProvince code={code} />}
    </div>
  );
}

function Waiting({ problem }: { readonly problem: string | null }) {
  const { t } = useTranslation();
  useScreenTheme('light', false, BODY_PX);
  return <main className="province-unknown"><h1>{t('link.connecting')}</h1><p>{t('link.connectingTip')}</p>{problem !== null && <p className="province-problem">{problem}</p>}</main>;
}

/** `/province/:code`: one province, its districts, and where each number comes from. */
export default function ProvinceScreen() {
  const { code = '' } = useParams();
  return (
    <AnswersProvider>
      <ChannelProvider channel="live" topic={`province:${code}`} waiting={(problem) => <Waiting problem={problem} />}>
        <Province code={code} />
      </ChannelProvider>
    </AnswersProvider>
  );
}

import '../../panels/panels.css';
import './province.css';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Locality } from '../../../shared/domain/locality.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { SceneIcon } from '../../panels/sceneIcons.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { AnswersFollowLink, AnswersProvider } from '../answers.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { NeighbourButton } from './bar/NeighbourButtons.tsx';
import { useSwipe } from './bar/swipe.ts';
import { TopBar, useOpenPlace } from './bar/TopBar.tsx';
import { useNeighbours } from './bar/useNeighbours.ts';
import { DOMAINS, isProvinceDomain } from './domainViews.ts';
import { ExplainSheet } from './explain/ExplainSheet.tsx';
import { PastBanner } from './past/PastBanner.tsx';
import { PastChannel } from './past/PastChannel.tsx';
import { ProvinceAlarm } from './ProvinceAlarm.tsx';
import { ProvinceMap } from './ProvinceMapLater.tsx';
import { ProvincePanels } from './ProvincePanels.tsx';
import { useFiguresStand } from './useFiguresStand.ts';
import { useProvincePage } from './useProvincePage.ts';
import { MAP_PADDING, useTabletLayout } from './useTabletLayout.ts';

const BODY_PX = 16;

function ProvinceContent({ province }: { readonly province: Locality }) {
  useDocumentTitle(province.name);
  const { t } = useTranslation();
  const layout = useTabletLayout();
  const page = useProvincePage(province);
  const figuresStand = useFiguresStand();
  const { selection: { domain, unitCode }, choose, rows, mapIndicator, selectUnit } = page;
  const neighbours = useNeighbours(province.code, page.indicator);
  const openPlace = useOpenPlace();
  const swipe = useSwipe((way) => { const to = neighbours[way]; if (to !== null) openPlace(to); });
  return (
    <>
      <TopBar province={province} domain={domain} layout={layout} swipe={swipe} />
      <Tabs className="province-main" selectedKey={domain} onSelectionChange={(key) => { if (isProvinceDomain(String(key))) choose({ domain: String(key), indicator: null }); }}>
        <div className="province-left">
          <div className="province-turn" {...swipe}>
            <NeighbourButton way="previous" neighbours={neighbours} onOpen={openPlace} />
            <TabList className="province-tabs" aria-label={t('province.domain')}>
              {DOMAINS.map((id) => <Tab key={id} id={id} className="province-tab"><SceneIcon scene={id} />{t(`domain.${id}`)}</Tab>)}
            </TabList>
            <NeighbourButton way="next" neighbours={neighbours} onOpen={openPlace} />
          </div>
          <ProvinceMap isDue={figuresStand} province={province} unitCode={unitCode} rows={rows} indicator={mapIndicator} padding={MAP_PADDING[layout]} onSelect={selectUnit} />
        </div>
        <div className="province-right">
          <ProvinceAlarm provinceCode={province.code} />
          <TabPanel id={domain} className="province-panels"><ProvincePanels page={page} figuresStand={figuresStand} /></TabPanel>
        </div>
      </Tabs>
      {figuresStand && <ExplainSheet address={page.explanation} />}
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

/** [TV7] The link is that of now, whatever moment is shown below it. */
function Province({ code }: { readonly code: string }) {
  const { locality } = useCatalogue();
  const link = useLink();
  useScreenTheme('light', link.state === 'lost', BODY_PX);
  const province = locality(code);
  return (
    <div className="province-screen" data-link={link.state}>
      <LinkLostBanner keepsPictures />
      <AnswersFollowLink />
      <PastChannel topic={`province:${code}`}>
        <PastBanner />
        {province?.level === 'province' ? <ProvinceContent key={province.code} province={province} /> : <UnknownProvince code={code} />}
      </PastChannel>
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
      <ChannelProvider channel="live" topic={`province:${code}`} keepsLast waiting={(problem) => <Waiting problem={problem} />}>
        <Province code={code} />
      </ChannelProvider>
    </AnswersProvider>
  );
}

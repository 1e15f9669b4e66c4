import { X } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { NotesPanel } from '../notes/NotesPanel.tsx';
import { ReportLink } from '../report/ReportLink.tsx';
import { AlertLevels } from './AlertLevels.tsx';
import { writeOrder } from './districtOrder.ts';
import { DistrictList } from './DistrictList.tsx';
import { FigureCard } from './FigureCard.tsx';
import { HistoryPanel } from './history/HistoryPanel.tsx';
import { ServiceIndexEntry, ServiceIndexSwitch } from './index/ServiceIndexSwitch.tsx';
import { MoreFigures } from './MoreFigures.tsx';
import type { ProvincePage } from './useProvincePage.ts';

const SHORT_LIST = 4;

const NONE: readonly string[] = [];

interface ProvincePanelsProps {
  readonly page: ProvincePage;
  /** [OF10] Until then there are the cards alone: what is drawn with them, and asked for, would be waited for with them. */
  readonly figuresStand: boolean;
}

/** The domain's figures, its districts, how they came to be, and what people noted. */
export function ProvincePanels({ page, figuresStand }: ProvincePanelsProps) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const { province, selection, choose, explanation } = page;
  const { domain, unitCode, shownCode, cards, indicatorId } = selection;
  const unit = unitCode === null ? undefined : locality(unitCode);
  const explain = (id: string) => explanation.open({ localityCode: shownCode, indicatorId: id });
  return (
    <>
      {unit !== undefined && (
        <Button className="province-unitChip" aria-label={t('province.clearUnit', { name: unit.name })} onPress={() => choose({ unit: null })}>{t('bar.unitShown', { name: unit.name })}<X aria-hidden="true" /></Button>
      )}
      <ServiceIndexSwitch provinceCode={province.code} domain={domain} onExplain={(id) => explanation.open({ localityCode: province.code, indicatorId: id })}>
        {unit !== undefined && shownCode === province.code && <p className="province-hint">{t('province.onlyProvince', { name: province.name })}</p>}
        <div className="province-cards">
          {cards.map((id) => (
            <FigureCard key={id} localityCode={shownCode} indicatorId={id} isSelected={id === indicatorId} onSelect={() => choose({ indicator: id })} onExplain={() => explain(id)} pageIds={figuresStand ? cards : NONE} />
          ))}
        </div>
        {figuresStand && <BelowCards page={page} onExplain={explain} />}
      </ServiceIndexSwitch>
      {figuresStand && <BelowFigures page={page} />}
    </>
  );
}

function BelowCards({ page, onExplain }: { readonly page: ProvincePage; readonly onExplain: (indicatorId: string) => void }) {
  const { province, selection, choose, indicator, mapIndicator, rows, selectUnit } = page;
  const { domain, unitCode, shownCode, cards, others, order } = selection;
  return (
    <>
      {mapIndicator === undefined ? <AlertLevels provinceCode={province.code} />
        : <DistrictList rows={rows} indicator={mapIndicator} unitCode={unitCode} order={order} onOrder={(next) => choose(writeOrder(next))} onSelect={selectUnit} shortCount={SHORT_LIST} />}
      <ServiceIndexEntry domain={domain} />
      {indicator !== undefined && <HistoryPanel localityCode={shownCode} indicator={indicator} otherIds={cards} />}
      <MoreFigures localityCode={shownCode} indicatorIds={others} onExplain={onExplain} />
    </>
  );
}

function BelowFigures({ page: { province, indicator, selection: { shownCode, indicatorId } } }: { readonly page: ProvincePage }) {
  return (
    <>
      <NotesPanel key={`${shownCode} ${indicatorId}`} localityCode={shownCode} indicatorId={indicator?.id ?? null} />
      <ReportLink provinceCode={province.code} />
    </>
  );
}

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

/** The domain's figures, its districts, how they came to be, and what people noted. */
export function ProvincePanels({ page }: { readonly page: ProvincePage }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const { province, selection, choose, explanation, indicator, mapIndicator, rows, selectUnit } = page;
  const { domain, unitCode, shownCode, cards, indicatorId, others, order } = selection;
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
            <FigureCard key={id} localityCode={shownCode} indicatorId={id} isSelected={id === indicatorId} onSelect={() => choose({ indicator: id })} onExplain={() => explain(id)} pageIds={cards} />
          ))}
        </div>
        {mapIndicator === undefined ? <AlertLevels provinceCode={province.code} />
          : <DistrictList rows={rows} indicator={mapIndicator} unitCode={unitCode} order={order} onOrder={(next) => choose(writeOrder(next))} onSelect={selectUnit} shortCount={SHORT_LIST} />}
        <ServiceIndexEntry domain={domain} />
        {indicator !== undefined && <HistoryPanel localityCode={shownCode} indicator={indicator} otherIds={cards} />}
        <MoreFigures localityCode={shownCode} indicatorIds={others} onExplain={explain} />
      </ServiceIndexSwitch>
      <NotesPanel key={`${shownCode} ${indicatorId}`} localityCode={shownCode} indicatorId={indicator?.id ?? null} />
      <ReportLink provinceCode={province.code} />
    </>
  );
}

import './mapTable.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { ARCHIPELAGOS } from '../../map/archipelagos.ts';
import { FigureView } from '../../panels/Figure.tsx';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { useIndicatorFigure } from '../../panels/IndicatorFigure.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { tablePaddingOf } from './mapPadding.ts';
import { mapTableFit, mapTableRows, type TableRow } from './mapTableRows.ts';
import { useReadSeries } from './useMapScene.ts';
import type { WallMapProps } from './WallMap.tsx';

function Row({ row: { locality, mark, isAcknowledged }, indicatorId }: { readonly row: TableRow; readonly indicatorId: string }) {
  const { t } = useTranslation();
  const text = useIndicatorFigure(locality.code, indicatorId);
  return (
    <li className="mapTableRow">
      <span>{mark !== null && <SeveritySymbol severity={mark} isOutline={isAcknowledged} label={t(`severity.${mark}`)} />}</span>
      <span className="mapTableRow-place">{displayName(locality)}</span>
      <FigureView text={text} size="row" />
      <span className="mapTableRow-state" data-freshness={text.mark}>{text.mark !== 'fresh' && <FreshnessMark freshness={text.mark} />}</span>
    </li>
  );
}

/** [GP5] What the map says, in words, in its place: for a display that cannot draw it. As many rows as fit; what is left out is counted. */
export function MapTable({ scene, scale, widthPx, heightPx, layout, focusCode, hasAlarmRow, rows: attention }: WallMapProps) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const root = useRoot();
  const read = useReadSeries();
  const isLinkLost = useLink().state === 'lost';
  const { indicatorId, rows } = useMemo(() => mapTableRows({ catalogue, root, read, scene, focusCode, attention }), [catalogue, root, read, scene, focusCode, attention]);
  const { left, top, right, bottom } = tablePaddingOf(layout, scale, { isFocused: focusCode !== null, isLinkLost, hasAlarmRow });
  const { columns, perColumn, isNarrow } = mapTableFit(widthPx - left - right, heightPx - top - bottom, scale.bPx);
  const shown = rows.slice(0, columns * perColumn);
  const indicator = scene === 'security' ? t('security.hero') : catalogue.indicator(indicatorId)?.shortName[currentLanguage(i18n)];
  return (
    <section className="mapTable" style={{ left, top, right, bottom }} aria-label={t('map.table.title')}>
      <h2>{t('map.table.title')}</h2>
      <p role="status">{t(isNarrow ? 'map.table.whyShort' : 'map.table.why')}</p>
      <p className="mapTable-order">{t(isNarrow ? 'map.table.orderShort' : 'map.table.order', { indicator, parts: `${shown.length}/${rows.length}` })}</p>
      <ol style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${Math.min(perColumn, Math.ceil(shown.length / columns))}, auto)` }}>
        {shown.map((row) => <Row key={row.locality.code} row={row} indicatorId={indicatorId} />)}
      </ol>
      <p className="mapTable-foot">
        {ARCHIPELAGOS.map(({ id, name }) => <span key={id}>{name}</span>)}
        <span>{t('map.eastSea')}</span>
      </p>
    </section>
  );
}

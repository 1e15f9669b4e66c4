import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { SEAT } from '../../layers/seats.ts';
import { FigureView, useFigure } from '../../panels/Figure.tsx';
import type { Cited } from './CitationDialog.tsx';
import type { IllustratedMap } from './illustratedMap.ts';

interface IllustrationBoxProps {
  readonly map: IllustratedMap;
  readonly onCite: (cited: Cited) => void;
}

/** The country's figures of the layer. Pressed, each says by which rule it is filled in. */
export function IllustrationBox({ map: { seats }, onCite }: IllustrationBoxProps) {
  const { t } = useTranslation();
  const high = useFigure('VN', 'alerts-high');
  const overdue = useFigure('VN', 'dossiers-overdue');
  const connected = seats.states.filter((state) => state === SEAT.connected).length;
  const rows = [
    { ruleId: 'illustrative-links', name: t('demo.illustrative.links'), figure: <span className="figure figure-row num" data-made-up="true"><span className="figure-main">{formatNumber(connected)}</span><span className="figure-denominator">/{formatNumber(seats.states.length)}</span></span> },
    { ruleId: 'illustrative-alerts', name: t('demo.illustrative.alerts'), figure: <FigureView text={high} size="row" /> },
    { ruleId: 'illustrative-dossiers', name: t('demo.illustrative.overdue'), figure: <FigureView text={overdue} size="row" /> },
  ];
  return (
    <section className="demo-made" aria-label={t('demo.illustrative.title')}>
      <h2>{t('demo.illustrative.title')}</h2>
      {rows.map(({ ruleId, name, figure }) => (
        <Button key={ruleId} onPress={() => onCite({ kind: 'rule', ruleId, title: name })}><span>{name}</span>{figure}</Button>
      ))}
    </section>
  );
}

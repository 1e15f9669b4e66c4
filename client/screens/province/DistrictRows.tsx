import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { formatAge, formatNumber } from '../../i18n/format.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { IndicatorFigure } from '../../panels/IndicatorFigure.tsx';
import { useNow } from '../../store/mirrorHooks.tsx';
import { THEMES } from '../../theme/tokens.ts';
import { type DotScale, rampClassOf } from './districtScale.ts';
import { comparableValue, type LocalRow } from './localRows.ts';

/** A province of 2021 has at most 31 districts, one of 2025 more than 150 communes: a long list scrolls by itself, and only what is seen of it is drawn. */
const LONG_LIST = 40;
/** A row of 48 px and its line. */
const ROW_PX = 49;
const OVERSCAN = 6;

function Dot({ row, indicator, scale }: { readonly row: LocalRow; readonly indicator: Indicator; readonly scale: DotScale }) {
  const value = comparableValue(row);
  const place = (of: number) => `${(100 * (Math.min(Math.max(of, scale.min), scale.max) - scale.min)) / (scale.max - scale.min)}%`;
  const color = THEMES.light.ramp[rampClassOf(indicator, value) ?? 0];
  return (
    <span className="province-scale" aria-hidden="true">
      {indicator.target !== null && <span className="province-target" style={{ left: place(indicator.target) }} />}
      {value !== null && <span className="province-dot" data-freshness={row.freshness} style={{ left: place(value), background: color }} />}
    </span>
  );
}

/** "● 4 phút", "× mất tin". */
function Age({ row: { reading: { observedAtMs }, freshness } }: { readonly row: LocalRow }) {
  const { t } = useTranslation();
  const { dataNowMs } = useNow();
  const age = observedAtMs === null || freshness === 'never' ? null : formatAge(dataNowMs - observedAtMs, t);
  const word = t(`freshness.${freshness}`);
  return (
    <span className="province-age" title={age === null ? word : `${word} · ${age}`}>
      <FreshnessMark freshness={freshness} /><span className="visuallyHidden">{word}</span>{age !== null && <span className="num">{age}</span>}
    </span>
  );
}

export interface DistrictRowsProps {
  readonly rows: readonly LocalRow[];
  readonly indicator: Indicator;
  readonly scale: DotScale | null;
  readonly unitCode: string | null;
  readonly showsAge: boolean;
  readonly onSelect: (code: string) => void;
}

function DistrictRow({ row, index, indicator, scale, unitCode, showsAge, onSelect }: Omit<DistrictRowsProps, 'rows'> & { readonly row: LocalRow; readonly index: number }) {
  const { locality, reading, freshness } = row;
  const { numerator, denominator } = reading;
  return (
    <tr data-index={index} aria-rowindex={index + 2} data-selected={locality.code === unitCode} data-freshness={freshness}>
      <th scope="row"><Button className="province-unit" aria-pressed={locality.code === unitCode} onPress={() => onSelect(locality.code)}>{locality.name}</Button></th>
      <td className="province-listScale">{scale !== null && <Dot row={row} indicator={indicator} scale={scale} />}</td>
      <td className="province-listValue"><IndicatorFigure localityCode={locality.code} indicatorId={indicator.id} size="row" /></td>
      <td className="province-listParts num">{numerator !== null && denominator !== null && `${formatNumber(numerator)}/${formatNumber(denominator)}`}</td>
      {showsAge && <td className="province-listAge"><Age row={row} /></td>}
    </tr>
  );
}

/** Arrow keys, Home and End go from row to row, to rows that are not drawn yet too. Returns the key handler. */
function useRowKeys(container: { readonly current: HTMLElement | null }, count: number, scrollTo: (index: number) => void) {
  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => {
    const button = wanted === null ? null : container.current?.querySelector<HTMLElement>(`tr[data-index="${wanted}"] button`);
    if (button == null) return;
    button.focus();
    setWanted(null);
  });
  return (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('tr[data-index]') : null;
    if (row === null) return;
    const at = Number(row.dataset.index);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
    if (next === undefined || next < 0 || next >= count) return;
    event.preventDefault();
    scrollTo(next);
    setWanted(next);
  };
}

/** Height of what is not drawn. */
function Gap({ heightPx }: { readonly heightPx: number }) {
  return heightPx <= 0 ? null : <tr className="province-gap"><td colSpan={5} style={{ height: heightPx }} /></tr>;
}

/** The table of the units. `head` and `className` are its caller's; a long one scrolls within itself. */
export function DistrictTable({ head, className, label, ...rowProps }: DistrictRowsProps & { readonly head: ReactNode; readonly className: string; readonly label: string }) {
  const { rows } = rowProps;
  const container = useRef<HTMLElement>(null);
  const isLong = rows.length > LONG_LIST;
  const virtualizer = useVirtualizer({
    count: rows.length, getScrollElement: () => container.current, estimateSize: () => ROW_PX, overscan: OVERSCAN, enabled: isLong,
    initialRect: { width: 0, height: LONG_LIST * ROW_PX }, getItemKey: (index) => rows[index]?.locality.code ?? index,
  });
  const items = isLong ? virtualizer.getVirtualItems() : rows.map((_, index) => ({ index, start: 0, end: 0 }));
  const handleKeys = useRowKeys(container, rows.length, (index) => { if (isLong) virtualizer.scrollToIndex(index); });
  return (
    <section className="province-listBox" data-long={isLong} aria-label={label} ref={container}>
      <table className={className} aria-rowcount={rows.length + 1} onKeyDownCapture={handleKeys}>
        {head}
        <tbody>
          <Gap heightPx={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : <DistrictRow key={row.locality.code} {...rowProps} row={row} index={index} />;
          })}
          <Gap heightPx={isLong ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0} />
        </tbody>
      </table>
    </section>
  );
}

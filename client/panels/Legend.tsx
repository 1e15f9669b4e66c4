import { useTranslation } from 'react-i18next';
import { formatNumber } from '../i18n/format.ts';

/** Words of the five classes between four breaks, best first: "100", "95 – <100", …, "<80". */
export function classLabels(bands: readonly number[]): string[] {
  const number = (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 1);
  const [first] = bands;
  if (first === undefined) return [];
  const labels = [first === 100 ? '100' : `≥${number(first)}`];
  for (let i = 1; i < bands.length; i += 1) labels.push(`${number(bands[i] ?? 0)} – <${number(bands[i - 1] ?? 0)}`);
  return [...labels, `<${number(bands.at(-1) ?? 0)}`];
}

export interface LegendClass { readonly classIndex: number; readonly label: string }

export function bandClasses(bands: readonly number[]): LegendClass[] {
  return classLabels(bands).map((label, classIndex) => ({ classIndex, label }));
}

export type LegendMark = 'not-connected' | 'overdue-ring' | 'never';

interface LegendProps {
  readonly title: string;
  readonly classes: readonly LegendClass[];
  /** Cells of a province in close-up: their best class has a tone of its own. */
  readonly isCells: boolean;
  readonly marks: readonly { readonly mark: LegendMark; readonly label: string }[];
}

/** What the map's colours and marks mean. Breaks are fixed and tied to the target. */
export function Legend({ title, classes, isCells, marks }: LegendProps) {
  const { t } = useTranslation();
  return (
    <aside className="legend" data-cells={isCells} aria-label={t('map.label')}>
      {classes.length > 0 && <p className="legend-title">{title}</p>}
      <ul>
        {classes.map(({ classIndex, label }) => (
          <li key={label}><span className="legend-swatch" data-class={classIndex} /><span className="num">{label}</span></li>
        ))}
        {marks.map(({ mark, label }) => <li key={mark}><span className="legend-mark" data-mark={mark} />{label}</li>)}
      </ul>
    </aside>
  );
}

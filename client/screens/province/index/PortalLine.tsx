import { useTranslation } from 'react-i18next';
import type { PortalDto } from '../../../../shared/protocol/serviceIndex.ts';
import { formatDate } from '../../../i18n/format.ts';
import { differenceText, scoreText } from './indexFigures.ts';

interface PortalLineProps {
  readonly portal: PortalDto;
  /** Ours. `null`: nothing could be judged. */
  readonly score: number | null;
}

function Difference({ difference }: { readonly difference: NonNullable<PortalDto['difference']> }) {
  const { t } = useTranslation();
  const [min, max] = [differenceText(difference.min), differenceText(difference.max)];
  const isWithin = difference.min <= 0 && difference.max >= 0;
  if (difference.min === difference.max) return <span className="num">{min}</span>;
  return <><span className="num">{t('serviceIndex.portal.between', { min, max })}</span><small>{t(isWithin ? 'serviceIndex.portal.within' : 'serviceIndex.portal.apart')}</small></>;
}

/** What the portal says, what was computed here, and by how much they differ: only for the same period. */
export function PortalLine({ portal, score }: PortalLineProps) {
  const { t } = useTranslation();
  const { state, reading, difference } = portal;
  if (state !== 'published' || reading?.value == null) {
    const of = { value: scoreText(reading?.value ?? 0), date: formatDate(reading?.observedAtMs ?? 0) };
    return <p className="index-noPortal">{t(`serviceIndex.portal.${state === 'published' ? 'none' : state}`, of)}</p>;
  }
  const isMadeUp = reading.provenance === 'simulated' || reading.provenance === 'illustrative';
  return (
    <dl className="index-portal">
      <div><dt>{t('serviceIndex.portal.says')}</dt><dd>
        <span className="figure num" data-made-up={isMadeUp}><span className="figure-main">{scoreText(reading.value)}</span></span>
        <small>{t('serviceIndex.portal.at', { date: formatDate(reading.observedAtMs ?? 0), provenance: t(`provenance.${reading.provenance ?? 'measured'}`) })}</small>
      </dd></div>
      <div><dt>{t('serviceIndex.portal.here')}</dt><dd className="num">{score === null ? t('serviceIndex.notJudged') : scoreText(score)}</dd></div>
      <div><dt>{t('serviceIndex.portal.difference')}</dt><dd>{difference === null ? t('serviceIndex.portal.notCompared') : <Difference difference={difference} />}</dd></div>
    </dl>
  );
}

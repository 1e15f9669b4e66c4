import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import type { CompareDto } from '../../../shared/protocol/league.ts';
import { DOMAIN_VIEWS } from '../province/domainViews.ts';
import { CompareArticle } from './CompareArticle.tsx';
import type { ComparePage } from './comparePage.ts';
import { comparedIndicators, compareRow, hasReadings, NATION } from './compareRows.ts';

interface PlacesViewProps {
  readonly page: ComparePage;
  readonly answer: CompareDto;
  readonly isLost: boolean;
  /** Codes of the group; `null`: places are compared with each other, or with the country. */
  readonly peers: readonly string[] | null;
}

function indexReadings({ places }: CompareDto): (code: string, indicatorId: string) => ReadingDto | undefined {
  const byKey = new Map<string, ReadingDto>(places.flatMap(({ readings }) => readings.map((reading) => [`${reading.localityCode}/${reading.indicatorId}`, reading] as const)));
  return (code, indicatorId) => byKey.get(`${code}/${indicatorId}`);
}

/** Every indicator of the domain, the places side by side. */
export function PlacesView({ page, answer, isLost, peers }: PlacesViewProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const { catalogue, options } = page;
  const { places: chosen, peers: choice, domain } = options;
  const rows = useMemo(() => {
    const places = choice === 'nation' ? [...chosen, NATION] : chosen;
    const readingOf = indexReadings(answer);
    return comparedIndicators(catalogue.table.indicators, domain).map((indicator) => compareRow(indicator, { places, peers, readingOf, isLost }));
  }, [answer, catalogue, chosen, choice, domain, peers, isLost]);
  const known = rows.filter(hasReadings);
  const shortCount = DOMAIN_VIEWS[domain].provinceCards.length;
  const shown = isWhole ? known : known.slice(0, shortCount);
  const silentCount = rows.length - known.length;
  return (
    <>
      {shown.map((row) => <CompareArticle key={row.indicator.id} row={row} page={page} atMs={answer.atMs} isLost={isLost} />)}
      {known.length > shortCount && (
        <Button className="compare-more" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? t('compare.less') : t('compare.more', { count: known.length - shortCount })}{isWhole ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </Button>
      )}
      {silentCount > 0 && <p className="compare-quiet">{t('compare.silent', { count: silentCount })}</p>}
    </>
  );
}

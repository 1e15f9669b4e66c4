import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureNoteLine, FigureView } from '../../panels/Figure.tsx';
import { useMirrorStore, useVersion } from '../../store/mirrorHooks.tsx';
import { selectReading } from '../../store/selectReading.ts';
import { useIndicatorFigure } from '../../panels/IndicatorFigure.tsx';

interface RowProps { readonly localityCode: string; readonly indicatorId: string; readonly onExplain: (indicatorId: string) => void }

function Row({ localityCode, indicatorId, onExplain }: RowProps) {
  const { i18n } = useTranslation();
  const text = useIndicatorFigure(localityCode, indicatorId);
  const name = useCatalogue().indicator(indicatorId)?.name[currentLanguage(i18n)] ?? indicatorId;
  return (
    <tr>
      <th scope="row"><Button className="province-unit" onPress={() => onExplain(indicatorId)}>{name}</Button></th>
      <td className="province-moreNote"><FigureNoteLine text={text} note="short" /></td>
      <td className="province-listValue"><FigureView text={text} size="row" withUnit /></td>
    </tr>
  );
}

/** Ids that have a reading, in the catalogue's order, and how many have none. */
function useToldIndicators(localityCode: string, indicatorIds: readonly string[]): { readonly told: readonly string[]; readonly neverCount: number } {
  const store = useMirrorStore();
  useVersion();
  const told = indicatorIds.filter((id) => {
    const index = store.table.indexOf(localityCode, id);
    return index !== undefined && selectReading(store, index).freshness !== 'never';
  });
  return { told, neverCount: indicatorIds.length - told.length };
}

/** Every figure of the domain that has no card. Nothing that is known of a place stays out of reach. */
export function MoreFigures({ localityCode, indicatorIds, onExplain }: { readonly localityCode: string; readonly indicatorIds: readonly string[]; readonly onExplain: (indicatorId: string) => void }) {
  const { t } = useTranslation();
  const { told, neverCount } = useToldIndicators(localityCode, indicatorIds);
  if (told.length === 0) return null;
  return (
    <section className="province-panel" aria-label={t('province.moreFigures')}>
      <header className="province-panelHead"><h2>{t('province.moreFigures')}</h2>{neverCount > 0 && <span>{t('province.moreNever', { count: neverCount })}</span>}</header>
      <table className="province-list"><tbody>{told.map((id) => <Row key={id} localityCode={localityCode} indicatorId={id} onExplain={onExplain} />)}</tbody></table>
    </section>
  );
}

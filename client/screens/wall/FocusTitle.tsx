import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import type { RootLocality } from '../../catalogue/RootLocality.tsx';
import { FigureNoteLine, FigureView, useFigure } from '../../panels/Figure.tsx';
import { HERO } from './SceneColumns.tsx';
import type { SceneId } from '../../panels/sceneIcons.tsx';

/** Letters that fill the room between the columns at full size. */
const LONG_NAME = 18;

/** Whose wall this is, where it is not the country's: the columns speak of this province. */
export function RootTitle({ root }: { readonly root: RootLocality }) {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  const { fullName } = root.locality;
  return (
    <section className="focusTitle">
      <h2 className="focusTitle-name" data-long={fullName.length > LONG_NAME}>{fullName}</h2>
      <p className="focusTitle-units">{t(edition === '2021' ? 'root.districts' : 'root.communes', { count: root.units.length })}</p>
    </section>
  );
}

/** Which province the map flew to, with the scene's figure for it: the columns go on speaking of the whole country. */
export function FocusTitle({ code, scene }: { readonly code: string; readonly scene: SceneId }) {
  const name = useCatalogue().locality(code)?.fullName ?? code;
  const text = useFigure(code, HERO[scene]);
  return (
    <section className="focusTitle">
      <h2 className="focusTitle-name" data-long={name.length > LONG_NAME}>{name}</h2>
      <p className="focusTitle-figure"><FigureView text={text} size="value" /><FigureNoteLine text={text} note="short" /></p>
    </section>
  );
}

import { useRoot } from '../../catalogue/RootLocality.tsx';
import { AlarmLoadLine } from '../../panels/AlarmLoad.tsx';
import { Attention } from '../../panels/Attention.tsx';
import type { AttentionRow } from '../../panels/attentionRows.ts';
import { FigureNoteLine, FigureView, useFigure } from '../../panels/Figure.tsx';
import { Clock, SourceCounts } from '../../panels/Header.tsx';
import type { RowRoom } from '../../panels/rowRoom.ts';
import { SCENES, type SceneId } from '../../panels/sceneIcons.tsx';
import { HERO, SceneTitle, useHeroLabel } from './SceneColumns.tsx';

function OtherDomain({ scene }: { readonly scene: SceneId }) {
  const text = useFigure(useRoot().code, HERO[scene]);
  return (
    <section className="otherDomain">
      <SceneTitle scene={scene} />
      <p className="otherDomain-label">{useHeroLabel(scene, true)}</p>
      <FigureView text={text} size="value" />
      <FigureNoteLine text={text} note="short" />
    </section>
  );
}

interface UltraRightProps {
  readonly scene: SceneId;
  readonly rows: readonly AttentionRow[];
  readonly selectedKey: string | undefined;
  readonly room: RowRoom;
  readonly isFlood: boolean;
}

/** The right-hand panel of three: what needs a person, and the two domains that are not on. All domains are always in view. */
export function UltraRight({ scene, rows, selectedKey, room, isFlood }: UltraRightProps) {
  return (
    <section className="wall-ultraRight">
      <div className="wall-ultraHeader"><SourceCounts isShort /><Clock isShort={false} withZone={false} /></div>
      <div className="wall-ultraAttention"><Attention rows={rows} room={room} selectedKey={selectedKey} isNarrow isFlood={isFlood} ofSecurity /><AlarmLoadLine /></div>
      <div className="otherDomains">{SCENES.filter((other) => other !== scene).map((other) => <OtherDomain key={other} scene={other} />)}</div>
    </section>
  );
}

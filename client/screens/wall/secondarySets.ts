import type { SceneId } from '../../panels/sceneIcons.tsx';

export interface SecondaryFigure {
  readonly indicatorId: string;
  /** Key of its name under the scene; absent: the catalogue's short name. */
  readonly name?: 'lgsp' | 'axis' | 'ndxp' | 'day' | 'ackMinutes' | 'received' | 'waiting' | 'overdue';
  readonly show?: 'value' | 'parts' | 'state';
  readonly withUnit?: boolean;
}

/** The country counts its provinces; a province has one of each, which is in service or not. */
function stateOrShare(system: string, isNation: boolean): Pick<SecondaryFigure, 'indicatorId' | 'show'> {
  return isNation ? { indicatorId: `${system}-share`, show: 'parts' } : { indicatorId: `${system}-state`, show: 'state' };
}

/** First what the scene is about, then the other systems of its domain, then the country as a whole. Where there is less room, dossiers lose their first row and other scenes their last. */
function setsOf(scene: SceneId, isNation: boolean): readonly (readonly SecondaryFigure[])[] {
  if (scene === 'security') return [[{ indicatorId: 'alerts-day', name: 'day' }, { indicatorId: 'alerts-ack-minutes', name: 'ackMinutes', withUnit: true }]];
  if (scene === 'dossiers') {
    return [
      [{ indicatorId: 'dossiers-received', name: 'received' }, { indicatorId: 'dossiers-waiting', name: 'waiting' }, { indicatorId: 'dossiers-overdue', name: 'overdue' }],
      [{ indicatorId: 'payments-online-share' }, { indicatorId: 'results-signed-share' }, { indicatorId: 'services-level4-share' }],
    ];
  }
  return [
    [{ ...stateOrShare('lgsp', isNation), name: 'lgsp' }, { ...stateOrShare('axis', isNation), name: 'axis' }, { indicatorId: 'ndxp-transactions', name: 'ndxp' }],
    [stateOrShare('portal', isNation), { indicatorId: 'documents-electronic-share' }, { indicatorId: 'meeting-room-share' }],
    [{ indicatorId: 'portal-sync-lag', withUnit: true }, { indicatorId: 'ndxp-error-share' }, { indicatorId: 'document-software-units' }],
    isNation ? [{ indicatorId: 'egdi-rank' }, { indicatorId: 'resolution17-tasks' }, { indicatorId: 'ioc-entry-share' }] : [{ indicatorId: 'ioc-entry-share' }, { indicatorId: 'tslcd-latency', withUnit: true }, { indicatorId: 'tslcd-loss' }],
  ];
}

/** The rotation goes through so many rounds before it begins anew: a multiple of how many sets any scene has. */
export const ROUNDS = 12;

/** [RO3] Which figures stand below the hero in this round of the rotation. Pure. */
export function secondarySet(scene: SceneId, isNation: boolean, round: number): readonly SecondaryFigure[] {
  const sets = setsOf(scene, isNation);
  return sets[round % sets.length] ?? [];
}

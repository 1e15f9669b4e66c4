import { ChevronDown } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { IndexGroupDto } from '../../../../shared/protocol/serviceIndex.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { IndexComponentView } from './IndexComponentView.tsx';
import { pointsText, scoreText } from './indexFigures.ts';
import { PortalLine } from './PortalLine.tsx';
import { ScoreBar } from './ScoreBar.tsx';
import { StandingLine } from './StandingLine.tsx';

interface IndexGroupProps {
  readonly group: IndexGroupDto;
  readonly scaleMax: number;
  readonly atMs: number;
  readonly onExplain: (indicatorId: string) => void;
}

/** One of the six: a row on the common scale, and under it what it is made of. */
export function IndexGroup({ group, scaleMax, atMs, onExplain }: IndexGroupProps) {
  const { t, i18n } = useTranslation();
  const { id, name, points, score, judgedPoints, portal, provenances, components } = group;
  const isMadeUp = provenances.some((provenance) => provenance === 'simulated' || provenance === 'illustrative');
  return (
    <Disclosure id={id} className="index-group">
      <Heading level={3}>
        <Button slot="trigger" className="index-groupRow">
          <span className="index-groupName">{name[currentLanguage(i18n)]}<small>{t('serviceIndex.groupOf', { points: pointsText(points) })}</small></span>
          <ScoreBar scored={group} scaleMax={scaleMax} />
          <span className="index-groupScore num">
            {score === null ? t('serviceIndex.notJudged') : <span className="figure" data-made-up={isMadeUp}><span className="figure-main">{scoreText(score)}</span></span>}
            <small>{score === null ? '' : t('serviceIndex.judgedOf', { points: pointsText(judgedPoints) })}</small>
          </span>
          <ChevronDown aria-hidden="true" />
        </Button>
      </Heading>
      <DisclosurePanel className="index-groupBody">
        <PortalLine portal={portal} score={score} />
        <StandingLine label={t('serviceIndex.maximum')} standing={group.standing} />
        <StandingLine label={t('serviceIndex.sharing')} standing={group.sharing} />
        {components.map((component) => <IndexComponentView key={component.number} component={component} atMs={atMs} onExplain={onExplain} />)}
      </DisclosurePanel>
    </Disclosure>
  );
}

import { DisclosureGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { GroupId } from '../../../../shared/domain/serviceIndex.ts';
import { ServiceIndexDto } from '../../../../shared/protocol/serviceIndex.ts';
import { formatClock, formatDate } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useAnswer } from '../../answers.tsx';
import { useAsOf } from '../past/asOf.tsx';
import { IndexGroup } from './IndexGroup.tsx';
import { pointsText, scoreText } from './indexFigures.ts';
import { useIndexView } from './indexView.ts';
import { PortalLine } from './PortalLine.tsx';
import { ScoreBar } from './ScoreBar.tsx';
import { StandingLine } from './StandingLine.tsx';

/** The counts come every five minutes. */
const ASK_EVERY_MS = 60_000;

function Total({ index }: { readonly index: ServiceIndexDto }) {
  const { t } = useTranslation();
  const { score, points, judgedPoints, possible, provenances, portal } = index;
  const isMadeUp = provenances.some((provenance) => provenance === 'simulated' || provenance === 'illustrative');
  const left = { points: pointsText(points), left: pointsText(points - judgedPoints), min: scoreText(possible.min), max: scoreText(possible.max) };
  return (
    <>
      <p className="index-total">
        {score === null ? <b>{t('serviceIndex.noneJudged')}</b> : (
          <>
            <span className="figure num" data-made-up={isMadeUp}><span className="figure-main">{scoreText(score)}</span></span>
            <span>{t('serviceIndex.judged', { points: pointsText(judgedPoints) })}</span>
          </>
        )}
        {isMadeUp && <b className="index-tag">{t('serviceIndex.madeUp')}</b>}
      </p>
      <ScoreBar scored={index} scaleMax={points} />
      <p className="index-left">{judgedPoints === points ? t('serviceIndex.allJudged', left) : t('serviceIndex.left', left)}</p>
      <PortalLine portal={portal} score={score} />
    </>
  );
}

function Answer({ index, onExplain }: { readonly index: ServiceIndexDto; readonly onExplain: (indicatorId: string) => void }) {
  const { t } = useTranslation();
  const { groupId, setGroup } = useIndexView();
  const { atMs, period, groups } = index;
  const scaleMax = Math.max(...groups.map(({ points }) => points));
  return (
    <>
      <Total index={index} />
      <p className="index-scaleNote">{t('serviceIndex.scale', { max: pointsText(scaleMax) })}</p>
      <DisclosureGroup className="index-groups" expandedKeys={groupId === null ? [] : [groupId]} onExpandedChange={(keys) => {
        const [key] = [...keys];
        const asked = GroupId.safeParse(key);
        setGroup(asked.success ? asked.data : null);
      }}>
        {groups.map((group) => <IndexGroup key={group.id} group={group} scaleMax={scaleMax} atMs={atMs} onExplain={onExplain} />)}
      </DisclosureGroup>
      <StandingLine label={t('serviceIndex.whole')} standing={index.standing} />
      <StandingLine label={t('serviceIndex.period', { from: formatDate(period.fromMs), to: formatDate(Math.min(atMs, period.toMs - 1)), time: `${formatClock(atMs)} ${formatDate(atMs)}` })} standing={period.standing} />
    </>
  );
}

/** The service index of the province: total, six groups, their components and counts, and what the portal publishes. */
export function ServiceIndexPanel({ provinceCode, onExplain }: { readonly provinceCode: string; readonly onExplain: (indicatorId: string) => void }) {
  const { t, i18n } = useTranslation();
  const asOf = useAsOf();
  const path = `/api/v1/service-index?channel=live&locality=${provinceCode}${asOf === null ? '' : `&at=${asOf}`}`;
  const answer = useAnswer(ServiceIndexDto, path, asOf === null ? { everyMs: ASK_EVERY_MS } : {});
  const title = answer.data?.name[currentLanguage(i18n)] ?? t('serviceIndex.title');
  return (
    <section className="province-panel index-panel" aria-label={title}>
      <header className="province-panelHead"><h2>{title}</h2></header>
      {answer.isError && <p role="alert" className="index-failed">{t('serviceIndex.failed')}</p>}
      {answer.data === undefined ? !answer.isError && <p>{t('province.asking')}</p> : <Answer index={answer.data} onExplain={onExplain} />}
    </section>
  );
}

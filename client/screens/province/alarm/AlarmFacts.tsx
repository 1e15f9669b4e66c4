import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alarm, attackIds } from '../../../../shared/domain/alarm.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatAge, formatClock, formatDate, formatDayMonth, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useAlarmNowMs, useToday } from '../../../panels/alarmHooks.ts';
import { useMembersOf } from './provinceAlarms.ts';

const MEMBERS_SHOWN = 60;

/** "14:35:58", of another day "14:35:58 · 22/11". */
function momentText(atMs: number, today: string): string {
  return formatDate(atMs) === today ? formatClock(atMs) : `${formatClock(atMs)} · ${formatDayMonth(atMs)}`;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function takenWords({ state, acked }: Alarm, today: string, t: TFunction): string {
  if (acked !== null) return t('acknowledge.takenBy', { by: acked.by, time: momentText(acked.atMs, today) });
  return t(state === 'ACKED' ? 'attention.acknowledged' : 'acknowledge.nobody');
}

/** What is known of how it lives: said again, chattering, without data. */
function lifeWords({ escalations, isChattering, dataLost }: Alarm, t: TFunction): string {
  return [escalations > 0 ? t('attention.escalated', { count: escalations }) : null, isChattering ? t('attention.chattering') : null, dataLost ? t('attention.dataLost') : null]
    .filter((word) => word !== null).join(' · ');
}

/** Since when, from whom, who has it, who may be told, and by what technique. */
export function AlarmFacts({ alarm, isPast }: { readonly alarm: Alarm; readonly isPast: boolean }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const nowMs = useAlarmNowMs();
  const today = useToday();
  const { tlp, attack } = alarm;
  const life = lifeWords(alarm, t);
  const techniques = attackIds(attack);
  return (
    <dl className="alarm-facts">
      <Fact name={t('acknowledge.where')}>{locality(alarm.localityCode)?.fullName ?? alarm.localityCode}</Fact>
      <Fact name={t('acknowledge.since')}>{isPast ? t('past.alarmSince') : <><span className="num">{momentText(alarm.sinceMs, today)}</span>{` · ${t('age.ago', { age: formatAge(nowMs - alarm.sinceMs, t) })}`}</>}</Fact>
      {alarm.sourceId !== null && <Fact name={t('acknowledge.source')}><bdi>{alarm.sourceId}</bdi></Fact>}
      {alarm.count > 1 && <Fact name={t('acknowledge.count')}>{t('acknowledge.times', { count: formatNumber(alarm.count) })}</Fact>}
      {!isPast && <Fact name={t('acknowledge.who')}>{takenWords(alarm, today, t)}</Fact>}
      {alarm.assignee !== null && <Fact name={t('acknowledge.assignee')}>{alarm.assignee}</Fact>}
      {life !== '' && <Fact name={t('acknowledge.life')}>{life}</Fact>}
      {tlp !== null && <Fact name={t('acknowledge.mayKnow')}><span className="alarm-tlp">{t('attention.tlp', { label: tlp })}</span>{t(tlp === 'AMBER+STRICT' ? 'acknowledge.tlp.STRICT' : `acknowledge.tlp.${tlp}`)}</Fact>}
      {techniques.length > 0 && <Fact name={t('acknowledge.attack')}>{techniques.join(' · ')}</Fact>}
    </dl>
  );
}

/** What should be done first. */
export function FirstAction({ indicatorId }: { readonly indicatorId: string | null }) {
  const { t, i18n } = useTranslation();
  const action = useCatalogue().indicator(indicatorId ?? '')?.firstAction?.[currentLanguage(i18n)];
  return action === undefined ? null : <p className="alarm-do"><span>{t('preempt.doNow')}</span><b>{action}</b></p>;
}

/** [CG1] What this cause explains, by place, the one that began first at the top. */
export function CauseMembers({ causeId }: { readonly causeId: string }) {
  const { t } = useTranslation();
  const { locality } = useCatalogue();
  const today = useToday();
  const members = useMembersOf(causeId);
  if (members.length === 0) return null;
  return (
    <section className="alarm-members" aria-label={t('acknowledge.members', { count: formatNumber(members.length) })}>
      <h3>{t('acknowledge.members', { count: formatNumber(members.length) })}</h3>
      <ol>
        {members.slice(0, MEMBERS_SHOWN).map(({ id, localityCode, sinceMs }, at) => (
          <li key={id}><b>{locality(localityCode)?.name ?? localityCode}</b><span className="num">{momentText(sinceMs, today)}</span>{at === 0 && <span className="alarm-first">{t('acknowledge.first')}</span>}</li>
        ))}
      </ol>
      {members.length > MEMBERS_SHOWN && <p>{t('acknowledge.membersMore', { count: formatNumber(members.length - MEMBERS_SHOWN) })}</p>}
    </section>
  );
}

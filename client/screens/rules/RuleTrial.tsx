import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import type { DryRunDto } from '../../../shared/protocol/alarmRules.ts';
import { displayName } from '../../catalogue/catalogue.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClockShort, formatDate, formatDayMonth, formatNumber } from '../../i18n/format.ts';
import { type RuleTrouble, tryRule } from './ruleRequests.ts';
import { durationWords } from './ruleWords.ts';

const DAYS = 7;
const WEEK_MS = DAYS * 86_400_000;
const HOUR_MS = 3_600_000;

const momentWords = (atMs: number) => `${formatClockShort(atMs)} ${formatDayMonth(atMs)}`;

function Examples({ examples }: Pick<DryRunDto['tried'], 'examples'>) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const nameOf = (code: string) => {
    const [place, province] = [catalogue.locality(code), catalogue.provinceOf(code)];
    return place === undefined ? code : province === undefined || province.code === code ? displayName(place) : `${displayName(place)}, ${displayName(province)}`;
  };
  return (
    <ul className="rules-examples">
      {examples.map(({ localityCode, sinceMs, untilMs }) => (
        <li key={`${localityCode}-${sinceMs}`}>{nameOf(localityCode)} <span className="num">{momentWords(sinceMs)} – {untilMs === null ? t('rules.stands') : momentWords(untilMs)}</span></li>
      ))}
    </ul>
  );
}

function Answer({ run: { tried, inForce, stepMs, fromMs, toMs } }: { readonly run: DryRunDto }) {
  const { t } = useTranslation();
  const count = formatNumber(tried.raised);
  return (
    <>
      <p className="rules-answer">{inForce === null ? t('rules.triedAlone', { count, days: DAYS }) : t('rules.tried', { count, days: DAYS, now: formatNumber(inForce.raised) })}</p>
      {toMs - fromMs < WEEK_MS - HOUR_MS && <p className="desk-note">{t('rules.keptFrom', { moment: dateWords(fromMs) })}</p>}
      {tried.byDay.length > 0 && <p className="desk-note">{tried.byDay.map(({ day, count: ofDay }) => `${formatDayMonth(Date.parse(`${day}T12:00:00+07:00`))}: ${formatNumber(ofDay)}`).join(' · ')}</p>}
      {tried.longestMs !== null && <p className="desk-note">{t('rules.longest', { age: durationWords(tried.longestMs, t), standing: formatNumber(tried.standing) })}</p>}
      {tried.examples.length > 0 && <Examples examples={tried.examples} />}
      <p className="desk-note">{t('rules.step', { age: durationWords(stepMs, t) })}</p>
    </>
  );
}

/** Tries the draft over the last seven days, beside the rule in force. */
export function RuleTrial({ draft, nowMs }: { readonly draft: AlarmRule; readonly nowMs: number }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<{ readonly of: AlarmRule; readonly run?: DryRunDto; readonly trouble?: RuleTrouble } | 'running' | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(): Promise<void> {
    running.current = new AbortController();
    setOutcome('running');
    const { signal } = running.current;
    const became = await tryRule(draft, { fromMs: Math.floor(nowMs - WEEK_MS), toMs: Math.floor(nowMs) }, signal);
    if (!signal.aborted) setOutcome({ of: draft, ...became });
  }

  return (
    <div className="rules-trial">
      <Button className="desk-button" isDisabled={outcome === 'running'} onPress={() => void run()}>{t(outcome === 'running' ? 'rules.trying' : 'rules.try', { days: DAYS })}</Button>
      <div role="status">
        {outcome !== null && outcome !== 'running' && (
          <>
            {outcome.of !== draft && <p className="desk-note">{t('rules.triedBefore')}</p>}
            {outcome.run !== undefined && <Answer run={outcome.run} />}
            {outcome.trouble !== undefined && <p className="desk-refused">{t(`rules.trouble.${outcome.trouble.kind}`)}{outcome.trouble.detail !== null && <span className="desk-note" lang="en">{outcome.trouble.detail}</span>}</p>}
          </>
        )}
      </div>
    </div>
  );
}

export const dateWords = (atMs: number) => `${formatClockShort(atMs)} ${formatDate(atMs)}`;

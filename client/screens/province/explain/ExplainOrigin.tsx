import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Source } from '../../../../shared/domain/source.ts';
import type { ExplainDto } from '../../../../shared/protocol/answers.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { comparatorSign, formatClock, formatDate, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useMirrorStore, useNow } from '../../../store/mirrorHooks.tsx';
import { useAnswer } from '../../answers.tsx';
import { sourcesOf } from './explainRows.ts';

const Sources = z.array(Source);
/** More are counted. */
const MOST_SOURCES = 6;

const dayAndTime = (ms: number) => `${formatClock(ms)} ${formatDate(ms)}`;

function SourceNames({ answer }: { readonly answer: ExplainDto }) {
  const { t, i18n } = useTranslation();
  const known = useAnswer(Sources, '/api/v1/sources').data;
  const language = currentLanguage(i18n);
  const found = sourcesOf(answer);
  if (found.length === 0) return <>{t('explain.noSource')}</>;
  const nameOf = (sourceId: string) => known?.find(({ id }) => id === sourceId)?.name[language] ?? sourceId;
  const isOne = answer.rule === 'observed';
  return (
    <ul className="explain-sources">
      {found.slice(0, MOST_SOURCES).map(({ sourceId, count }) => <li key={sourceId}>{isOne ? nameOf(sourceId) : t('explain.sourceCount', { name: nameOf(sourceId), count })}</li>)}
      {found.length > MOST_SOURCES && <li>{t('explain.moreSources', { count: found.length - MOST_SOURCES })}</li>}
    </ul>
  );
}

function useQuality({ reading, rule }: ExplainDto): string {
  const { t } = useTranslation();
  const { indicator } = useCatalogue();
  const quorum = indicator(reading.indicatorId)?.quorumRatio ?? 0;
  const coverage = reading.membersExpected === 0 || rule === 'observed' ? null
    : t('explain.coverage', { parts: `${formatNumber(reading.membersFresh)}/${formatNumber(reading.membersExpected)}`, percent: `${formatNumber(100 * quorum)}%` });
  const provenance = reading.provenance === null ? null : t(`provenance.${reading.provenance}`);
  const comparator = reading.comparator === null || reading.comparator === 'exactly' ? null : comparatorSign(reading.comparator).trim();
  return [t(`freshness.${reading.freshness}`), provenance, comparator, coverage].filter((word) => word !== null).join(' · ');
}

/** Where the answer stands in the order of things: the line of the log, or the frame that this page was drawn from. */
function useSequence({ source, rule }: ExplainDto, isPast: boolean): string {
  const { t } = useTranslation();
  const { seq } = useMirrorStore().getState();
  const [drawn] = useState(seq);
  if (rule === 'observed') return source?.offset == null ? t('explain.noEntry') : t('explain.entry', { number: formatNumber(source.offset) });
  return isPast || drawn === null ? t('explain.noEntry') : t('explain.frame', { number: formatNumber(drawn) });
}

function Citations({ answer }: { readonly answer: ExplainDto }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  return answer.facts.map((fact) => (
    <div key={fact.id}>
      <dt>{t('explain.cited')}</dt>
      <dd>
        <p>{fact.statement[language]}</p>
        <p>{t('explain.document', { publisher: fact.publisher, document: fact.document })}</p>
        <p>{t(`explain.basis.${fact.dateBasis}`, { date: formatDate(Date.parse(`${fact.asOf}T00:00:00+07:00`)), note: fact.dateNote[language] })}</p>
      </dd>
    </div>
  ));
}

/** Sources, times, sequence, quality, and the documents of what was reported. `isPast`: the page is of a moment gone by. */
export function ExplainOrigin({ answer, isPast }: { readonly answer: ExplainDto; readonly isPast: boolean }) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const [paintedAtMs] = useState(serverNowMs);
  const quality = useQuality(answer);
  const sequence = useSequence(answer, isPast);
  const { reading, source, atMs } = answer;
  const times = [
    reading.observedAtMs === null ? null : t(answer.rule === 'observed' ? 'explain.observed' : 'explain.oldest', { time: dayAndTime(reading.observedAtMs) }),
    source === null ? null : t('explain.received', { time: dayAndTime(source.receivedAtMs) }),
    isPast ? t('explain.asOf', { time: dayAndTime(atMs) }) : null,
    paintedAtMs > 0 ? t('explain.shown', { time: dayAndTime(paintedAtMs) }) : null,
  ].filter((part) => part !== null);
  return (
    <section>
      <h3>{t('explain.origin')}</h3>
      <dl className="explain-origin">
        <div><dt>{t('explain.source')}</dt><dd><SourceNames answer={answer} /></dd></div>
        <div><dt>{t('explain.times')}</dt><dd className="num"><ul className="explain-sources">{times.map((time) => <li key={time}>{time}</li>)}</ul></dd></div>
        <div><dt>{t('explain.sequence')}</dt><dd className="num">{sequence}</dd></div>
        <div><dt>{t('explain.quality')}</dt><dd>{quality}</dd></div>
        <Citations answer={answer} />
      </dl>
    </section>
  );
}

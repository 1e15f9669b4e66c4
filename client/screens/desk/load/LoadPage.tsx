import '../alarms/alarms.css';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmLoadDto } from '../../../../shared/protocol/alarms.ts';
import { formatClockShort, formatNumber } from '../../../i18n/format.ts';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { LevelMark } from '../alarms/AlarmCells.tsx';
import type { Wording } from '../alarms/alarmWords.ts';
import { useDeskAlarms, useWording } from '../alarms/useDeskAlarms.ts';
import { Histogram } from './Histogram.tsx';
import { countsBySeverity, DAY_TARGETS, dayStartMs, type LoadBucket, priorityMix, totalOf } from './loadFacts.ts';
import { useAlarmLoadAnswer } from './useAlarmLoadAnswer.ts';

const SPANS_HOURS = [8, 24] as const;
const percent = (ratio: number | null) => (ratio === null ? '—' : `${formatNumber(100 * ratio, 1)}%`);

function Fact({ title, value, note, isBad }: { readonly title: string; readonly value: ReactNode; readonly note: string; readonly isBad: boolean }) {
  return <div className="load-fact" data-bad={isBad}><dt>{title}</dt><dd className="num">{value}</dd><dd className="desk-note">{note}</dd></div>;
}

function Facts({ load }: { readonly load: AlarmLoadDto }) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const day = useAlarmLoadAnswer(24).data;
  const today = day === undefined ? null : totalOf(day.buckets.filter(({ fromMs }) => fromMs >= dayStartMs(serverNowMs)));
  const judged = today === null ? 'dayUnder' : today > DAY_TARGETS.manageable ? 'dayOver' : today > DAY_TARGETS.acceptable ? 'dayBetween' : 'dayUnder';
  return (
    <dl className="load-facts">
      <Fact title={t('alarms.load.lastTen')} value={formatNumber(load.lastTenMin)} note={t(load.isFlood ? 'alarms.load.isFlood' : 'alarms.load.notFlood')} isBad={load.isFlood} />
      <Fact title={t('alarms.load.floodTime')} value={percent(load.floodRatio)} note={t('alarms.load.floodGoal')} isBad={load.floodRatio > 0.01} />
      <Fact title={t('alarms.load.standing')} value={formatNumber(load.standing)} note={t('alarms.load.standingTip')} isBad={load.standing > 0} />
      <Fact title={t('alarms.load.chattering')} value={formatNumber(load.chattering)} note={t('alarms.load.chatteringTip')} isBad={load.chattering > 0} />
      <Fact title={t('alarms.load.day')} value={today === null ? '—' : `${formatNumber(today)} / ${DAY_TARGETS.acceptable} / ${DAY_TARGETS.manageable}`} note={today === null ? t('alarms.asking') : t(`alarms.load.${judged}`)} isBad={judged === 'dayOver'} />
    </dl>
  );
}

function Mix({ buckets }: { readonly buckets: readonly LoadBucket[] }) {
  const { t } = useTranslation();
  const unknown = countsBySeverity(buckets).unknown;
  return (
    <section className="load-panel" aria-label={t('alarms.load.mix')}>
      <h2>{t('alarms.load.mix')} <span className="desk-note">{t('alarms.load.mixTip')}</span></h2>
      <ul className="load-mix">{priorityMix(buckets).map(({ name, count, ratio, targetRatio }) => (
        <li key={name}><span>{t(`alarms.load.mixPart.${name}`)}</span>
          <span className="load-mixBar" aria-hidden="true"><span style={{ width: `${100 * (ratio ?? 0)}%` }} /><i style={{ left: `${100 * targetRatio}%` }} /></span>
          <b className="num">{percent(ratio)}</b><span className="num">{formatNumber(count)}</span><span className="desk-note">{t('alarms.load.mixTarget', { value: `${formatNumber(100 * targetRatio)}%` })}</span></li>
      ))}</ul>
      {unknown > 0 && <p className="desk-note">{t('alarms.load.mixUnknown', { count: formatNumber(unknown) })}</p>}
    </section>
  );
}

function Worst({ load, wording }: { readonly load: AlarmLoadDto; readonly wording: Wording }) {
  const { t } = useTranslation();
  const total = totalOf(load.buckets);
  return (
    <section className="load-panel" aria-label={t('alarms.load.worst')}>
      <h2>{t('alarms.load.worst')}</h2>
      {load.worst.length === 0 && <p className="desk-note">{t('alarms.load.noWorst')}</p>}
      <ol className="load-worst">{load.worst.map(({ alarmId, count, alarm }) => {
        const words = alarm === null ? null : wording.wordsOf(alarm);
        return <li key={alarmId}>{alarm === null ? <span /> : <LevelMark alarm={alarm} />}<span><b>{words === null ? alarmId : words.unit === '' ? words.place : `${words.place}, ${words.unit}`}</b>{words !== null && <span className="desk-note">{words.what}</span>}</span><b className="num">{t('alarms.load.times', { count: formatNumber(count) })}</b><span className="num desk-note">{total === 0 ? '' : t('alarms.load.worstShare', { value: percent(count / total) })}</span></li>;
      })}</ol>
    </section>
  );
}

function Chattering({ wording }: { readonly wording: Wording }) {
  const { t } = useTranslation();
  const chattering = useDeskAlarms().open.filter(({ isChattering }) => isChattering);
  return (
    <section className="load-panel" aria-label={t('alarms.load.chatteringList')}>
      <h2>{t('alarms.load.chatteringList')}</h2>
      {chattering.length === 0 && <p className="desk-note">{t('alarms.load.noChattering')}</p>}
      <ul className="load-worst">{chattering.map((alarm) => {
        const { place, unit, what } = wording.wordsOf(alarm);
        return <li key={alarm.id}><LevelMark alarm={alarm} /><span><b>{unit === '' ? place : `${place}, ${unit}`}</b><span className="desk-note">{what}</span></span><b className="num">{t('alarms.load.times', { count: formatNumber(alarm.count) })}</b><span /></li>;
      })}</ul>
    </section>
  );
}

function Table({ buckets }: { readonly buckets: readonly LoadBucket[] }) {
  const { t } = useTranslation();
  return (
    <details className="load-panel">
      <summary>{t('alarms.load.table')}</summary>
      <table className="load-table"><thead><tr><th scope="col">{t('alarms.load.time')}</th><th scope="col">{t('alarms.load.count')}</th></tr></thead>
        <tbody>{buckets.map(({ fromMs, count }) => <tr key={fromMs}><td className="num">{formatClockShort(fromMs)}</td><td className="num">{formatNumber(count)}</td></tr>)}</tbody></table>
    </details>
  );
}

/** `/desk/load`: how much this desk is asked to take in, against what EEMUA 191 says one person can. */
export function LoadPage() {
  const { t } = useTranslation();
  const [hours, setHours] = useState<(typeof SPANS_HOURS)[number]>(8);
  const wording = useWording();
  const { data, isError } = useAlarmLoadAnswer(hours);
  return (
    <div className="load-page">
      <header className="desk-head"><h2>{t('alarms.load.title')}</h2>
        <fieldset className="alarms-levels"><legend className="visuallyHidden">{t('alarms.load.span')}</legend>{SPANS_HOURS.map((one) => <button key={one} type="button" className="desk-button" aria-pressed={one === hours} onClick={() => setHours(one)}>{t('alarms.load.hours', { count: one })}</button>)}</fieldset>
      </header>
      {data === undefined ? <p className="desk-none" role="status">{t(isError ? 'alarms.load.failed' : 'alarms.asking')}</p> : (
        <>
          <Facts load={data} />
          <section className="load-panel load-main" aria-label={t('alarms.load.title')}><Histogram buckets={data.buckets} bucketMs={data.bucketMs} /></section>
          <div className="load-columns"><Worst load={data} wording={wording} /><div><Mix buckets={data.buckets} /><Chattering wording={wording} /><Table buckets={data.buckets} /></div></div>
        </>
      )}
    </div>
  );
}

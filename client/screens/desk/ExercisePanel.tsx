import { Megaphone } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ExercisesDto, type RunningExercise } from '../../../shared/protocol/answers.ts';
import { formatAge, formatClock } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useAnswer } from '../answers.tsx';
import { type ExerciseOutcome, startExercise, stopExercise } from './exerciseRequests.ts';
import { StartExercise } from './StartExercise.tsx';

const EVERY_MS = 2_000;

function Running({ exercise: { name, sinceMs, endsAtMs, leader }, onStop }: { readonly exercise: RunningExercise; readonly onStop: () => void }) {
  const { t, i18n } = useTranslation();
  const times = t('exercise.times', { since: formatClock(sinceMs), until: formatClock(endsAtMs) });
  return (
    <div className="desk-exercise">
      <Megaphone aria-hidden="true" />
      <p><b>{`${t('mode.exercise')} · ${name[currentLanguage(i18n)]}`}</b><span className="desk-note num">{leader === null ? times : `${times} · ${t('exercise.ledBy', { leader })}`}</span></p>
      <Button className="desk-button" onPress={onStop}>{t('exercise.stop')}</Button>
    </div>
  );
}

/** [EX6] What can be exercised, what is, since when and who leads it. */
export function ExercisePanel() {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { data, isError, refetch } = useAnswer(ExercisesDto, '/api/v1/exercises', { everyMs: EVERY_MS });
  const [asked, setAsked] = useState<ExercisesDto['scenarios'][number] | null>(null);
  const [said, setSaid] = useState('');
  const tell = async (outcome: Promise<ExerciseOutcome>) => {
    setSaid(t(`exercise.outcome.${await outcome}`));
    await refetch();
  };
  if (data === undefined) return <p className="desk-none" role="status">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  const { running, scenarios, isPossible } = data;
  return (
    <section className="desk-exercises" aria-label={t('exercise.title')}>
      <div className="desk-head">
        <h2>{t('exercise.title')}</h2>
        <p className="desk-said" role="status">{isError ? t('desk.unreachable') : said}</p>
      </div>
      {running !== null && <Running exercise={running} onStop={() => void tell(stopExercise())} />}
      {!isPossible && <p className="desk-none">{t('exercise.impossible')}</p>}
      <ul>
        {scenarios.map((one) => (
          <li key={one.scenario}>
            <p><b>{one.name[language]}</b><span className="desk-note">{one.description[language]}</span></p>
            <span className="num">{formatAge(one.lengthMs, t)}</span>
            <Button className="desk-button" aria-label={t('exercise.startOf', { name: one.name[language] })} isDisabled={running !== null} onPress={() => setAsked(one)}>{t('exercise.start')}</Button>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <StartExercise
          name={asked.name[language]} onClose={() => setAsked(null)}
          onStart={(leader) => void tell(startExercise({ scenario: asked.scenario, ...(leader !== null && { leader }) }))}
        />
      )}
    </section>
  );
}

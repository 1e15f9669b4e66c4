import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { type KnownRuleDto, RuleHistoryDto } from '../../../shared/protocol/alarmRules.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { useSession } from '../../session/useSession.ts';
import { useAnswer } from '../answers.tsx';
import { changeRule, historyPath, RULES_PATH, type RuleTrouble } from './ruleRequests.ts';
import { RuleFields } from './RuleFields.tsx';
import { dateWords, RuleTrial } from './RuleTrial.tsx';
import { type RuleTongue, ruleWords } from './ruleWords.ts';
import { SaveRule } from './SaveRule.tsx';

interface EditorProps {
  readonly known: KnownRuleDto;
  readonly tongue: RuleTongue;
}

function History({ ruleId, tongue }: { readonly ruleId: string; readonly tongue: RuleTongue }) {
  const { t } = useTranslation();
  const { data, isError } = useAnswer(RuleHistoryDto, historyPath(ruleId));
  if (data === undefined) return <p className="desk-note">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  return (
    <section aria-label={t('rules.history')}>
      <h3>{t('rules.history')}</h3>
      {data.changes.length === 0 ? <p className="desk-note">{t('rules.neverChanged')}</p> : (
        <ol className="rules-history">
          {data.changes.toReversed().map(({ atMs, by, why, rule }) => (
            <li key={rule.version}><b>{by}</b> <time className="num">{dateWords(atMs)}</time> · {t('rules.version', { version: rule.version })}<br />{why}<span className="desk-note">{rule.isOn ? ruleWords(rule, tongue) : t('rules.off')}</span></li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** One rule: what of it can be changed, what it would have done, and who changed it. */
export function RuleEditor({ known: { rule, isShippedNewer, shippedVersion }, tongue }: EditorProps) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const { person } = useSession();
  const answers = useQueryClient();
  const [draft, setDraft] = useState<AlarmRule>(rule);
  const [seen, setSeen] = useState(rule);
  const [isAsking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<RuleTrouble | 'saved' | null>(null);
  if (seen.version !== rule.version) {
    setSeen(rule);
    setDraft(rule);
    if (outcome !== 'saved') setOutcome({ kind: 'movedOn', detail: null });
  }
  const mayChange = person?.role === 'admin';
  const mayTry = (mayChange || person?.role === 'operator') && ['state', 'band', 'members'].includes(rule.when.type);
  const isValid = AlarmRule.safeParse(draft).success;
  const isChanged = JSON.stringify(draft) !== JSON.stringify(rule);

  async function save(why: string): Promise<void> {
    setAsking(false);
    const trouble = await changeRule({ rule: draft, expectedVersion: rule.version, why });
    setOutcome(trouble ?? 'saved');
    await Promise.all([RULES_PATH, historyPath(rule.id)].map((path) => answers.invalidateQueries({ queryKey: [path] })));
  }

  return (
    <section className="rules-editor" aria-label={rule.name[tongue.language]}>
      <h2>{rule.name[tongue.language]}</h2>
      <p className="desk-note">{rule.id} · {t('rules.version', { version: rule.version })}</p>
      {isShippedNewer && <p className="rules-newer">{t('rules.newer', { version: shippedVersion })}</p>}
      <RuleFields draft={draft} isReadOnly={!mayChange} onChange={(next) => { setDraft(next); setOutcome(null); }} />
      {!isValid && <p className="desk-refused" role="alert">{t('rules.invalid')}</p>}
      {person === null ? <p className="desk-note">{t('rules.signIn')}</p> : !mayChange && <p className="desk-note">{t('rules.readOnly')}</p>}
      {mayChange && (
        <div className="desk-controls">
          <Button className="desk-button" isDisabled={!isValid || (!isChanged && !isShippedNewer)} onPress={() => setAsking(true)}>{t('rules.saveOpen')}</Button>
          <Button className="desk-button" isDisabled={!isChanged} onPress={() => { setDraft(rule); setOutcome(null); }}>{t('rules.undo')}</Button>
        </div>
      )}
      <div role="status">
        {outcome === 'saved' && <p className="desk-said">{t('rules.saved')}</p>}
        {outcome !== null && outcome !== 'saved' && <p className="desk-refused">{t(`rules.trouble.${outcome.kind}`)}{outcome.detail !== null && <span className="desk-note" lang="en">{outcome.detail}</span>}</p>}
      </div>
      {mayTry && isValid && <RuleTrial draft={draft} nowMs={serverNowMs} />}
      <History ruleId={rule.id} tongue={tongue} />
      {isAsking && <SaveRule before={rule.isOn ? ruleWords(rule, tongue) : t('rules.off')} after={draft.isOn ? ruleWords(draft, tongue) : t('rules.off')} onSave={(why) => void save(why)} onClose={() => setAsking(false)} />}
    </section>
  );
}

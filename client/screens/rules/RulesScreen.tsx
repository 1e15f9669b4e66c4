import '../../panels/panels.css';
import '../desk/desk.css';
import './rules.css';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AlarmRulesDto, type KnownRuleDto } from '../../../shared/protocol/alarmRules.ts';
import { ChannelProvider, useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { Clock, ProductName } from '../../panels/Header.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { SessionChip } from '../../session/SessionChip.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { AnswersFollowLink, AnswersProvider, useAnswer } from '../answers.tsx';
import { LanguageButton } from '../LanguageButton.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { RULES_PATH } from './ruleRequests.ts';
import { dateWords } from './RuleTrial.tsx';
import { type RuleTongue, ruleWords } from './ruleWords.ts';

/** UI.md §2: a desk screen, read from 60-70 cm. */
const BODY_PX = 17;
const EVERY_MS = 10_000;

function RuleRow({ known: { rule, changed, isShippedNewer }, tongue, isChosen, onChoose }: { readonly known: KnownRuleDto; readonly tongue: RuleTongue; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const { t } = tongue;
  const name = rule.name[tongue.language];
  return (
    <tr className="rules-row" data-off={!rule.isOn} data-chosen={isChosen}>
      <th scope="row">{name}<span className="desk-note">{ruleWords(rule, tongue)}</span>{isShippedNewer && <span className="rules-newerMark">{t('rules.newerShort')}</span>}</th>
      <td>{rule.when.type === 'alert' ? t('rules.ofSender') : <span className="desk-state"><SeveritySymbol severity={rule.severity} isOutline={false} label={t(`severity.${rule.severity}`)} />{t(`severity.${rule.severity}`)}</span>}</td>
      <td>{t(rule.isOn ? 'rules.on' : 'rules.off')}<span className="desk-note">{changed === null ? t('rules.shipped') : `${changed.by}, ${dateWords(changed.atMs)}`}</span>{(rule.when.type === 'alert' || rule.when.type === 'system') && <span className="desk-note">{t('rules.nextStart')}</span>}</td>
      <td><Button className="desk-button" aria-pressed={isChosen} aria-label={t('rules.openOf', { name })} onPress={onChoose}>{t('rules.open')}</Button></td>
    </tr>
  );
}

export function Rules() {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const { data, isError } = useAnswer(AlarmRulesDto, RULES_PATH, { everyMs: EVERY_MS });
  const [chosenId, setChosen] = useState<string | null>(null);
  if (data === undefined) return <p className="desk-none" role="status">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  const tongue: RuleTongue = { t, language: currentLanguage(i18n), catalogue, rules: data.rules.map(({ rule }) => rule) };
  const chosen = data.rules.find(({ rule }) => rule.id === chosenId);
  return (
    <div className="rules-main">
      <section aria-label={t('rules.title')}>
        {isError && <p className="desk-refused" role="status">{t('desk.unreachable')}</p>}
        <table className="desk-walls">
          <thead><tr><th scope="col">{t('rules.columns.rule')}</th><th scope="col">{t('rules.columns.severity')}</th><th scope="col">{t('rules.columns.state')}</th><th scope="col">{t('rules.columns.more')}</th></tr></thead>
          <tbody>{data.rules.map((known) => <RuleRow key={known.rule.id} known={known} tongue={tongue} isChosen={known === chosen} onChoose={() => setChosen(known.rule.id)} />)}</tbody>
        </table>
      </section>
      {chosen === undefined ? <p className="desk-none">{t('rules.choose')}</p> : <RuleEditor key={chosen.rule.id} known={chosen} tongue={tongue} />}
    </div>
  );
}

function Screen() {
  const { t, i18n } = useTranslation();
  const link = useLink();
  useScreenTheme('dark', link.state === 'lost', BODY_PX);
  useDocumentTitle(t('rules.title'));
  return (
    <div className="desk">
      <AnswersFollowLink />
      <header className="desk-header">
        <Link className="desk-back" to={pathIn(currentLanguage(i18n), '/desk')} aria-label={t('rules.back')}><ChevronLeft aria-hidden="true" /></Link>
        <ProductName />
        <h1>{t('rules.title')}</h1>
        <span className="rules-session"><SessionChip /></span>
        <LanguageButton className="desk-button" />
        <Clock isShort={false} />
      </header>
      <main className="desk-main"><Rules /></main>
      <LinkLostBanner />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="desk-none" role="status">{t('link.connecting')}</p>;
}

/** `/desk/rules`: by which rules something becomes an alarm, and what another rule would have raised. */
export default function RulesScreen() {
  return <AnswersProvider><ChannelProvider channel="live" topic="nation" waiting={() => <Waiting />}><Screen /></ChannelProvider></AnswersProvider>;
}

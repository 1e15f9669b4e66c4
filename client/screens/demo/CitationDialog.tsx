import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import illustrations from '../../../seeds/facts/derived/illustrations.json' with { type: 'json' };
import type { Fact } from '../../../shared/domain/fact.ts';
import { startOfDayMs } from '../../../shared/domain/instant.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { counterRule, countedTowards, derivedFrom, figureRule } from './derivations.ts';
import { dayText, factFigure } from './factText.ts';

/** What a person has pressed. */
export type Cited =
  | { readonly kind: 'figure'; readonly localityCode: string; readonly indicatorId: string }
  | { readonly kind: 'province'; readonly localityCode: string }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly title: string };

/** One report: what it says in our words, who printed it, of when, and how the day is known. */
function Report({ fact }: { readonly fact: Fact }) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const language = currentLanguage(i18n);
  const { from, to } = fact.reportedBetween;
  return (
    <li>
      <p className="demo-citeFigure"><b className="num">{factFigure(fact, indicator(fact.indicatorId), language)}</b> {fact.statement[language]}</p>
      <p>{t('demo.source')} <b>{fact.publisher}</b> · {t('demo.document', { id: fact.document })}</p>
      <p>{t('demo.upTo', { date: dayText(fact.asOf) })}{fact.dateBasis === 'inferred' && ` ${t('demo.inferred')}`} · {from === to ? t('demo.dayPrinted', { date: dayText(fact.reportedOn) }) : t('demo.dayInferred', { from: dayText(from), to: dayText(to) })}</p>
    </li>
  );
}

/** The facts behind a figure as of that time, newest first: of its own series, what those replace or contradict, and what it is derived from. */
export function factsBehind(facts: readonly Fact[], localityCode: string, indicatorId: string, nowMs: number): Fact[] {
  const said = facts.filter(({ reportedOn }) => startOfDayMs(reportedOn) <= nowMs);
  const own = said.filter((fact) => fact.localityCode === localityCode && fact.indicatorId === indicatorId);
  const others = said.filter(({ id }) => own.some(({ supersedes, contradicts }) => supersedes.includes(id) || contradicts.includes(id)));
  const behind = new Set([...own, ...others, ...derivedFrom(said, localityCode, indicatorId)]);
  return [...behind].sort((a, b) => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0));
}

function Reports({ reports }: { readonly reports: readonly Fact[] }) {
  return <ul>{reports.map((fact) => <Report key={fact.id} fact={fact} />)}</ul>;
}

/** A rule stands where the figure itself was not said: it is derived, or it counts towards what was. */
function FigureContents({ localityCode, indicatorId, facts, nowMs }: Omit<Cited & { kind: 'figure' }, 'kind'> & Pick<CitationDialogProps, 'facts' | 'nowMs'>) {
  const { t, i18n } = useTranslation();
  const reports = factsBehind(facts, localityCode, indicatorId, nowMs);
  const counted = countedTowards(facts, localityCode, indicatorId);
  const isSaid = reports.some((fact) => fact.localityCode === localityCode && fact.indicatorId === indicatorId);
  const rule = counted !== undefined ? counterRule(counted) : isSaid || reports.length === 0 ? undefined : figureRule(localityCode, indicatorId);
  return (
    <>
      {rule !== undefined && <p className="demo-citeRule">{t('demo.derivedRule', { rule: rule[currentLanguage(i18n)] })}</p>}
      {rule === undefined && reports.length === 0 && <p>{t('demo.notYetSaid')}</p>}
      <Reports reports={reports} />
    </>
  );
}

function Contents({ cited, facts, nowMs }: Pick<CitationDialogProps, 'cited' | 'facts' | 'nowMs'>) {
  const { t, i18n } = useTranslation();
  const { locality } = useCatalogue();
  switch (cited.kind) {
    case 'rule': return <p className="demo-citeRule">{t('demo.illustrative.rule', { rule: illustrations.find(({ id }) => id === cited.ruleId)?.rule[currentLanguage(i18n)] ?? '' })}</p>;
    case 'province': {
      const said = facts.filter(({ reportedOn }) => startOfDayMs(reportedOn) <= nowMs);
      const own = said.filter(({ localityCode }) => localityCode === cited.localityCode);
      // A province that is named only as where the paper comes from has what that paper printed.
      const name = locality(cited.localityCode)?.name;
      return <Reports reports={own.length > 0 || name === undefined ? own : said.filter(({ publisher }) => publisher.includes(name))} />;
    }
    case 'figure': return <FigureContents {...cited} facts={facts} nowMs={nowMs} />;
  }
}

interface CitationDialogProps {
  readonly cited: Cited;
  readonly facts: readonly Fact[];
  /** Day in the data: nothing said later is shown. */
  readonly nowMs: number;
  readonly onClose: () => void;
}

/** [DM14] Where a number of the replay comes from, or by which rule it is filled in. */
export function CitationDialog({ cited, facts, nowMs, onClose }: CitationDialogProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { indicator, locality } = useCatalogue();
  const language = currentLanguage(i18n);
  const title = cited.kind === 'rule' ? cited.title : cited.kind === 'figure' ? indicator(cited.indicatorId)?.name[language] : locality(cited.localityCode)?.name;
  return (
    <ModalOverlay className="demo-citeOverlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="demo-citeModal">
        <Dialog className="demo-cite">
          <header>
            <div><p>{t('explain.title')}</p><Heading slot="title">{title}</Heading></div>
            <Button aria-label={t('explain.close')} onPress={onClose}><X aria-hidden="true" /></Button>
          </header>
          <Contents cited={cited} facts={facts} nowMs={nowMs} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

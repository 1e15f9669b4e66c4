import { ChevronLeft, ChevronRight, Landmark, Quote } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { toPages } from './cardPages.ts';
import { dayText, milestoneDate } from './factText.ts';
import type { Milestone, ReportedDocument } from '../../../shared/domain/milestones.ts';

const TITLED = ['000', '001', '002', '003', '004'] as const;

/** Our own title of a milestone, which goes by its first document. `null`: none was written. */
export function useMilestoneTitle(document: string): string | null {
  const { t } = useTranslation();
  const key = TITLED.find((prefix) => document.startsWith(`${prefix}_`));
  return key === undefined ? null : t(`demo.titles.${key}`);
}

function Citation({ document }: { readonly document: ReportedDocument }) {
  const { t } = useTranslation();
  const isDayPrinted = document.fromMs === document.toMs;
  return (
    <div className="demo-citation">
      <Quote aria-hidden="true" />
      <div>
        <p>{t('demo.source')} <b>{document.publisher}</b></p>
        <p>{t('demo.document', { id: document.document })}</p>
        <p>{isDayPrinted ? t('demo.dayPrinted', { date: formatDate(document.reportedOnMs) }) : t('demo.dayInferred', { from: formatDate(document.fromMs), to: formatDate(document.toMs) })}</p>
      </div>
    </div>
  );
}

interface MilestoneCardProps {
  /** The latest milestone by now; `undefined` before the first. */
  readonly milestone: Milestone | undefined;
  /** Counted from 1. */
  readonly number: number;
  readonly count: number;
  readonly nowMs: number;
}

/** What was said at the latest milestone, in our own words, with who said it and how sure the day is. */
export function MilestoneCard({ milestone, number, count, nowMs }: MilestoneCardProps) {
  const { t } = useTranslation();
  if (milestone === undefined) return <section className="demo-card"><p className="demo-cardHead"><Landmark aria-hidden="true" />{t('demo.noMilestone')}</p></section>;
  return <FilledCard key={milestone.id} milestone={milestone} number={number} count={count} nowMs={nowMs} />;
}

function FilledCard({ milestone, number, count, nowMs }: MilestoneCardProps & { readonly milestone: Milestone }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const [pageIndex, setPageIndex] = useState(0);
  const documents = milestone.documents.filter(({ reportedOnMs }) => reportedOnMs <= nowMs);
  const said = documents.length;
  const pages = useMemo(() => toPages(milestone.documents.slice(0, said)), [milestone, said]);
  const page = pages[Math.min(pageIndex, pages.length - 1)];
  const title = useMilestoneTitle(milestone.id);
  if (page === undefined) return null;
  const turn = (by: number) => setPageIndex((pageIndex + by + pages.length) % pages.length);
  return (
    <section className="demo-card" aria-label={t('demo.milestone', { number, count, date: milestoneDate(milestone) })}>
      <p className="demo-cardHead"><Landmark aria-hidden="true" />{t('demo.milestone', { number, count, date: milestoneDate(milestone) })}</p>
      {title !== null && <h2>{title}</h2>}
      <ul className="demo-statements">
        {page.facts.map((fact) => (
          <li key={fact.id}>{fact.statement[language]} <small>{`${dayText(fact.asOf)}${fact.dateBasis === 'inferred' ? ` ${t('demo.inferred')}` : ''}`}</small></li>
        ))}
      </ul>
      <Citation document={page.document} />
      {pages.length > 1 && (
        <p className="demo-pages">
          <Button aria-label={t('demo.pageBefore')} onPress={() => turn(-1)}><ChevronLeft aria-hidden="true" /></Button>
          <span className="num">{`${Math.min(pageIndex, pages.length - 1) + 1}/${pages.length}`}</span>
          <Button aria-label={t('demo.pageAfter')} onPress={() => turn(1)}><ChevronRight aria-hidden="true" /></Button>
        </p>
      )}
    </section>
  );
}

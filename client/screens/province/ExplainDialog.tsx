import { Check, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ExplainDto } from '../../../shared/protocol/answers.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatClock, formatDate, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { FigureView } from '../../panels/Figure.tsx';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { type FigureText, figureText } from '../../panels/figureText.ts';
import { useAnswer } from '../answers.tsx';
import { compareWorstFirst } from './districtScale.ts';
import { addsUp, explainRows, type ExplainRow, ratioParts } from './explainRows.ts';

const SHORT_COUNT = 6;

interface ExplainDialogProps {
  readonly localityCode: string;
  readonly indicatorId: string;
  readonly onClose: () => void;
}

/** A reading as it was when the answer was made; its freshness is the server's word, not aged further. */
function useReadingText(): (reading: ReadingDto, atMs: number) => FigureText {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const language = currentLanguage(i18n);
  return (reading, atMs) => {
    const indicator = catalogue.indicator(reading.indicatorId);
    const memberUnit = t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune');
    const text = figureText({
      reading, freshness: reading.freshness, decimals: indicator?.decimals ?? 0, unit: indicator?.unit[language] ?? '',
      show: 'value', memberUnit, isLinkLost: false, nowMs: atMs,
    }, t);
    const state = indicator?.states.find(({ value }) => value === reading.value);
    return state === undefined || text.main === '—' ? text : { ...text, main: state.name[language], unit: '' };
  };
}

function Value({ answer }: { readonly answer: ExplainDto }) {
  const { i18n } = useTranslation();
  const readingText = useReadingText();
  const language = currentLanguage(i18n);
  const ratio = ratioParts(answer);
  const { numerator, denominator } = answer.reading;
  return (
    <div className="explain-value">
      <FigureView text={readingText(answer.reading, answer.atMs)} size="value" withUnit />
      {numerator !== null && denominator !== null && (
        <dl className="explain-fraction" aria-label={`${numerator} / ${denominator}`}>
          <div><dt className="num">{formatNumber(numerator)}</dt><dd>{ratio?.numerator.name[language]}</dd></div>
          <div><dt className="num">{formatNumber(denominator)}</dt><dd>{ratio?.denominator.name[language]}</dd></div>
        </dl>
      )}
    </div>
  );
}

function MemberRow({ row, atMs }: { readonly row: ExplainRow; readonly atMs: number }) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const text = useReadingText()(row.reading, atMs);
  const indicator = catalogue.indicator(row.reading.indicatorId);
  const isShare = row.parts !== null;
  const shown = isShare && row.reading.value !== null ? { ...text, main: formatNumber(row.reading.value, 1), unit: '%' } : text;
  const name = catalogue.locality(row.reading.localityCode)?.name ?? row.reading.localityCode;
  return (
    <tr data-freshness={row.reading.freshness}>
      <th scope="row">{name}</th>
      <td><FreshnessMark freshness={row.reading.freshness} /><span className="visuallyHidden">{t(`freshness.${row.reading.freshness}`)}</span>{isShare ? '' : indicator?.shortName[currentLanguage(i18n)]}</td>
      <td><FigureView text={shown} size="row" /></td>
      <td className="num">{row.parts !== null && `${formatNumber(row.parts.numerator)}/${formatNumber(row.parts.denominator)}`}</td>
    </tr>
  );
}

function Members({ answer }: { readonly answer: ExplainDto }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const [isWhole, setWhole] = useState(false);
  const indicator = catalogue.indicator(answer.reading.indicatorId);
  const rows = explainRows(answer);
  if (rows.length === 0 || indicator === undefined) return null;
  const sorted = [...rows].sort((a, b) => compareWorstFirst(indicator, a.reading.value, b.reading.value));
  const shown = isWhole ? sorted : sorted.slice(0, SHORT_COUNT);
  const sum = addsUp(answer);
  return (
    <section>
      <h3>{t('explain.members', { count: rows.length })}</h3>
      <table className="explain-members"><tbody>{shown.map((row) => <MemberRow key={row.localityCode} row={row} atMs={answer.atMs} />)}</tbody></table>
      {rows.length > SHORT_COUNT && <Button className="explain-more" onPress={() => setWhole(!isWhole)}>{isWhole ? t('explain.less') : t('explain.more', { count: rows.length - SHORT_COUNT })}</Button>}
      {sum !== null && (
        <p className="explain-sum" data-ok={sum}>
          {sum ? <Check aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
          {sum ? t('explain.adds') : t('explain.differs', { value: formatNumber(answer.recomputed ?? 0, indicator.decimals) })}
        </p>
      )}
    </section>
  );
}

function Origin({ answer }: { readonly answer: ExplainDto }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { reading, source, atMs, facts } = answer;
  const at = (ms: number) => `${formatClock(ms)} ${formatDate(ms)}`;
  const provenance = reading.provenance === null ? t('figure.none') : t(`provenance.${reading.provenance}`);
  const coverage = reading.membersExpected === 0 ? '' : ` · ${t('coverage.short', { parts: `${reading.membersFresh}/${reading.membersExpected}` })}`;
  return (
    <dl className="explain-origin">
      <div><dt>{t('explain.source')}</dt><dd>{source === null ? t('explain.computed') : source.sourceId} · <b>{provenance}</b>{coverage}</dd></div>
      <div><dt>{t('explain.times')}</dt><dd>
        {[
          reading.observedAtMs === null ? null : t('explain.observed', { time: at(reading.observedAtMs) }),
          source === null ? null : t('explain.received', { time: at(source.receivedAtMs) }),
          t('explain.shown', { time: at(atMs) }),
        ].filter((part) => part !== null).join(' · ')}
      </dd></div>
      {source?.offset != null && <div><dt>{t('explain.entry')}</dt><dd className="num">{formatNumber(source.offset)}</dd></div>}
      {facts.map((fact) => <div key={fact.id}><dt>{t('explain.cited')}</dt><dd>{fact.statement[language]} {fact.publisher}, {fact.document}</dd></div>)}
    </dl>
  );
}

/** The server writes a formula as in JSON; people read "8.441 / 9.102 × 100". */
function localFormula(formula: string): string {
  return formula.replace(/\d+(?:\.(\d+))?/g, (number, decimals: string | undefined) => formatNumber(Number(number), decimals?.length ?? 0));
}

function ExplainBody({ localityCode, indicatorId }: Omit<ExplainDialogProps, 'onClose'>) {
  const { t } = useTranslation();
  const answer = useAnswer(ExplainDto, `/api/v1/explain?channel=live&locality=${localityCode}&indicator=${indicatorId}&depth=2`);
  if (answer.isError) return <p role="alert" className="explain-problem">{t('explain.failed')}</p>;
  if (answer.data === undefined) return <p>{t('province.asking')}</p>;
  const { rule, formula } = answer.data;
  return (
    <>
      <Value answer={answer.data} />
      <p className="explain-rule"><b>{t(`explain.rule.${rule}`)}</b>{formula !== '' && formula.length <= 120 && <span className="num">{` ${localFormula(formula)}`}</span>}</p>
      <Members answer={answer.data} />
      <Origin answer={answer.data} />
    </>
  );
}

/** "Where does this number come from?": value, parts, rule, members, source, times. Escape, the cross or a tap outside closes it. */
export function ExplainDialog({ localityCode, indicatorId, onClose }: ExplainDialogProps) {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const indicator = catalogue.indicator(indicatorId);
  return (
    <ModalOverlay className="explain-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="explain-modal">
        <Dialog className="explain">
          <header className="explain-head">
            <div>
              <p>{`${catalogue.locality(localityCode)?.name ?? localityCode} · ${indicator?.name[currentLanguage(i18n)] ?? indicatorId}`}</p>
              <Heading slot="title">{t('explain.title')}</Heading>
            </div>
            <Button className="explain-close" aria-label={t('explain.close')} onPress={onClose}><X aria-hidden="true" /></Button>
          </header>
          <ExplainBody localityCode={localityCode} indicatorId={indicatorId} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import './explain.css';
import { X } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { Breadcrumb, Breadcrumbs, Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ExplainDto } from '../../../../shared/protocol/answers.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatClock, formatDate } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { answerProblem, useAnswer } from '../../answers.tsx';
import { useAsOf } from '../past/asOf.tsx';
import type { ExplainAddress, ExplainedNumber } from './explainAddress.ts';
import { ExplainMembers } from './ExplainMembers.tsx';
import { ExplainOrigin } from './ExplainOrigin.tsx';
import { ExplainRule } from './ExplainRule.tsx';
import { ExplainValue } from './ExplainValue.tsx';

/** Down to the districts of both counts of a ratio. */
const DEPTH = 2;

function useNames(): (number: ExplainedNumber) => { readonly place: string; readonly name: string } {
  const { i18n } = useTranslation();
  const catalogue = useCatalogue();
  return ({ localityCode, indicatorId }) => ({
    place: catalogue.locality(localityCode)?.name ?? localityCode, name: catalogue.indicator(indicatorId)?.name[currentLanguage(i18n)] ?? indicatorId,
  });
}

/** The way down from the number that was asked for; the last is where one is. */
function Crumbs({ path, onGoUp }: { readonly path: readonly ExplainedNumber[]; readonly onGoUp: (at: number) => void }) {
  const { t } = useTranslation();
  const namesOf = useNames();
  return (
    <nav aria-label={t('explain.path')}>
      <Breadcrumbs className="explain-crumbs">
        {path.map((number, at) => {
          const { place, name } = namesOf(number);
          const isLast = at === path.length - 1;
          const above = path[at - 1];
          const words = above !== undefined && above.localityCode === number.localityCode ? name : place;
          return (
            <Breadcrumb key={`${number.localityCode}/${number.indicatorId}`}>
              {isLast ? <span aria-current="step">{words}</span> : <Button className="explain-crumb" onPress={() => onGoUp(at)}>{words}</Button>}
            </Breadcrumb>
          );
        })}
      </Breadcrumbs>
    </nav>
  );
}

function ExplainBody({ number, asOfMs, onGoDown }: { readonly number: ExplainedNumber; readonly asOfMs: number | null; readonly onGoDown: (part: ExplainedNumber) => void }) {
  const { t } = useTranslation();
  const { localityCode, indicatorId } = number;
  const answer = useAnswer(ExplainDto, `/api/v1/explain?channel=live&locality=${localityCode}&indicator=${indicatorId}&depth=${DEPTH}${asOfMs === null ? '' : `&at=${asOfMs}`}`);
  if (answer.isError) return <p role="alert" className="explain-problem">{answerProblem(answer.error, t('explain.failed'), t)}</p>;
  if (answer.data === undefined) return <p role="status">{t('province.asking')}</p>;
  return (
    <>
      <ExplainValue answer={answer.data} onGoDown={onGoDown} />
      <ExplainRule answer={answer.data} />
      <ExplainMembers answer={answer.data} onGoDown={onGoDown} />
      <ExplainOrigin key={answer.data.atMs} answer={answer.data} isPast={asOfMs !== null} />
    </>
  );
}

function Sheet({ address, scroller }: { readonly address: ExplainAddress; readonly scroller: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const namesOf = useNames();
  const asOfMs = useAsOf();
  const { path } = address;
  const shown = path.at(-1);
  const top = useRef<HTMLElement>(null);
  const key = shown === undefined ? '' : `${shown.localityCode}/${shown.indicatorId}`;
  // Another number begins at its beginning, for eyes and for a screen reader.
  useEffect(() => {
    if (key === '') return;
    if (scroller.current !== null) scroller.current.scrollTop = 0;
    top.current?.focus({ preventScroll: true });
  }, [key, scroller]);
  if (shown === undefined) return null;
  const { place, name } = namesOf(shown);
  return (
    <Dialog className="explain">
      <header className="explain-head" ref={top} tabIndex={-1}>
        <div>
          <p>{`${place} · ${name}`}{asOfMs !== null && <b>{` · ${t('explain.asOf', { time: `${formatClock(asOfMs)} ${formatDate(asOfMs)}` })}`}</b>}</p>
          <Heading slot="title">{t('explain.title')}</Heading>
        </div>
        <Button className="explain-close" aria-label={t('explain.close')} onPress={address.close}><X aria-hidden="true" /></Button>
      </header>
      {path.length > 1 && <Crumbs path={path} onGoUp={address.goUp} />}
      <ExplainBody key={key} number={shown} asOfMs={asOfMs} onGoDown={address.goDown} />
    </Dialog>
  );
}

/**
 * "Where does this number come from?" Beside the page where it is wide, from below where it is not. Escape, the cross, a tap outside
 * and the browser's Back close it; the focus goes back to where it came from.
 */
export function ExplainSheet({ address }: { readonly address: ExplainAddress }) {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <ModalOverlay className="explain-overlay" isOpen={address.path.length > 0} isDismissable onOpenChange={(isOpen) => { if (!isOpen) address.close(); }}>
      <Modal className="explain-modal" ref={scroller}><Sheet address={address} scroller={scroller} /></Modal>
    </ModalOverlay>
  );
}

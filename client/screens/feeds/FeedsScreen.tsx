import '../../panels/panels.css';
import '../desk/desk.css';
import './feeds.css';
import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FeedsDto } from '../../../shared/protocol/answers.ts';
import { ChannelProvider } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { Clock, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { SessionChip } from '../../session/SessionChip.tsx';
import { useLink, useNow } from '../../store/mirrorHooks.tsx';
import { AnswersFollowLink, AnswersProvider, useAnswer } from '../answers.tsx';
import { LanguageButton } from '../LanguageButton.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { FigureUpload } from './FigureUpload.tsx';
import { FeedTable } from './FeedTable.tsx';
import { QuarantinePanel } from './QuarantinePanel.tsx';
import { RefusalPanel, SourcePanel } from './SourcePanel.tsx';
import { WebhookPanel } from './WebhookPanel.tsx';

/** UI.md §2: a desk screen, read from 60-70 cm. */
const BODY_PX = 17;
const EVERY_MS = 2_000;

function Panels() {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const { data, isError } = useAnswer(FeedsDto, '/api/v1/feeds?channel=live', { everyMs: EVERY_MS });
  if (data === undefined) return <p className="desk-none" role="status">{t(isError ? 'desk.unreachable' : 'desk.asking')}</p>;
  return (
    <>
      {isError && <p className="desk-refused" role="status">{t('desk.unreachable')}</p>}
      <FeedTable feeds={data.feeds} nowMs={serverNowMs} />
      <QuarantinePanel />
      {data.feeds.some(({ format }) => format === 'figures') && <FigureUpload />}
      <WebhookPanel webhooks={data.webhooks} nowMs={serverNowMs} />
      <RefusalPanel answer={data} nowMs={serverNowMs} />
      <SourcePanel answer={data} nowMs={serverNowMs} />
    </>
  );
}

function Feeds() {
  const { t, i18n } = useTranslation();
  const link = useLink();
  useScreenTheme('dark', link.state === 'lost', BODY_PX);
  useDocumentTitle(t('feeds.title'));
  return (
    <div className="desk">
      <AnswersFollowLink />
      <header className="desk-header">
        <Link className="desk-back" to={pathIn(currentLanguage(i18n), '/')} aria-label={t('desk.home')}><ChevronLeft aria-hidden="true" /></Link>
        <ProductName />
        <h1>{t('feeds.title')}</h1>
        {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
        <SourceCounts isShort={false} />
        <SessionChip />
        <LanguageButton className="desk-button" />
        <Clock isShort={false} />
      </header>
      <main className="desk-main feeds-main"><Panels /></main>
      <LinkLostBanner />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="desk-none" role="status">{t('link.connecting')}</p>;
}

/** `/feeds`: what comes in, from whom, how late, and what was refused and why. */
export default function FeedsScreen() {
  return <AnswersProvider><ChannelProvider channel="live" topic="nation" waiting={() => <Waiting />}><Feeds /></ChannelProvider></AnswersProvider>;
}

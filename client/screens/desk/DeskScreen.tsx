import '../../panels/panels.css';
import './desk.css';
import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChannelProvider } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { Clock, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { AnswersProvider } from '../answers.tsx';
import { useAlarmSound } from '../useAlarmSound.ts';
import { LanguageButton } from '../LanguageButton.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { ExercisePanel } from './ExercisePanel.tsx';
import { SoundSwitch } from './SoundSwitch.tsx';
import { WallTable } from './WallTable.tsx';

/** UI.md §2: the desk is read from 60-70 cm. */
const BODY_PX = 17;

function Desk() {
  const { t, i18n } = useTranslation();
  const link = useLink();
  const sound = useAlarmSound();
  useScreenTheme('dark', link.state === 'lost', BODY_PX);
  useDocumentTitle(t('desk.title'));
  return (
    <div className="desk">
      <header className="desk-header">
        <Link className="desk-back" to={pathIn(currentLanguage(i18n), '/')} aria-label={t('desk.home')}><ChevronLeft aria-hidden="true" /></Link>
        <ProductName />
        <h1>{t('desk.title')}</h1>
        {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
        <SourceCounts isShort={false} />
        <SoundSwitch sound={sound} />
        <LanguageButton className="desk-button" />
        <Clock isShort={false} />
      </header>
      <main className="desk-main"><WallTable /><ExercisePanel /></main>
      <LinkLostBanner />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="desk-none" role="status">{t('link.connecting')}</p>;
}

/** `/desk`: what the walls show and how they do, and what is exercised. The alarm list comes with its own issue. */
export default function DeskScreen() {
  return <AnswersProvider><ChannelProvider channel="live" topic="nation" waiting={() => <Waiting />}><Desk /></ChannelProvider></AnswersProvider>;
}

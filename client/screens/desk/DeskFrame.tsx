import '../../panels/panels.css';
import './desk.css';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { ChannelProvider } from '../../catalogue/ChannelProvider.tsx';
import { useDocumentTitle } from '../../catalogue/useBranding.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { Clock, ModeChip, ProductName, SourceCounts } from '../../panels/Header.tsx';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { useLink } from '../../store/mirrorHooks.tsx';
import { AnswersProvider } from '../answers.tsx';
import { soundSearch, useAlarmSound } from '../useAlarmSound.ts';
import { LanguageButton } from '../LanguageButton.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { SessionChip } from '../../session/SessionChip.tsx';
import { SignInDialog } from '../../session/SignInDialog.tsx';
import { useSession } from '../../session/useSession.ts';
import { DeskSessionProvider } from './deskSession.tsx';
import { SoundSwitch } from './SoundSwitch.tsx';

/** UI.md §2: the desk is read from 60-70 cm. */
const BODY_PX = 17;

/** Pages of the desk, by address. */
const PAGES = [{ path: '/desk', name: 'title' }, { path: '/desk/load', name: 'loadPage' }, { path: '/desk/walls', name: 'wallsPage' }, { path: '/desk/rules', name: 'rulesPage' }] as const;

/** Sound goes along to the next page. The way to this one goes nowhere: its address says what is filtered and open, and would lose it. */
function Pages({ isSounding }: { readonly isSounding: boolean }) {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const kept = isSounding ? `?${soundSearch()}` : '';
  return (
    <nav className="desk-pages" aria-label={t('alarms.pages')}>{PAGES.map(({ path, name }) => (
      <NavLink key={path} end to={pathIn(currentLanguage(i18n), path + kept)} onClick={(event) => { if (path === pathname && !event.ctrlKey && !event.metaKey) event.preventDefault(); }}>{t(`alarms.${name}`)}</NavLink>
    ))}</nav>
  );
}

function Desk({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const link = useLink();
  const sound = useAlarmSound();
  useScreenTheme('dark', link.state === 'lost', BODY_PX);
  useDocumentTitle(t('desk.title'));
  return (
    <div className="desk desk-full">
      <header className="desk-header">
        <Link className="desk-back" to={pathIn(currentLanguage(i18n), '/')} aria-label={t('desk.home')}><ChevronLeft aria-hidden="true" /></Link>
        <ProductName />
        <h1 className="visuallyHidden">{t('desk.title')}</h1>
        <Pages isSounding={sound.isOn} />
        {link.state === 'connecting' ? <span className="chip">{t('link.connecting')}</span> : <ModeChip />}
        <SourceCounts isShort={false} />
        <SoundSwitch sound={sound} />
        <SessionChip />
        <LanguageButton className="desk-button" />
        <Clock isShort={false} />
      </header>
      <main className="desk-main">{children}</main>
      <LinkLostBanner />
    </div>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="desk-none" role="status">{t('link.connecting')}</p>;
}

/** Who sits here, for all that asks; signing in is offered from wherever it is missed. */
function WithSession({ children }: { readonly children: ReactNode }) {
  const { person } = useSession();
  const [isAsking, setAsking] = useState(false);
  const session = useMemo(() => ({ person, askSignIn: () => setAsking(true) }), [person]);
  return <DeskSessionProvider session={session}>{children}{isAsking && <SignInDialog onClose={() => setAsking(false)} />}</DeskSessionProvider>;
}

/** What every page of the desk stands in: the channel, who sits here, and the way to the other pages. */
export function DeskFrame({ children }: { readonly children: ReactNode }) {
  return (
    <AnswersProvider><ChannelProvider channel="live" topic="nation" waiting={() => <Waiting />}><WithSession><Desk>{children}</Desk></WithSession></ChannelProvider></AnswersProvider>
  );
}

import './session.css';
import { LogIn, LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SignInDialog } from './SignInDialog.tsx';
import { useSession } from './useSession.ts';

/** For a header: who is signed in and as what, and the way out; or the way in. Within an `AnswersProvider`. */
export function SessionChip() {
  const { t } = useTranslation();
  const { person, isKnown, signOut } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const leave = async () => { setFailed(!await signOut()); };
  if (!isKnown) return null;
  if (person === null) {
    return (
      <>
        <Button className="session-button" onPress={() => setAsking(true)}><LogIn aria-hidden="true" />{t('session.signIn')}</Button>
        {isAsking && <SignInDialog onClose={() => setAsking(false)} />}
      </>
    );
  }
  return (
    <span className="session-chip">
      <span className="session-who" role="status">{person.name}<span className="session-role">{t(`session.role.${person.role}`)}</span>{hasFailed && <span>{t('session.outcome.unreachable')}</span>}</span>
      <Button className="session-button" onPress={() => void leave()}><LogOut aria-hidden="true" />{t('session.signOut')}</Button>
    </span>
  );
}

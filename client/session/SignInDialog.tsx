import './session.css';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { Button, Dialog, FieldError, Form, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { SignInOutcome } from './sessionRequests.ts';
import { useSession } from './useSession.ts';

const NEW_PASSWORD_LENGTH = 12;

interface SignInDialogProps {
  /** Signed in, or thought better of it. */
  readonly onClose: () => void;
}

/**
 * Account and password; then, where the account asks for them, the code of an authenticator and a password of one's own.
 * What is wrong with those is said by `validate`: a browser would say it in its own language.
 */
export function SignInDialog({ onClose }: SignInDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [typed, setTyped] = useState({ account: '', password: '', code: '', newPassword: '', again: '' });
  const [asks, setAsks] = useState({ code: false, newPassword: false });
  const [outcome, setOutcome] = useState<SignInOutcome | { readonly kind: 'sending' } | null>(null);

  async function submit(): Promise<void> {
    setOutcome({ kind: 'sending' });
    const became = await session.signIn(
      { account: typed.account.trim(), password: typed.password, code: asks.code ? typed.code : null }, asks.newPassword ? typed.newPassword : null,
    );
    if (became.kind === 'done') {
      onClose();
      return;
    }
    setOutcome(became);
    setAsks({ code: asks.code || became.kind === 'codeNeeded', newPassword: asks.newPassword || became.kind === 'mustChange' });
    // A code is good once, and soon for nothing.
    setTyped({ ...typed, code: '' });
  }

  const field = (name: keyof typeof typed) => ({ value: typed[name], onChange: (value: string) => setTyped({ ...typed, [name]: value }), className: 'session-field' });
  return (
    <ModalOverlay className="session-overlay" isOpen onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="session-modal">
        <Dialog className="session-dialog">
          <Heading slot="title">{t('session.signIn')}</Heading>
          <Form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
            <TextField {...field('account')} maxLength={60} isRequired autoFocus>
              <Label>{t('session.account')}</Label>
              <Input autoComplete="username" autoCapitalize="none" spellCheck="false" />
            </TextField>
            <TextField {...field('password')} type="password" maxLength={200} isRequired>
              <Label>{t('session.password')}</Label>
              <Input autoComplete="current-password" />
            </TextField>
            {asks.newPassword && (
              <>
                <TextField {...field('newPassword')} type="password" maxLength={200} autoFocus validate={(value) => (value.length >= NEW_PASSWORD_LENGTH ? null : t('session.tooShort', { count: NEW_PASSWORD_LENGTH }))}>
                  <Label>{t('session.newPassword', { count: NEW_PASSWORD_LENGTH })}</Label>
                  <Input autoComplete="new-password" />
                  <FieldError className="session-error" />
                </TextField>
                <TextField {...field('again')} type="password" maxLength={200} validate={(value) => (value === typed.newPassword ? null : t('session.notAgain'))}>
                  <Label>{t('session.again')}</Label>
                  <Input autoComplete="new-password" />
                  <FieldError className="session-error" />
                </TextField>
              </>
            )}
            {asks.code && (
              <TextField {...field('code')} autoFocus maxLength={6} inputMode="numeric" validate={(value) => (/^\d{6}$/.test(value) ? null : t('session.sixDigits'))}>
                <Label>{t('session.code')}</Label>
                <Input className="num" autoComplete="one-time-code" />
                <FieldError className="session-error" />
              </TextField>
            )}
            <p className="session-outcome" role="alert">{whatBecame(outcome, t)}</p>
            <div className="session-actions">
              <Button className="session-button" onPress={onClose}>{t('session.cancel')}</Button>
              <Button className="session-button" data-main="true" type="submit" isDisabled={outcome?.kind === 'sending'}>{t('session.signIn')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function whatBecame(outcome: SignInOutcome | { readonly kind: 'sending' } | null, t: TFunction): string {
  if (outcome === null || outcome.kind === 'done' || outcome.kind === 'sending') return '';
  if (outcome.kind === 'locked') return t('session.locked', { count: outcome.retryAfterMin });
  return t(`session.outcome.${outcome.kind}`);
}

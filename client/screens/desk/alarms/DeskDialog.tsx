import type { ReactNode } from 'react';
import { Button, Dialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDeskSession } from '../deskSession.tsx';
import type { AlarmOutcome } from './alarmRequests.ts';
import type { Sending } from './useSending.ts';

interface DeskDialogProps {
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Escape and a press outside close it; what was asked for goes on. */
export function DeskDialog({ title, isWide = false, children, onClose }: DeskDialogProps) {
  return (
    <ModalOverlay className="desk-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="desk-modal" data-wide={isWide}>
        <Dialog className="desk-ask"><Heading slot="title">{title}</Heading>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface SendFormProps {
  readonly sending: Sending;
  readonly sendLabel: string;
  /** Why it cannot be sent yet; `null`: it can. Said when it is tried. */
  readonly missing: string | null;
  readonly children: ReactNode;
  readonly onSend: () => Promise<AlarmOutcome>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What was typed stays until the server has it. */
export function SendForm({ sending, sendLabel, missing, children, onSend, onDone, onClose }: SendFormProps) {
  const { t } = useTranslation();
  const { isSending, outcome } = sending;
  const { askSignIn } = useDeskSession();
  const submit = async () => {
    if (missing !== null) return;
    const became = await sending.run(onSend);
    if (became === 'done' || became === 'again') onDone();
  };
  return (
    <Form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      {children}
      <p className="alarms-said" role="status">{isSending ? t('alarms.act.sending') : outcome === null || outcome === 'done' ? missing : t(`alarms.act.outcome.${outcome}`)}</p>
      <div className="desk-controls">
        <Button className="desk-button" data-main="true" type="submit" isDisabled={isSending || missing !== null}>{sendLabel}</Button>
        {outcome === 'signed-out' && <Button className="desk-button" onPress={askSignIn}>{t('session.signIn')}</Button>}
        <Button className="desk-button" onPress={onClose}>{t('alarms.act.cancel')}</Button>
      </div>
    </Form>
  );
}

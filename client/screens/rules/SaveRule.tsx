import { useState } from 'react';
import { Button, Dialog, Form, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ALARM_LIMITS } from '../../../shared/domain/alarmEvent.ts';

interface SaveRuleProps {
  /** The rule as it was and as it would be, in words. */
  readonly before: string;
  readonly after: string;
  readonly onSave: (why: string) => void;
  readonly onClose: () => void;
}

/** A rule changes only for a reason, which is kept with it. */
export function SaveRule({ before, after, onSave, onClose }: SaveRuleProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const isReady = why.trim() !== '';
  return (
    <ModalOverlay className="desk-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="desk-modal">
        <Dialog className="desk-ask">
          <Heading slot="title">{t('rules.saveAsk')}</Heading>
          <p><span className="desk-note">{t('rules.before')}</span>{before}</p>
          <p><span className="desk-note">{t('rules.after')}</span>{after}</p>
          <Form onSubmit={(event) => { event.preventDefault(); if (isReady) onSave(why.trim()); }}>
            <TextField className="desk-field" value={why} onChange={setWhy} maxLength={ALARM_LIMITS.why} isRequired autoFocus>
              <Label>{t('rules.why')}</Label>
              <Input autoComplete="off" />
            </TextField>
            <div className="desk-controls">
              <Button className="desk-button" type="submit" isDisabled={!isReady}>{t('rules.save')}</Button>
              <Button className="desk-button" onPress={onClose}>{t('session.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

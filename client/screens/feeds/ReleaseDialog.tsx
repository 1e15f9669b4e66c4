import { useState } from 'react';
import { Button, Dialog, Form, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { HeldReading } from './HeldReading.tsx';

interface ReleaseDialogProps {
  readonly candidate: unknown;
  readonly onRelease: (why: string) => void;
  readonly onClose: () => void;
}

/** A held item goes to history only with a reason, in the name of who is signed in. */
export function ReleaseDialog({ candidate, onRelease, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const isReady = why.trim() !== '';
  const release = () => {
    onRelease(why.trim());
    onClose();
  };
  return (
    <ModalOverlay className="desk-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="desk-modal">
        <Dialog className="desk-ask">
          <Heading slot="title">{t('feeds.release.ask')}</Heading>
          <p><HeldReading candidate={candidate} /></p>
          <Form onSubmit={(event) => { event.preventDefault(); if (isReady) release(); }}>
            <TextField className="desk-field" value={why} onChange={setWhy} maxLength={300} isRequired autoFocus>
              <Label>{t('feeds.release.why')}</Label>
              <Input autoComplete="off" />
            </TextField>
            <div className="desk-controls">
              <Button className="desk-button" type="submit" isDisabled={!isReady}>{t('feeds.release.do')}</Button>
              <Button className="desk-button" onPress={onClose}>{t('exercise.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import { useState } from 'react';
import { Button, Dialog, Form, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface StartExerciseProps {
  readonly name: string;
  /** `leader` `null`: nobody was named. */
  readonly onStart: (leader: string | null) => void;
  readonly onClose: () => void;
}

/** Asks once, because every screen of the country will say it. Enter starts, Escape does not. */
export function StartExercise({ name, onStart, onClose }: StartExerciseProps) {
  const { t } = useTranslation();
  const [leader, setLeader] = useState('');
  const start = () => {
    onStart(leader.trim() === '' ? null : leader.trim());
    onClose();
  };
  return (
    <ModalOverlay className="desk-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="desk-modal">
        <Dialog role="alertdialog" className="desk-ask">
          <Heading slot="title">{t('exercise.ask', { name })}</Heading>
          <p>{t('exercise.askTip')}</p>
          <Form onSubmit={(event) => { event.preventDefault(); start(); }}>
            <TextField className="desk-field" value={leader} onChange={setLeader} maxLength={40} autoFocus>
              <Label>{t('exercise.leader')}</Label>
              <Input autoComplete="off" spellCheck="false" />
            </TextField>
            <div className="desk-controls">
              <Button className="desk-button" type="submit">{t('exercise.start')}</Button>
              <Button className="desk-button" onPress={onClose}>{t('exercise.cancel')}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

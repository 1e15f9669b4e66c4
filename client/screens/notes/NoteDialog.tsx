import { type ReactNode, useState } from 'react';
import { Button, Dialog, FieldError, Form, Heading, Input, Label, Modal, ModalOverlay, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { NOTE_LIMITS } from '../../../shared/protocol/notes.ts';
import type { NoteOutcome } from './noteRequests.ts';

interface NoteDialogProps {
  readonly title: string;
  readonly about: string;
  readonly textLabel: string;
  readonly firstText: string;
  readonly firstAuthor: string;
  readonly submitLabel: string;
  /** Fields between the text and the author. */
  readonly children?: ReactNode;
  /** Resolves with what became of it; `done` closes. */
  readonly onSubmit: (author: string, text: string) => Promise<NoteOutcome>;
  readonly onClose: () => void;
}

/** What a person types stays until the server has it: a lost link loses no text. Escape closes, and a press outside does not. */
export function NoteDialog({ title, about, textLabel, firstText, firstAuthor, submitLabel, children, onSubmit, onClose }: NoteDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(firstText);
  const [author, setAuthor] = useState(firstAuthor);
  const [outcome, setOutcome] = useState<NoteOutcome | 'sending' | null>(null);
  async function submit(): Promise<void> {
    setOutcome('sending');
    const became = await onSubmit(author.trim(), text.trim());
    if (became === 'done') onClose();
    else setOutcome(became);
  }
  return (
    <ModalOverlay className="notes-overlay" isOpen onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="notes-modal">
        <Dialog className="notes-dialog">
          <Heading slot="title">{title}</Heading>
          <p className="notes-about">{about}</p>
          <Form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
            <TextField className="notes-field" value={text} onChange={setText} maxLength={NOTE_LIMITS.text} isRequired autoFocus validate={(value) => (value.trim() === '' ? t('notes.empty') : null)}>
              <Label>{textLabel}</Label>
              <TextArea rows={4} />
              <span className="notes-count num" aria-hidden="true">{`${text.length}/${NOTE_LIMITS.text}`}</span>
              <FieldError className="notes-error" />
            </TextField>
            {children}
            <TextField className="notes-field" value={author} onChange={setAuthor} maxLength={NOTE_LIMITS.author} isRequired validate={(value) => (value.trim() === '' ? t('notes.empty') : null)}>
              <Label>{t('notes.author')}</Label>
              <Input autoComplete="off" spellCheck="false" />
              <FieldError className="notes-error" />
            </TextField>
            <p className="notes-about">{t('notes.unproven')}</p>
            <p className="notes-outcome" role="status">{outcome !== null && outcome !== 'done' && t(`notes.outcome.${outcome}`)}</p>
            <div className="notes-actions">
              <Button className="notes-button" onPress={onClose}>{t('notes.cancel')}</Button>
              <Button className="notes-button" data-main="true" type="submit" isDisabled={outcome === 'sending'}>{submitLabel}</Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

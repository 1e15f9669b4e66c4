import { type FormEvent, useId, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../export/saveFile.ts';
import { FigureOutcomes } from './FigureOutcomes.tsx';
import { type UploadResult, uploadFigures } from './uploadFigures.ts';
import './figureUpload.css';

/** A sheet of hand-keyed figures, sent with its feed's token; what became of each row is shown. */
export function FigureUpload() {
  const { t } = useTranslation();
  const fileLabel = useId();
  const [file, setFile] = useState<File | null>(null);
  const [token, setToken] = useState('');
  const [isSending, setSending] = useState(false);
  const [result, setResult] = useState<UploadResult | null>(null);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (file === null || isSending) return;
    setSending(true);
    setResult(await uploadFigures(file, token.trim()));
    setSending(false);
  }

  return (
    <section className="figureUpload" aria-label={t('figureUpload.title')}>
      <h2>{t('figureUpload.title')}</h2>
      <p className="figureUpload-tip">{t('figureUpload.tip')}</p>
      <Form className="figureUpload-form" onSubmit={(event) => void send(event)}>
        <label className="figureUpload-field">
          <span id={fileLabel}>{t('figureUpload.file')}</span>
          {/* A browser speaks the language of its machine: its own button and its "no file chosen" are not ours. */}
          <span className="figureUpload-button figureUpload-chosen" aria-hidden="true">{file?.name ?? t('figureUpload.choose')}</span>
          <input type="file" className="visuallyHidden" aria-labelledby={fileLabel} accept=".csv,.xlsx" onChange={({ target }) => { setFile(target.files?.[0] ?? null); setResult(null); }} />
        </label>
        <TextField className="figureUpload-field" type="password" value={token} onChange={setToken}>
          <Label>{t('figureUpload.token')}</Label>
          <Input autoComplete="off" spellCheck="false" />
        </TextField>
        <div className="figureUpload-actions">
          <Button className="figureUpload-button" type="submit" isDisabled={file === null || token.trim() === '' || isSending}>{t(isSending ? 'figureUpload.sending' : 'figureUpload.send')}</Button>
          <Button className="figureUpload-button" onPress={() => saveFile(t('figureUpload.templateName'), templateFile(t('figureUpload.templateRows')))}>{t('figureUpload.template')}</Button>
        </div>
      </Form>
      <div role="status">
        {result?.kind === 'trouble' && (
          <p className="figureUpload-trouble">
            {t(`figureUpload.trouble.${result.trouble}`)}
            {result.details.map((detail) => <span key={detail} className="figureUpload-detail" lang="en">{detail}</span>)}
          </p>
        )}
        {result?.kind === 'answered' && <FigureOutcomes answer={result.answer} />}
      </div>
    </section>
  );
}

/** With the mark by which Excel knows UTF-8. */
const templateFile = (rows: string) => new Blob([`\ufeff${rows}\r\n`], { type: 'text/csv;charset=utf-8' });

import './export.css';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { csvFile } from './csvFile.ts';
import type { ExportTable } from './exportTable.ts';
import { exportFileName } from './fileName.ts';
import { pictureOf } from './picture.ts';
import { saveFile } from './saveFile.ts';

interface ExportMenuProps {
  /** What the export is of, for those who cannot see where the button stands. */
  readonly name: string;
  /** Short name of what is exported, for the file's. */
  readonly fileWhat: string;
  /** Asked when something is chosen, so that the file holds what the screen then shows. */
  readonly table: () => ExportTable;
  /** Element whose canvases and SVG are the chart; absent or `null`: a picture shows the table. */
  readonly chart?: () => Element | null;
}

type Outcome = { readonly file: string } | 'failed' | null;

/** Every table and chart leaves the screen by this menu: CSV for a spreadsheet, PNG for a report. */
export function ExportMenu({ name, fileWhat, table, chart }: ExportMenuProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome>(null);
  async function save(kind: 'csv' | 'png'): Promise<void> {
    const asked = table();
    const file = exportFileName(asked.placeName, fileWhat, asked.atMs, kind);
    const content = kind === 'csv' ? new Blob([csvFile(asked, t)], { type: 'text/csv;charset=utf-8' }) : await pictureOf(asked, chart?.() ?? null, t);
    saveFile(file, content);
    setOutcome({ file });
  }
  const choose = (kind: 'csv' | 'png') => { save(kind).catch(() => setOutcome('failed')); };
  return (
    <div className="export">
      <MenuTrigger>
        <Button className="export-button" aria-label={t('exported.menuOf', { name })}><Download aria-hidden="true" /><span className="export-word">{t('exported.menu')}</span></Button>
        <Popover className="export-popover" placement="bottom end">
          <Menu className="export-menu" aria-label={t('exported.menuOf', { name })} onAction={(key) => choose(key === 'png' ? 'png' : 'csv')}>
            <MenuItem className="export-item" id="csv">{t('exported.csv')}</MenuItem>
            <MenuItem className="export-item" id="png">{t('exported.png')}</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <p className={outcome === 'failed' ? 'export-failed' : 'visuallyHidden'} role="status">{outcome === null ? '' : outcome === 'failed' ? t('exported.failed') : t('exported.saved', { file: outcome.file })}</p>
    </div>
  );
}

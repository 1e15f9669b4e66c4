import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { DeskDialog } from './DeskDialog.tsx';

const KEYS = [['↑ ↓  J K', 'move'], ['Home End', 'ends'], ['Enter', 'detail'], ['A', 'ack'], ['G', 'mine'], ['Z', 'shelve'], ['C', 'comment'], ['X', 'select'], ['/', 'search'], ['1 2 3 4', 'tabs'], ['S  M', 'sound'], ['?', 'help']] as const;

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <DeskDialog title={t('alarms.keys.title')} onClose={onClose}>
      <dl className="alarms-keys">{KEYS.map(([key, what]) => <div key={what}><dt><kbd>{key}</kbd></dt><dd>{t(`alarms.keys.${what}`)}</dd></div>)}</dl>
      <div className="desk-controls"><Button className="desk-button" autoFocus onPress={onClose}>{t('alarms.keys.close')}</Button></div>
    </DeskDialog>
  );
}

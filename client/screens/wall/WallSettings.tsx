import './wallSettings.css';
import { Minus, Plus, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, Dialog, Group, Heading, I18nProvider, Input, Label, Modal, ModalOverlay, NumberField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../i18n/i18n.ts';
import { SCENES } from '../../panels/sceneIcons.tsx';
import { defaultWidthMm, wallScaleOf } from '../../theme/wallScale.ts';
import { useWindowSize } from '../useWindowSize.ts';
import { DISTANCE_RANGE_M, DWELL_RANGE_SEC, dwellStep, type WallOptions, type WallSetup, WIDTH_RANGE_MM, withSetup } from './wallOptions.ts';

/** Nobody may leave it standing before the figures. */
const CLOSE_AFTER_MS = 3 * 60_000;

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly range: { readonly min: number; readonly max: number };
  readonly step: number;
  readonly onChange: (value: number) => void;
}

function NumberRow({ label, value, range, step, onChange }: NumberProps) {
  const { t } = useTranslation();
  return (
    <NumberField className="wallSettings-row" value={value} minValue={range.min} maxValue={range.max} step={step} onChange={(next) => { if (Number.isFinite(next)) onChange(next); }}>
      <Label>{label}</Label>
      <Group>
        <Button slot="decrement" aria-label={t('settings.less')}><Minus aria-hidden="true" /></Button>
        <Input />
        <Button slot="increment" aria-label={t('settings.more')}><Plus aria-hidden="true" /></Button>
      </Group>
    </NumberField>
  );
}

/** Closes what nobody touches. */
function useCloseWhenIdle(onClose: () => void): void {
  useEffect(() => {
    let timer = setTimeout(onClose, CLOSE_AFTER_MS);
    const handleTouch = () => {
      clearTimeout(timer);
      timer = setTimeout(onClose, CLOSE_AFTER_MS);
    };
    const signs = ['keydown', 'pointerdown'] as const;
    for (const sign of signs) window.addEventListener(sign, handleTouch, true);
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, handleTouch, true);
    };
  }, [onClose]);
}

/** What these numbers make of the text, before they are applied. */
function Outcome({ nearM, widthMm }: Pick<WallSetup, 'nearM' | 'widthMm'>) {
  const { t } = useTranslation();
  const { widthPx, heightPx } = useWindowSize();
  const { bPx, isTooSmall } = wallScaleOf({ widthPx, heightPx, widthMm, nearM });
  return <p className="wallSettings-outcome" data-bad={isTooSmall}>{isTooSmall ? t('wall.tooSmall') : t('settings.text', { px: Math.round(bPx) })}</p>;
}

interface WallSettingsProps {
  readonly options: WallOptions;
  /** The query of the address with the new settings. */
  readonly onApply: (search: URLSearchParams) => void;
  readonly onClose: () => void;
}

/** [WO3] Distance, width and scene times of this wall, which the address keeps; C opens it. */
export default function WallSettings({ options, onApply, onClose }: WallSettingsProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { widthPx } = useWindowSize();
  const [setup, setSetup] = useState<WallSetup>({ nearM: options.nearM, widthMm: Math.round(options.widthMm ?? defaultWidthMm(widthPx)), dwell: options.dwell });
  useCloseWhenIdle(onClose);
  const search = withSetup(new URLSearchParams(window.location.search), setup);
  return (
    <I18nProvider locale={currentLanguage(i18n)}>
      <ModalOverlay className="wallSettings-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
        <Modal>
          <Dialog className="wallSettings">
            <header>
              <Heading slot="title">{t('settings.title')}</Heading>
              <Button aria-label={t('settings.close')} onPress={onClose}><X aria-hidden="true" /></Button>
            </header>
            <NumberRow label={t('settings.distance')} value={setup.nearM} range={DISTANCE_RANGE_M} step={0.5} onChange={(nearM) => setSetup({ ...setup, nearM })} />
            <NumberRow label={t('settings.width')} value={setup.widthMm} range={WIDTH_RANGE_MM} step={1} onChange={(widthMm) => setSetup({ ...setup, widthMm })} />
            <Outcome nearM={setup.nearM} widthMm={setup.widthMm} />
            {SCENES.map((scene) => (
              <NumberRow
                key={scene} label={t('settings.dwell', { scene: t(`domain.${scene}`) })} value={setup.dwell[scene] / 1_000} range={{ min: 0, max: DWELL_RANGE_SEC.max }} step={5}
                onChange={(seconds) => setSetup({ ...setup, dwell: { ...setup.dwell, [scene]: dwellStep(setup.dwell[scene] / 1_000, seconds) * 1_000 } })}
              />
            ))}
            <p className="wallSettings-note">{t('settings.dwellNote', { min: DWELL_RANGE_SEC.min })}</p>
            <p className="wallSettings-note">{t('settings.address')}</p>
            <code>{search.toString()}</code>
            <Button className="wallSettings-apply" onPress={() => { onApply(search); onClose(); }}>{t('settings.apply')}</Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}

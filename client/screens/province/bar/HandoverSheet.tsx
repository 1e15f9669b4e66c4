import { MonitorUp, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Dialog, Heading, Label, Modal, ModalOverlay, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../../shared/domain/locality.ts';
import { type WallDto, WallsDto } from '../../../../shared/protocol/answers.ts';
import { type Handover, HANDOVER_MINUTES, HandoverOwner, type SceneName } from '../../../../shared/protocol/socket.ts';
import { useLink, useNow } from '../../../store/mirrorHooks.tsx';
import { useAnswer } from '../../answers.tsx';
import { handOver, takeBack } from '../../handoverRequests.ts';
import { firstChoice } from './wallChoice.ts';
import { WallChoices } from './WallChoices.tsx';

const EVERY_MS = 2_000;
type Minutes = (typeof HANDOVER_MINUTES)[number];

interface HandoverSheetProps {
  readonly province: Locality;
  readonly scene: SceneName;
  /** The wall shows it, or does so no more. */
  readonly onChange: (sent: { readonly wallId: string; readonly handover: Handover } | null) => void;
  readonly onClose: () => void;
}

/** What the server answered, in words. */
function useTelling(onChange: HandoverSheetProps['onChange'], refetch: () => Promise<unknown>) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<{ readonly text: string; readonly isBad: boolean } | null>(null);
  const fail = (failure: Exclude<Awaited<ReturnType<typeof handOver>>, Handover>, name: string) => setSaid({ text: t(`handover.failure.${failure}`, { name }), isBad: true });
  return {
    said,
    async send({ wallId, name, handover }: WallDto, offer: Omit<Parameters<typeof handOver>[1], 'replaces'>) {
      const outcome = await handOver(wallId, { ...offer, replaces: handover?.handoverId ?? null });
      if (typeof outcome === 'string') fail(outcome, name);
      else {
        setSaid({ text: t('handover.sent', { name }), isBad: false });
        onChange({ wallId, handover: outcome });
      }
      await refetch();
    },
    async end({ wallId, name, handover }: WallDto) {
      if (handover === null) return;
      const outcome = await takeBack(wallId, handover.handoverId);
      if (outcome !== 'done') fail(outcome, name);
      else {
        setSaid({ text: t('handover.ended', { name }), isBad: false });
        onChange(null);
      }
      await refetch();
    },
  };
}

function Choice<T extends string | number>({ label, options, value, say, onChoose }: { readonly label: string; readonly options: readonly T[]; readonly value: T; readonly say: (option: T) => string; readonly onChoose: (option: T) => void }) {
  return (
    <RadioGroup className="handover-choice" orientation="horizontal" value={String(value)} onChange={(chosen) => { const option = options.find((one) => String(one) === chosen); if (option !== undefined) onChoose(option); }}>
      <Label className="handover-label">{label}</Label>
      <div className="handover-options">{options.map((option) => <Radio key={option} className="handover-option" value={String(option)}>{say(option)}</Radio>)}</div>
    </RadioGroup>
  );
}

function SheetBody({ province, scene, onChange }: Omit<HandoverSheetProps, 'onClose'>) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const isLinkLost = useLink().state !== 'live';
  const { data, isError, refetch } = useAnswer(WallsDto, '/api/v1/walls', { everyMs: EVERY_MS });
  const [chosenId, setChosen] = useState<string | null>(null);
  const [minutes, setMinutes] = useState<Minutes>(5);
  const [owner, setOwner] = useState<HandoverOwner>('chairman');
  const { said, send, end } = useTelling(onChange, refetch);
  if (data === undefined) return <p role="status">{t(isError ? 'handover.failed' : 'handover.asking')}</p>;
  const wall = data.walls.find(({ wallId }) => wallId === (chosenId ?? firstChoice(data.walls, province.code)));
  return (
    <>
      {data.walls.length === 0 ? <p>{t('handover.noWalls')}</p>
        : <WallChoices walls={data.walls} nowMs={Math.max(serverNowMs, data.atMs)} provinceCode={province.code} chosenId={wall?.wallId ?? null} onChoose={setChosen} onTakeBack={(one) => void end(one)} />}
      <Choice label={t('handover.minutes')} options={HANDOVER_MINUTES} value={minutes} say={(count) => t('handover.minuteCount', { count })} onChoose={setMinutes} />
      <Choice label={t('handover.owner')} options={HandoverOwner.options} value={owner} say={(one) => t(`handover.owners.${one}`)} onChoose={setOwner} />
      <p className="handover-said" role="status" data-bad={said?.isBad === true || isLinkLost}>{isLinkLost ? t('handover.offline') : said?.text}</p>
      <Button className="handover-send" isDisabled={wall === undefined || isLinkLost} onPress={() => { if (wall !== undefined) void send(wall, { localityCode: province.code, scene, minutes, owner }); }}>
        <MonitorUp aria-hidden="true" />{t(wall?.handover == null ? 'handover.send' : 'handover.replace')}
      </Button>
    </>
  );
}

/** [TW1] Which wall, for how long, on whose word. */
export function HandoverSheet({ onClose, ...body }: HandoverSheetProps) {
  const { t } = useTranslation();
  const { province, scene } = body;
  return (
    <ModalOverlay className="handover-overlay" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="handover-modal">
        <Dialog className="handover">
          <header className="handover-head">
            <Heading slot="title">{t('handover.title', { name: province.name })}</Heading>
            <Button className="handover-close" aria-label={t('handover.close')} onPress={onClose}><X aria-hidden="true" /></Button>
          </header>
          <p className="handover-what">{t('handover.what', { name: province.name, scene: t(`domain.${scene}`) })}</p>
          <SheetBody {...body} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

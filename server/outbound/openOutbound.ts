import type { Provenance } from '../../shared/domain/provenance.ts';
import type { AlarmOrigin, Outbound, ToldAlarm } from '../ports/outbound.ts';
import { type AlarmEventData, afterTelling, asTold, stepOf, toEnded, toEvent } from './alarmEvent.ts';
import { createWebhook, type WebhookSender } from './createWebhook.ts';
import { type DueLine, openDeliveryLog } from './deliveryLog.ts';
import type { Webhook } from './webhookSettings.ts';

/** Deliveries of one receiver that wait: a day of ten alarms a minute, each raised and cleared, is 28,800; beyond it the receiver is long forgotten. */
const MAX_PENDING = 30_000;

export interface OutboundOptions {
  readonly hooks: readonly Webhook[];
  /** File of what is to be sent. */
  readonly path: string;
  readonly origin: AlarmOrigin;
  /** CloudEvents source, e.g. "/ioc/live". */
  readonly source: string;
  readonly nowMs: () => number;
  /** 0-1. */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  readonly limits?: { readonly maxPending?: number; readonly timeoutMs?: number };
}

interface News { readonly alarm: ToldAlarm; readonly provenance: Provenance | null }

interface Receiver {
  readonly hook: Webhook;
  readonly sender: WebhookSender;
  /** It has not been told all; `isTroubled`: and that has been reported. */
  isBehind: boolean;
  isTroubled: boolean;
}

/**
 * Tells receivers of alarms. [WH2] A transition is taken on once it is on disk. What was not (too many wait, the disk refuses, we were not
 * running) is made good by comparing what a receiver was told with the alarms that are open, at the start and as soon as there is room:
 * alarms that came and went meanwhile are then not told, every alarm that is open or was told is.
 */
export async function openOutbound({ hooks, path, origin, source, nowMs, random, onError, limits: { maxPending = MAX_PENDING, timeoutMs } = {} }: OutboundOptions): Promise<Outbound> {
  const log = await openDeliveryLog(path);
  const receivers = hooks.map((hook): Receiver => ({
    hook, isBehind: true, isTroubled: false, sender: createWebhook({ hook, log, nowMs, random, onError, ...(timeoutMs !== undefined && { timeoutMs }) }),
  }));
  // Transitions are taken on one call after the other, so that each sees what the one before has told.
  let line: Promise<void> = Promise.resolve();

  const withProvenance = (alarm: ToldAlarm): News => ({ alarm, provenance: origin.provenanceOf(alarm) });

  const isSecretFrom = ({ includeTlpRed }: Webhook, { tlp }: ToldAlarm) => tlp === 'RED' && !includeTlpRed;

  function isWanted({ severities, domains, localities, includeSimulated }: Webhook, { alarm, provenance }: News): boolean {
    return severities.includes(alarm.severity) && domains.includes(alarm.domain) && localities.some((code) => origin.isWithin(alarm.localityCode, code))
      && (includeSimulated || (provenance !== 'simulated' && provenance !== 'illustrative'));
  }

  function dueLines({ hook }: Receiver, news: readonly News[]): DueLine[] {
    const told = new Map<string, AlarmEventData>(log.stateOf(hook.id).told);
    return news.flatMap(({ alarm: now, provenance }): DueLine[] => {
      const before = told.get(now.id);
      const isSecret = isSecretFrom(hook, now);
      const alarm = isSecret && before !== undefined ? asTold(now, before) : now;
      const transition = stepOf(before, alarm, !isSecret && isWanted(hook, { alarm, provenance }));
      if (transition === null) return [];
      const event = toEvent(transition, alarm, before, { provenance, nowMs: nowMs(), source });
      afterTelling(told, event);
      return [{ kind: 'due', hook: hook.id, seq: log.nextSeq(), atMs: nowMs(), event }];
    });
  }

  /** As many as there is room for. */
  async function takeOn(receiver: Receiver, news: readonly News[]): Promise<void> {
    const { hook, sender } = receiver;
    if (sender.isGone) return;
    const lines = dueLines(receiver, news);
    const fitting = lines.slice(0, Math.max(0, maxPending - log.stateOf(hook.id).due.length));
    try {
      if (fitting.length > 0) await log.append(fitting);
      if (fitting.length < lines.length) fallBehind(receiver, lines.length - fitting.length, new Error(`${maxPending} alarms wait for webhook "${hook.id}"; look at its receiver. Further ones are told once there is room, if they are still open.`));
      else receiver.isTroubled = false;
    } catch (error) {
      fallBehind(receiver, lines.length, error);
    }
  }

  function fallBehind(receiver: Receiver, count: number, error: unknown): void {
    receiver.isBehind = true;
    if (receiver.isTroubled) return;
    receiver.isTroubled = true;
    receiver.sender.noteNotTaken(count);
    onError(error);
  }

  /** [WH2] */
  async function catchUp(receiver: Receiver): Promise<void> {
    if (!receiver.isBehind || log.stateOf(receiver.hook.id).due.length >= maxPending) return;
    receiver.isBehind = false;
    const open = origin.openAlarms();
    const openIds = new Set(open.map(({ id }) => id));
    const ended = [...log.stateOf(receiver.hook.id).told.values()].filter(({ alarmId }) => !openIds.has(alarmId)).map(toEnded);
    await takeOn(receiver, [...ended, ...open].map(withProvenance));
  }

  const inLine = (step: () => Promise<void>): Promise<void> => {
    line = line.then(step).catch(onError);
    return line;
  };

  return {
    tell(transitions) {
      if (transitions.length === 0) return;
      // As of now: by the time the disk is free the reading may be another.
      const news = transitions.map(withProvenance);
      void inLine(async () => { for (const receiver of receivers) await takeOn(receiver, news); });
    },
    async pump() {
      await inLine(async () => { for (const receiver of receivers) await catchUp(receiver); });
      await Promise.all(receivers.map(({ sender }) => sender.pump()));
    },
    status: () => receivers.map(({ sender }) => sender.status()),
    async close() {
      await line;
      await Promise.all(receivers.map(({ sender }) => sender.close()));
      await log.close();
    },
  };
}

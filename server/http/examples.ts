import { type Alarm, Alarm as AlarmSchema } from '../../shared/domain/alarm.ts';
import { RunningExercise, type WallDto, WallDto as WallSchema } from '../../shared/protocol/answers.ts';
import { Handover } from '../../shared/protocol/socket.ts';
import type { ChannelDto, ReadingDto } from '../../shared/protocol/http.ts';
import { ServiceIndexDto } from '../../shared/protocol/serviceIndex.ts';
import { ChannelDto as ChannelSchema, ReadingDto as ReadingSchema } from '../../shared/protocol/http.ts';

/** Shown in the description of the interface; parsed here, so that an example that no longer fits stops the start. */
export const EPOCH_EXAMPLE = '9f2c4e6a8b0d1f35';
export const AT_EXAMPLE_MS = 1_772_326_800_000;

export const ALARM_EXAMPLE: Alarm = AlarmSchema.parse({
  id: 'state:085:tslcd-link-state', occurrenceId: `state:085:tslcd-link-state@${AT_EXAMPLE_MS}`, kind: 'state', ruleId: 'link-lost', severity: 'high', domain: 'connectivity',
  localityCode: '085', isPlaced: true, indicatorId: 'tslcd-link-state', sourceId: null, value: 0, title: null, dependsOn: ['cause:10:links-cut'], tlp: null, attack: null, state: 'UNACK',
  sinceMs: AT_EXAMPLE_MS, raisedAtMs: AT_EXAMPLE_MS + 900, returnedAtMs: null, dataLost: false, count: 1, acked: null, assignee: null, disposition: null, shelved: null,
  outOfService: null, suppressedBy: null, escalations: 0, isChattering: false, isLatched: false,
});

export const READING_EXAMPLE: ReadingDto = ReadingSchema.parse({
  localityCode: '10', indicatorId: 'tslcd-share', value: 88.9, numerator: 8, denominator: 9, observedAtMs: AT_EXAMPLE_MS,
  freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 9, membersExpected: 9,
});

export const CHANNEL_EXAMPLE: ChannelDto = ChannelSchema.parse({
  channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, player: 'live', seriesCount: 19_000,
  playback: { nowMs: AT_EXAMPLE_MS, rate: 1, isPlaying: true, startMs: null, endMs: null, stopMs: null, restLeftMs: 0, isChaptered: false, isLooping: false, exercise: null, capabilities: [] },
});

export const WALL_EXAMPLE: WallDto = WallSchema.parse({
  wallId: 'phong-hop-2', name: 'Phòng họp tầng 2', buildId: '3fa1c0de9b7e', uptimeMs: 86_400_000, viewport: { widthPx: 1_920, heightPx: 1_080, sizeClass: 'compact' },
  scene: 'connectivity', isHeld: false, isPreempted: false, focusCode: null, handover: null, isHandoverShown: false, applied: [{ channel: 'live', topic: 'nation', epoch: EPOCH_EXAMPLE, seq: 41_277 }],
  paintedAgeMs: 800, frames: { drawn: 300, overMs: 5_000, medianMs: 16.7, maxMs: 40 },
  map: { isDrawing: true, isSoftware: false, framesDrawn: 12_000, contextLosses: 0, rebuilds: 0 }, heapMb: 61,
  state: 'well', troubleSinceMs: null, firstHeardAtMs: AT_EXAMPLE_MS - 86_400_000, heardAtMs: AT_EXAMPLE_MS - 2_000, reportCount: 17_280, pages: 1,
});

export const HANDOVER_EXAMPLE = Handover.parse({
  handoverId: '4c1d9a0e7b2f6385', localityCode: '10', scene: 'dossiers', owner: 'chairman', sinceMs: AT_EXAMPLE_MS, endsAtMs: AT_EXAMPLE_MS + 300_000,
});

export const EXERCISE_EXAMPLE = RunningExercise.parse({
  scenario: 'storm-central', name: { vi: 'Bão vào miền Trung', en: 'Storm over the central coast' },
  sinceMs: AT_EXAMPLE_MS, endsAtMs: AT_EXAMPLE_MS + 7_500_000, leader: 'Trực ban',
});

const UNPUBLISHED = { state: 'not-published', reading: null, source: null, difference: null };
const NO_ANNEX = { basis: 'not-established', citation: null, remark: { vi: 'Chưa đọc được phụ lục.', en: 'The annex has not been read.' } };

export const SERVICE_INDEX_EXAMPLE = ServiceIndexDto.parse({
  channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, localityCode: '10', atMs: AT_EXAMPLE_MS, name: { vi: 'Chỉ số 766', en: 'Service index 766' }, standing: NO_ANNEX,
  period: { fromMs: 1_772_298_000_000, toMs: 1_774_976_400_000, standing: NO_ANNEX },
  points: 100, score: 19.1, judgedPoints: 20, possible: { min: 19.1, max: 99.1 }, portal: UNPUBLISHED, provenances: ['measured'],
  groups: [{
    id: 'progress', name: { vi: 'Tiến độ giải quyết', en: 'Progress' }, standing: NO_ANNEX, sharing: NO_ANNEX,
    points: 20, score: 19.1, judgedPoints: 20, possible: { min: 19.1, max: 19.1 }, portal: UNPUBLISHED, provenances: ['measured'],
    components: [{
      number: '2.1', name: { vi: 'Hồ sơ đúng hạn', en: 'Dossiers on time' }, points: 20, state: 'judged', valuePct: 95.5, score: 19.1,
      rule: {
        formula: { kind: 'share', share: { part: 'dossiers-on-time', whole: { rule: 'one', of: 'dossiers-resolved' } } }, fullAtPct: 100,
        words: { vi: 'Đúng hạn chia cho đã giải quyết.', en: 'On time, divided by resolved.' }, standing: NO_ANNEX, symbols: '191 / 200 × 100',
      },
      counts: [{ indicatorId: 'dossiers-on-time', state: 'counted', reading: { ...READING_EXAMPLE, indicatorId: 'dossiers-on-time', value: 191, numerator: null, denominator: null }, source: null }],
    }],
  }],
});

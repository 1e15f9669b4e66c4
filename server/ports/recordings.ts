import type { RecordingDto } from '../../shared/protocol/answers.ts';

/** Recordings of live runs that this server was given. */
export interface Recordings {
  /** By name. */
  list(): readonly RecordingDto[];
}

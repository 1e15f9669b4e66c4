import type { Sound } from './alarmSound.ts';
import { HARMONICS, PATTERNS, RAMP_RATIO } from './patterns.ts';

export interface Speaker {
  /** Browsers let no page sound before a person has touched it, unless the kiosk's flag says so. */
  readonly isAllowed: boolean;
  /** Cuts off what still sounds. */
  play(sound: Sound): void;
  stop(): void;
  /** To be called from a key press or a touch. */
  allow(): void;
  /** Returns the unsubscribe function. */
  onAllowed(listener: () => void): () => void;
  close(): void;
}

/** The sum of all harmonics at once stays below full scale. */
const FULL_GAIN = 0.5;
const CUT_SEC = 0.02;

/** Tones are computed: no file to load. `volume`: 0-1. */
export function createSpeaker(volume: number): Speaker {
  const context = new AudioContext({ latencyHint: 'playback' });
  const wave = context.createPeriodicWave(new Float32Array(HARMONICS.length + 1), Float32Array.from([0, ...HARMONICS]));
  const listeners = new Set<() => void>();
  let burst: GainNode | null = null;
  context.onstatechange = () => { for (const listener of listeners) listener(); };

  function stop(): void {
    if (burst === null) return;
    const ended = burst;
    burst = null;
    ended.gain.cancelScheduledValues(context.currentTime);
    ended.gain.setTargetAtTime(0, context.currentTime, CUT_SEC);
  }

  function addPulse(into: GainNode, frequencyHz: number, startSec: number, lengthSec: number): void {
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    oscillator.setPeriodicWave(wave);
    oscillator.frequency.value = frequencyHz;
    envelope.gain.setValueAtTime(0, startSec);
    envelope.gain.linearRampToValueAtTime(1, startSec + lengthSec * RAMP_RATIO);
    envelope.gain.setValueAtTime(1, startSec + lengthSec * (1 - RAMP_RATIO));
    envelope.gain.linearRampToValueAtTime(0, startSec + lengthSec);
    oscillator.connect(envelope).connect(into);
    oscillator.start(startSec);
    oscillator.stop(startSec + lengthSec);
    // A month of alarms: what has sounded is let go of.
    oscillator.onended = () => { oscillator.disconnect(); envelope.disconnect(); };
  }

  return {
    get isAllowed() { return context.state === 'running'; },
    play(sound) {
      stop();
      // What cannot be heard now must not all be heard together when it is allowed.
      if (context.state !== 'running') return;
      const { pulses, gain } = PATTERNS[sound];
      burst = context.createGain();
      burst.gain.value = gain * volume * FULL_GAIN;
      burst.connect(context.destination);
      for (const { atMs, lengthMs, frequencyHz } of pulses) addPulse(burst, frequencyHz, context.currentTime + CUT_SEC + atMs / 1_000, lengthMs / 1_000);
    },
    stop,
    allow() {
      if (context.state === 'suspended') void context.resume();
    },
    onAllowed(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    close() {
      stop();
      listeners.clear();
      void context.close();
    },
  };
}

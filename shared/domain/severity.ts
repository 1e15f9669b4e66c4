import { z } from 'zod';

/** Levels 1-4 of UI.md §6; `unknown` is its own class and never folded into low. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

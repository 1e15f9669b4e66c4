import { readFileSync } from 'node:fs';
import { type FeedSettings, FeedSettingsFile } from './ports/feedSettings.ts';

/**
 * The feeds of `IOC_FEEDS`; `undefined`: none.
 * @throws Error that names the file, every field that is wrong and what belongs there.
 */
export function readFeedSettings(path: string | undefined): readonly FeedSettings[] {
  if (path === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`IOC_FEEDS="${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}. docs/feeds/README.md describes the file.`, { cause: error });
  }
  const parsed = FeedSettingsFile.safeParse(value);
  if (parsed.success) return parsed.data.feeds;
  const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the whole'}: ${message}`);
  throw new Error(`IOC_FEEDS="${path}" cannot be used: ${faults.join('; ')}. docs/feeds/README.md describes the file.`);
}

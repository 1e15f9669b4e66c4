import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FEED_FORMATS, FeedSettings } from '../../../server/ports/feedSettings.ts';
import { realIndicators } from '../../support/aCatalogue.ts';

const DOCS = resolve(import.meta.dirname, '../../../docs/feeds');

const settingsIn = (format: string) => FeedSettings.parse(JSON.parse(/```json\n([\s\S]*?)```/.exec(readFileSync(resolve(DOCS, `${format}.md`), 'utf8'))?.[1] ?? 'null'));

test.each(FEED_FORMATS.filter((format) => format !== 'cloudevents'))('[FD6] the settings to paste from docs/feeds/%s.md are settings of this format', (format) => {
  expect(settingsIn(format)).toMatchObject({ format, localities: [expect.any(String)] });
});

describe.each(['alertmanager', 'zabbix', 'uptime-kuma'])('docs/feeds/%s.md', (format) => {
  const settings = settingsIn(format);

  test('[MA7] its states are states of the catalogue', () => {
    expect(settings.states).not.toEqual([]);
    for (const { indicator, raised, cleared } of settings.states) {
      const stateOf = (value: number) => realIndicators().find(({ id }) => id === indicator)?.states.find((state) => state.value === value);
      expect(stateOf(raised)?.alarm).toBeDefined();
      expect(stateOf(cleared)).toBeDefined();
      expect(stateOf(cleared)?.alarm).toBeUndefined();
    }
  });
});

test('the receiver in docs/feeds/alertmanager.md is that of the file beside it, which a real Alertmanager is tested with', () => {
  const [text, file] = ['alertmanager.md', 'alertmanager/alertmanager.yml'].map((name) => readFileSync(resolve(DOCS, name), 'utf8'));
  expect(file).toContain(/```yaml\n([\s\S]*?)```/.exec(text ?? '')?.[1]);
});

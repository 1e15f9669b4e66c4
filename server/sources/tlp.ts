import { TLP_LABELS, Tlp } from '../../shared/domain/alarm.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';

const LOOKED_AT = 100;

/** What the message says of who may be told, the strictest where it says several; else what its feed's settings say. `null`: nobody says. */
export function tlpOf(sent: readonly unknown[], { tlp }: Pick<FeedSettings, 'tlp'>): Tlp | null {
  const said = sent.flat(2).slice(0, LOOKED_AT).map(toTlp).filter((label) => label !== null);
  return said.reduce<Tlp | null>((strictest, label) => (strictest === null || TLP_LABELS.indexOf(label) > TLP_LABELS.indexOf(strictest) ? label : strictest), null) ?? tlp ?? null;
}

/** "TLP:AMBER+STRICT", "amber strict"; WHITE was CLEAR before TLP 2.0. */
function toTlp(text: unknown): Tlp | null {
  if (typeof text !== 'string' || text.length > 40) return null;
  const label = text.trim().toUpperCase().replace(/^TLP[\s:_-]*/, '').replace(/^AMBER[\s+_-]+STRICT$/, 'AMBER+STRICT');
  return Tlp.safeParse(label === 'WHITE' ? 'CLEAR' : label).data ?? null;
}

import type { ChannelId } from '../../shared/domain/ids.ts';

export const BRANDING_PATH = '/api/v1/branding';

export function cataloguePath(channel: ChannelId): string {
  return `/api/v1/catalogue?channel=${channel}`;
}

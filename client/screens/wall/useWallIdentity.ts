import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WallId } from '../../../shared/protocol/socket.ts';
import { wallIdentityFrom } from './wallIdentity.ts';

/** Which wall this page is, for as long as it is open. */
export function useWallIdentity(): { readonly wallId: WallId; readonly name: string } {
  const { t } = useTranslation();
  const [{ wallId, name }] = useState(() => wallIdentityFrom(new URLSearchParams(window.location.search), window.localStorage, Math.random));
  return { wallId, name: name ?? t('walls.unnamed', { mark: wallId.replace('wall-', '') }) };
}

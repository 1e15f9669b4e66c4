import { setTimeout as pause } from 'node:timers/promises';
import { WallsDto } from '../../shared/protocol/answers.ts';

/** Soon enough for any test, and rare enough to leave the processor to the pages that are waited for. */
const ASK_EVERY_MS = 50;

/** Asks the server for its walls until it is so; the test's own time limit ends a wait in vain. */
export async function untilListed(serverUrl: string, isSo: (walls: WallsDto['walls']) => boolean): Promise<WallsDto['walls']> {
  for (;;) {
    const { walls } = WallsDto.parse(await (await fetch(`${serverUrl}/api/v1/walls`)).json());
    if (isSo(walls)) return walls;
    await pause(ASK_EVERY_MS);
  }
}

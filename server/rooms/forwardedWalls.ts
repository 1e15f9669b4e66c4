import type { Problem, WallCommand, WallReport, WallTrouble } from '../../shared/protocol/socket.ts';
import type { WallPage, WallReports } from '../ports/walls.ts';
import type { FromWorker } from './workerMessages.ts';

/** The walls of the primary process, for the pages that a worker serves. */
export class ForwardedWalls implements WallReports {
  readonly #send: (message: FromWorker) => void;
  readonly #idByPage = new Map<WallPage, number>();
  readonly #pageById = new Map<number, WallPage>();
  #pagesSinceStart = 0;
  #troubles: readonly WallTrouble[] = [];

  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  report(page: WallPage, report: WallReport, isAtHead: boolean): void {
    let pageId = this.#idByPage.get(page);
    if (pageId === undefined) {
      pageId = this.#pagesSinceStart++;
      this.#idByPage.set(page, pageId);
      this.#pageById.set(pageId, page);
    }
    this.#send({ kind: 'report', pageId, report, isAtHead });
  }

  goodbye(page: WallPage): void {
    const pageId = this.#idByPage.get(page);
    if (pageId !== undefined) this.#send({ kind: 'goodbye', pageId });
  }

  left(page: WallPage): void {
    const pageId = this.#idByPage.get(page);
    if (pageId === undefined) return;
    this.#idByPage.delete(page);
    this.#pageById.delete(pageId);
    this.#send({ kind: 'left', pageId });
  }

  readonly troubles = (): readonly WallTrouble[] => this.#troubles;

  hear(troubles: readonly WallTrouble[]): void {
    this.#troubles = troubles;
  }

  command(pageId: number, command: WallCommand): void {
    this.#pageById.get(pageId)?.command(command);
  }

  tell(pageId: number, problem: Problem): void {
    this.#pageById.get(pageId)?.tell(problem);
  }
}

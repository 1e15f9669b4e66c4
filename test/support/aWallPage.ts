import type { WallPage } from '../../server/ports/walls.ts';
import type { Problem, WallCommand } from '../../shared/protocol/socket.ts';

/** A page of a wall that remembers what it was told. */
export function aWallPage(): WallPage & { readonly commands: WallCommand[]; readonly problems: Problem[] } {
  const commands: WallCommand[] = [];
  const problems: Problem[] = [];
  return { commands, problems, command: (command) => { commands.push(command); }, tell: (problem) => { problems.push(problem); } };
}

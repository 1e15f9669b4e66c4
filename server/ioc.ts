import { parseArgs } from 'node:util';
import { auditCommand } from './iocAudit.ts';
import { type Command, howItIsSaid } from './iocCommand.ts';
import { tokenCommand } from './iocToken.ts';
import { userCommand } from './iocUser.ts';

const COMMANDS: Readonly<Record<string, Command>> = { token: tokenCommand, user: userCommand, audit: auditCommand };
const USAGE = Object.values(COMMANDS).map(({ usage }) => usage).join('\n');

/** `npm run ioc`: also while the server runs. @throws Error that names what was said wrongly and shows how it is said. */
async function run(args: readonly string[], nowMs: number): Promise<void> {
  const commands = Object.values(COMMANDS);
  const flags = new Set(commands.flatMap((command) => command.flags));
  const options = Object.fromEntries(commands.flatMap((command) => command.options).map((name) => [name, { type: flags.has(name) ? 'boolean' as const : 'string' as const }]));
  let said: { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] };
  try {
    said = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw howItIsSaid(error instanceof Error ? error.message : String(error), USAGE);
  }
  const [subject = '', ...words] = said.positionals;
  const command = Object.hasOwn(COMMANDS, subject) ? COMMANDS[subject] : undefined;
  if (command === undefined) throw howItIsSaid(`"${said.positionals.join(' ')}" is no command here.`, USAGE);
  await command.run(words, said.values, nowMs);
}

try {
  await run(process.argv.slice(2), Date.now());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { z } from 'zod';
import { PersonName } from '../shared/domain/alarmEvent.ts';
import { Role } from '../shared/protocol/session.ts';
import { AccountName, accountPathIn, changeAccount, changeAccounts, type KeptAccount, readAccounts } from './access/accountFile.ts';
import { hashPassword, makePassword } from './access/password.ts';
import { makeTotpSecret, totpUri } from './access/totp.ts';
import { defineCommand, howItIsSaid, printTable, showTime } from './iocCommand.ts';

const USAGE = `  npm run --silent ioc -- user create --account ha.lt --name "Lê Thị Hà" --role operator [--totp]
  npm run --silent ioc -- user list
  npm run --silent ioc -- user password --account ha.lt
  npm run --silent ioc -- user totp --account ha.lt [--off]
  npm run --silent ioc -- user role --account ha.lt --role viewer
  npm run --silent ioc -- user disable --account ha.lt
  npm run --silent ioc -- user enable --account ha.lt
The server's folder is IOC_DATA, or --data.`;

const Options = z.strictObject({
  account: AccountName.optional(),
  name: PersonName.optional(),
  role: Role.optional(),
  totp: z.boolean().default(false),
  off: z.boolean().default(false),
  data: z.string().min(1).default(process.env.IOC_DATA ?? './data'),
});
type Options = z.output<typeof Options>;

/** What is shown once goes to the standard output, a line each; what is said of it to the other. */
const show = (secret: string) => process.stdout.write(`${secret}\n`);
const say = (text: string) => process.stderr.write(`${text}\n`);

async function create(path: string, account: string, { name, role, totp }: Options, nowMs: number): Promise<void> {
  if (name === undefined || role === undefined) throw howItIsSaid('Say who it is and what they may do: --name and --role.', USAGE);
  const password = makePassword();
  const totpSecret = totp ? makeTotpSecret() : null;
  const kept: KeptAccount = { account, name, role, passwordHash: await hashPassword(password), totpSecret, createdAtMs: nowMs, disabledAtMs: null, mustChange: true };
  changeAccounts(path, (accounts) => {
    if (accounts.some((other) => other.account === account)) throw new Error(`There is an account "${account}" already, and a name is never given to another person: the trail would take one for the other.`);
    return [...accounts, kept];
  });
  say(`Account ${account} of ${name} (${role}). The password is shown this once; whoever signs in with it chooses their own:`);
  show(password);
  if (totpSecret !== null) showTotp(account, totpSecret);
}

function showTotp(account: string, secret: string): void {
  say('For the authenticator, shown this once:');
  show(totpUri(account, secret));
}

function list(path: string): void {
  const rows = readAccounts(path).map(({ account, name, role, totpSecret, disabledAtMs, mustChange, createdAtMs }) =>
    [account, name, role, disabledAtMs === null ? 'active' : `disabled since ${showTime(disabledAtMs)}`, totpSecret === null ? 'no' : 'yes', mustChange ? 'yes' : 'no', showTime(createdAtMs)]);
  printTable([['ACCOUNT', 'NAME', 'ROLE', 'STATE', 'CODE', 'MUST CHANGE PASSWORD', 'CREATED'], ...rows]);
}

async function password(path: string, account: string): Promise<void> {
  const made = makePassword();
  const passwordHash = await hashPassword(made);
  changeAccount(path, account, (kept) => ({ ...kept, passwordHash, mustChange: true }));
  say(`New password of ${account}, shown this once. Every session of the account ends; whoever signs in with it chooses their own:`);
  show(made);
}

function totp(path: string, account: string, isOff: boolean): void {
  const totpSecret = isOff ? null : makeTotpSecret();
  changeAccount(path, account, (kept) => ({ ...kept, totpSecret }));
  if (totpSecret === null) say(`Account ${account} asks for no code any more.`);
  else showTotp(account, totpSecret);
}

function role(path: string, account: string, asked: Role | undefined): void {
  if (asked === undefined) throw howItIsSaid(`Say which role: --role ${Role.options.join('|')}.`, USAGE);
  changeAccount(path, account, (kept) => ({ ...kept, role: asked }));
  say(`Account ${account} is ${asked} now. Its sessions end.`);
}

function setDisabled(path: string, account: string, atMs: number | null): void {
  changeAccount(path, account, (kept) => ({ ...kept, disabledAtMs: atMs }));
  say(atMs === null ? `Account ${account} may sign in again.` : `Account ${account} is disabled. Its sessions end at their next request.`);
}

/** Named persons. Also while the server runs, which writes each change to the trail. */
export const userCommand = defineCommand({
  usage: USAGE, options: Options, flags: ['totp', 'off'],
  async run([verb = '', ...more], options, nowMs) {
    const path = accountPathIn(options.data);
    const { account } = options;
    if (more.length > 0 || !['create', 'list', 'password', 'totp', 'role', 'disable', 'enable'].includes(verb)) throw howItIsSaid(`"user ${[verb, ...more].join(' ')}" is no command here.`, USAGE);
    if (verb === 'list') list(path);
    else if (account === undefined) throw howItIsSaid('Say whose account: --account.', USAGE);
    else if (verb === 'create') await create(path, account, options, nowMs);
    else if (verb === 'password') await password(path, account);
    else if (verb === 'totp') totp(path, account, options.off);
    else if (verb === 'role') role(path, account, options.role);
    else setDisabled(path, account, verb === 'disable' ? nowMs : null);
  },
});

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PersonName } from '../../shared/domain/alarmEvent.ts';
import { Role } from '../../shared/protocol/session.ts';
import { PASSWORD_HASH } from './password.ts';
import { readJson, whileLocked, writeWhole } from './wholeFile.ts';

/** What people type before their password. */
export const AccountName = z.string().max(60).regex(/^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/, 'must be lower-case letters and digits, parted by "." "_" or "-", e.g. "ha.lt"');

const AtMs = z.number().int().nonnegative();

const KeptAccount = z.strictObject({
  account: AccountName,
  name: PersonName,
  role: Role,
  passwordHash: z.string().regex(PASSWORD_HASH, 'must be an argon2id hash in PHC form'),
  /** Base32. `null`: the account asks for no code. */
  totpSecret: z.string().regex(/^[A-Z2-7]{26,64}$/, 'must be base32').nullable(),
  createdAtMs: AtMs,
  /** `null`: it is in use. */
  disabledAtMs: AtMs.nullable(),
  /** The password is one that a command printed: whoever signs in with it chooses their own. */
  mustChange: z.boolean(),
});
export type KeptAccount = z.infer<typeof KeptAccount>;

const AccountFile = z.strictObject({ version: z.literal(1), accounts: z.array(KeptAccount) });
/** The newest step of a code that was taken, by account. */
const TotpUses = z.record(z.string(), z.number().int());
export type TotpUses = z.infer<typeof TotpUses>;

const REMEDY = 'It is written by npm run ioc -- user; put back a copy of it, or move it away and make new accounts with npm run ioc -- user create.';

export const accountPathIn = (dataDir: string) => join(dataDir, 'accounts.json');
/** Apart from the accounts, as uses of tokens are from the tokens. */
const usesPathOf = (accountPath: string) => join(dirname(accountPath), 'account-uses.json');

/** No file: no accounts. @throws Error that names the file and what is wrong in it. */
export function readAccounts(path: string): readonly KeptAccount[] {
  return existsSync(path) ? readJson(path, AccountFile, REMEDY).accounts : [];
}

/** @throws Error: if it were forgotten which codes were taken, they could be taken again. */
export function readTotpUses(accountPath: string): TotpUses {
  const path = usesPathOf(accountPath);
  return existsSync(path) ? readJson(path, TotpUses, 'It says which codes were taken; delete it to forget them, 90 s after the last one.') : {};
}

export function writeTotpUses(accountPath: string, uses: TotpUses): void {
  writeWhole(usesPathOf(accountPath), uses);
}

/** @throws Error as `readAccounts` does, as `change` does, or that another command is at it. */
export function changeAccounts(path: string, change: (accounts: readonly KeptAccount[]) => readonly KeptAccount[]): void {
  whileLocked(path, () => {
    const accounts = change(readAccounts(path));
    writeWhole(path, { version: 1, accounts });
  });
}

/** @throws Error when there is no such account, or as `changeAccounts` does. */
export function changeAccount(path: string, account: string, change: (kept: KeptAccount) => KeptAccount): KeptAccount {
  let changed: KeptAccount | null = null;
  changeAccounts(path, (accounts) => accounts.map((kept) => {
    if (kept.account !== account) return kept;
    changed = change(kept);
    return changed;
  }));
  if (changed === null) throw new Error(`There is no account "${account}" in ${path}. npm run ioc -- user list names those there are.`);
  return changed;
}

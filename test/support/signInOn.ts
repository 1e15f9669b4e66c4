import type { Page } from 'playwright-core';
import { accountPathIn, changeAccounts, type KeptAccount } from '../../server/access/accountFile.ts';
import { anAccount, PASSWORD } from './somePeople.ts';

/** Adds accounts, with `PASSWORD`, to a server's folder; it may be running. */
export async function addAccounts(dataDir: string, accounts: readonly Partial<KeptAccount>[]): Promise<void> {
  const made = await Promise.all(accounts.map(anAccount));
  changeAccounts(accountPathIn(dataDir), (kept) => [...kept, ...made]);
}

/** Fills in the dialog that asks who it is, as a person would, and waits until it has gone. */
export async function signInOn(page: Page, account = 'ha.lt'): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Đăng nhập' });
  await dialog.getByRole('textbox', { name: 'Tài khoản' }).fill(account);
  await dialog.getByLabel('Mật khẩu').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Đăng nhập' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The cookie of somebody who has just signed in, for who asks without a page. */
export async function cookieOf(url: string, account = 'ha.lt'): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password: PASSWORD, code: null }) });
  const cookie = answer.headers.get('Set-Cookie')?.split(';')[0];
  if (!answer.ok || cookie === undefined) throw new Error(`${account} could not sign in: ${answer.status} ${await answer.text()}`);
  return cookie;
}

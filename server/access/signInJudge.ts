import type { SignInDto } from '../../shared/protocol/session.ts';
import { changeAccount, type KeptAccount, readTotpUses, writeTotpUses } from './accountFile.ts';
import type { ChangingFile } from './changingFile.ts';
import { hashPassword, isPasswordOf, makePassword } from './password.ts';
import { totpStepOf } from './totp.ts';

/** What the trail says of a refusal; whoever asked is told less. The last two are no guess: the password was right. */
export type WhyNot = 'unknown-account' | 'wrong-password' | 'disabled' | 'wrong-code' | 'code-needed' | 'must-change';
export type Judged = { readonly kind: 'right'; readonly kept: KeptAccount } | { readonly kind: 'wrong'; readonly why: WhyNot };

export interface SignInJudge {
  judgePassword(account: string, password: string): Promise<Judged>;
  /** With the code, which it takes, and with a new password, which it keeps. */
  judge(account: string, asked: SignInDto, newPassword: string | null): Promise<Judged>;
}

interface SignInJudgeOptions {
  readonly path: string;
  readonly file: ChangingFile<ReadonlyMap<string, KeptAccount>>;
  readonly nowMs: () => number;
}

export async function createSignInJudge({ path, file, nowMs }: SignInJudgeOptions): Promise<SignInJudge> {
  /** Checked where there is no account, so that the time it takes says nothing. */
  const nobodysHash = await hashPassword(makePassword());
  let totpUses = readTotpUses(path);

  /** A step is right once, also after a restart. */
  function takeCode({ account, totpSecret }: KeptAccount, code: string | null): 'right' | 'wrong-code' | 'code-needed' {
    if (totpSecret === null) return 'right';
    if (code === null) return 'code-needed';
    const step = totpStepOf(totpSecret, code, nowMs());
    if (step === null || step <= (totpUses[account] ?? 0)) return 'wrong-code';
    totpUses = { ...totpUses, [account]: step };
    writeTotpUses(path, totpUses);
    return 'right';
  }

  async function judgePassword(account: string, password: string): Promise<Judged> {
    // One that was made just now is looked for at once.
    const kept = file.current().get(account) ?? file.latest().get(account);
    const isRight = await isPasswordOf(password, kept?.passwordHash ?? nobodysHash);
    if (kept === undefined) return { kind: 'wrong', why: 'unknown-account' };
    if (!isRight) return { kind: 'wrong', why: 'wrong-password' };
    return kept.disabledAtMs === null ? { kind: 'right', kept } : { kind: 'wrong', why: 'disabled' };
  }

  return {
    judgePassword,
    async judge(account, { password, code }, newPassword) {
      const judged = await judgePassword(account, password);
      if (judged.kind === 'wrong') return judged;
      // Asked for before the code, which could not be used again with the new password.
      if (judged.kept.mustChange && (newPassword === null || newPassword === password)) return { kind: 'wrong', why: 'must-change' };
      const taken = takeCode(judged.kept, code);
      if (taken !== 'right') return { kind: 'wrong', why: taken };
      if (newPassword === null) return judged;
      const passwordHash = await hashPassword(newPassword);
      // A command, or somebody else who knows the password, may have been faster: theirs stays.
      const isAsJudged = (now: KeptAccount) => now.passwordHash === judged.kept.passwordHash && now.disabledAtMs === null;
      const kept = changeAccount(path, account, (now) => (isAsJudged(now) ? { ...now, passwordHash, mustChange: false } : now));
      file.latest();
      return kept.passwordHash === passwordHash ? { kind: 'right', kept } : { kind: 'wrong', why: kept.disabledAtMs === null ? 'wrong-password' : 'disabled' };
    },
  };
}

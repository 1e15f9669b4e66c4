import type { AlarmLog, AuditDraft } from '../ports/alarmLog.ts';
import type { People, SignInAnswer } from '../ports/people.ts';
import { describeChanges } from './accountChanges.ts';
import { AccountName, type KeptAccount, readAccounts } from './accountFile.ts';
import { can } from './can.ts';
import { openChangingFile } from './changingFile.ts';
import { createSessions } from './sessions.ts';
import { createSignInJudge, type Judged, type WhyNot } from './signInJudge.ts';
import { createSignInLimits } from './signInLimits.ts';

export interface PeopleOptions {
  /** Of the accounts. */
  readonly path: string;
  readonly trail: Pick<AlarmLog, 'append'>;
  readonly nowMs: () => number;
  readonly onError: (error: unknown) => void;
}

type Right = Extract<Judged, { kind: 'right' }>;
type NotRight = Exclude<SignInAnswer, { kind: 'signed-in' }>;

/** @throws Error as `readAccounts` does, when the file is wrong at the start. */
export async function createPeople({ path, trail, nowMs, onError }: PeopleOptions): Promise<People> {
  const file = openChangingFile<ReadonlyMap<string, KeptAccount>>({
    path, nowMs, onError, read: (from) => new Map(readAccounts(from).map((kept) => [kept.account, kept])),
    onChange: (before, after) => { trail.append([], describeChanges(before, after, nowMs())).catch(onError); },
  });
  const sessions = createSessions(nowMs, (account) => file.current().get(account));
  const judge = await createSignInJudge({ path, file, nowMs });
  const write = (draft: Omit<AuditDraft, 'atMs'>) => trail.append([], [{ atMs: nowMs(), ...draft }]);
  const limited = createLimited((account, station, action, reason) => {
    // What is typed into the wrong field may be a password: only what could name an account is kept.
    const target = AccountName.safeParse(account).success ? account : null;
    return write({ actor: 'nobody', station, action, target, outcome: 'refused', detail: { reason } });
  });

  return {
    can,
    personOf: (sessionId) => sessions.find(sessionId, true)?.person ?? null,
    sessionOf: (sessionId) => sessions.find(sessionId, false),
    async signIn(asked, station, newPassword) {
      const answer = await limited({ typed: asked.account, station, action: 'session.begin' }, (account) => judge.judge(account, asked, newPassword));
      if (answer.kind !== 'right') return answer;
      const { account, role } = answer.kept;
      await write({ actor: account, station, action: 'session.begin', target: account, outcome: 'done', detail: { role, isPasswordNew: newPassword !== null } });
      return { kind: 'signed-in', ...sessions.begin(answer.kept) };
    },
    async signOut(sessionId, station) {
      const person = sessions.end(sessionId);
      if (person !== null) await write({ actor: person.account, station, action: 'session.end', target: person.account, outcome: 'done', detail: {} });
    },
    async confirm(asked, station) {
      const answer = await limited({ typed: asked.account, station, action: 'session.confirm' }, (account) => judge.judgePassword(account, asked.password));
      if (answer.kind === 'code-needed' || answer.kind === 'must-change') return { kind: 'refused' };
      if (answer.kind !== 'right') return answer;
      const { account, name, role, mustChange } = answer.kept;
      const isOwn = !mustChange;
      await write({ actor: account, station, action: 'session.confirm', target: asked.for, outcome: isOwn ? 'done' : 'refused', detail: { role, isPasswordTheirOwn: isOwn } });
      return isOwn ? { kind: 'confirmed', person: { account, name, role } } : { kind: 'refused' };
    },
  };
}

interface Attempt {
  readonly typed: string;
  readonly station: string;
  readonly action: string;
}

/** Judges under the limits, two at a time. What was wrong is in the trail before it is answered; what was not looked at is not. */
function createLimited(refuse: (account: string, station: string, action: string, reason: WhyNot | 'locked') => Promise<void>) {
  const limits = createSignInLimits();
  return async ({ typed, station, action }: Attempt, judge: (account: string) => Promise<Judged>): Promise<NotRight | Right> => {
    const account = typed.trim().toLowerCase();
    const retryAfterMs = await limits.begin(account, station);
    if (retryAfterMs !== null) return { kind: 'locked', retryAfterMs };
    const judged = await limits.inTurn(() => judge(account));
    const isGuess = judged?.kind === 'wrong' && judged.why !== 'code-needed' && judged.why !== 'must-change';
    if (!isGuess) await limits.takeBack(account, station);
    if (judged === null) return { kind: 'busy' };
    if (judged.kind === 'right') return judged;
    await refuse(account, station, action, judged.why);
    if (judged.why === 'code-needed' || judged.why === 'must-change') return { kind: judged.why };
    if (await limits.noteWrong(account)) await refuse(account, station, 'session.lock', 'locked');
    return { kind: 'refused' };
  };
}

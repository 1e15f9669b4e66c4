import { z } from 'zod';
import { PersonName } from '../domain/alarmEvent.ts';

/** `viewer`: sees notes and histories. `operator`: acts on alarms. `auditor`: reads the audit trail. `admin`: rules. */
export const ROLES = ['viewer', 'operator', 'auditor', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What a person types to sign in. `code`: six digits of their authenticator (TOTP, RFC 6238), if their account has one. */
export const SignInDto = z.strictObject({
  account: z.string().min(1).max(60), password: z.string().min(1).max(200), code: z.string().regex(/^\d{6}$/, 'must be 6 digits').nullable(),
});
export type SignInDto = z.infer<typeof SignInDto>;

/** With a password of their own in place of the one they were given, or had. */
export const ChangePasswordDto = z.strictObject({ ...SignInDto.shape, newPassword: z.string().min(12, 'must be 12 characters or more').max(200) });
export type ChangePasswordDto = z.infer<typeof ChangePasswordDto>;

export const SessionDto = z.strictObject({
  /** `null`: nobody is signed in. */
  person: z.strictObject({ account: z.string(), name: PersonName, role: Role }).nullable(),
  /** When the session ends if nothing is asked; epoch ms. `null`: there is none. */
  idleEndsAtMs: z.number().nullable(),
});
export type SessionDto = z.infer<typeof SessionDto>;

export const AuditDto = z.strictObject({
  /** Newest first. */
  rows: z.array(z.strictObject({
    seq: z.number().int(), atMs: z.number(), actor: z.string(), station: z.string().nullable(), action: z.string(), target: z.string().nullable(),
    outcome: z.enum(['done', 'refused']), detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), hash: z.string(),
  })),
});
export type AuditDto = z.infer<typeof AuditDto>;

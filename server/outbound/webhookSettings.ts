import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { LocalityCode } from '../../shared/domain/ids.ts';
import { Severity } from '../../shared/domain/severity.ts';
import { parseSecret } from './signature.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** One receiver of alarms. */
const WebhookSettings = z.strictObject({
  /** Names it in status and log; deliveries that wait belong to this name. */
  id: z.string().max(64).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case kebab, e.g. "phieu-su-co"'),
  url: z.url({ protocol: /^https?$/, error: 'must be an https address' })
    .refine((url) => new URL(url).protocol === 'https:' || LOOPBACK.has(new URL(url).hostname), 'must be https; http only to this machine itself')
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'must hold no name or password: the signature proves who sends'),
  /** File with the signing secret, "whsec_…" (Standard Webhooks), beside this file or by absolute path. Two lines while the secret is being changed: both sign. */
  secretFile: z.string().min(1),
  severities: z.array(Severity).min(1).default(['critical', 'high']),
  /** These places and what lies in them; "VN": all. */
  localities: z.array(LocalityCode).min(1).default(() => [LocalityCode.parse('VN')]),
  domains: z.array(z.enum(['connectivity', 'security', 'dossiers', 'nation'])).min(1).default(['connectivity', 'security', 'dossiers', 'nation']),
  /** Also what the simulator made up, exercises too. Never for a system in which people act upon tickets. */
  includeSimulated: z.boolean().default(false),
  /** Also alarms marked TLP:RED, which are for those in the room: only where the receiver is among them. */
  includeTlpRed: z.boolean().default(false),
});

const WebhookFile = z.strictObject({
  webhooks: z.array(WebhookSettings).max(16).superRefine((hooks, context) => {
    const ids = hooks.map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) < index) context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is taken; each webhook has an id of its own` });
    }
  }),
});

export type Webhook = z.output<typeof WebhookSettings> & { readonly secrets: readonly Uint8Array[] };

/** @throws Error that names file, place and what is wrong; never what a secret is */
export function readWebhooks(path: string): readonly Webhook[] {
  const refuse = (why: string): never => {
    throw new Error(`IOC_WEBHOOKS="${path}" cannot be used: ${why}. docs/webhooks.md describes the file.`);
  };
  const read = (file: string): string => {
    try {
      // Windows' own editor begins a file with a byte order mark.
      return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
  };
  let json: unknown;
  try {
    json = JSON.parse(read(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(`it is not JSON (${error.message})`);
  }
  const parsed = WebhookFile.safeParse(json);
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`).join('; '));
  return parsed.data.webhooks.map((hook) => {
    const secretPath = resolve(dirname(path), hook.secretFile);
    const secrets = read(secretPath).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').map(parseSecret);
    if (secrets.length === 0 || secrets.includes(null)) refuse(`${secretPath} must hold one secret a line: "whsec_" and 24 to 64 bytes in base64, e.g. of: openssl rand -base64 32`);
    return { ...hook, secrets: secrets.filter((secret) => secret !== null) };
  });
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { ACCENT_CONTRAST, accentFault } from '../shared/domain/accent.ts';
import { type EditionId, LocalityCode, LocalizedText } from '../shared/domain/ids.ts';
import type { Locality } from '../shared/domain/locality.ts';
import { Accent } from '../shared/protocol/branding.ts';
import { type Branding, type Emblem, UNBRANDED } from './ports/branding.ts';

/** What the header of a wall has room for beside the clock, in letters. */
const SHORT_TITLE_LENGTH = 24;
const TITLE_LENGTH = 80;
const EMBLEM_LIMIT_BYTES = 256 * 1024;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MEDIA_TYPES: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' };

const titleOf = (length: number) => LocalizedText.refine(({ vi, en }) => Math.max(vi.length, en.length) <= length, `expected at most ${length} letters`);

const BrandFile = z.strictObject({
  title: titleOf(TITLE_LENGTH),
  shortTitle: titleOf(SHORT_TITLE_LENGTH).optional(),
  /** Name of an SVG or PNG beside the file. */
  emblem: z.string().regex(/^[\w-]+\.(svg|png)$/, 'expected the name of a .svg or .png beside this file, without a folder').optional(),
  homeLocality: LocalityCode.optional(),
  accent: Accent.optional(),
});

function refuse(path: string, why: string): never {
  throw new Error(`IOC_BRAND="${path}" cannot be used: ${why}. docs/branding.md describes the file; without IOC_BRAND the product starts unbranded.`);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return refuse(path, `it cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(path, `it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Pages show it as a picture only, in which no script runs; this refuses what would not be a picture of its own. */
function emblemFault(name: string, bytes: Buffer): string | null {
  if (bytes.length > EMBLEM_LIMIT_BYTES) return `${bytes.length} bytes; expected at most ${EMBLEM_LIMIT_BYTES}`;
  if (extname(name) === '.png') return bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE) ? null : 'not a PNG by its first bytes';
  const text = bytes.toString('utf8');
  if (!/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text)) return 'not an SVG by its first element';
  const foreign = /<script|<foreignObject|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#|data:image\/)|@import|url\(\s*["']?(?!#|data:image\/)/i.exec(text);
  return foreign === null ? null : `it holds "${foreign[0].trim()}"; expected a picture without scripts and without anything from elsewhere`;
}

function readEmblem(path: string, name: string): Emblem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(dirname(path), name));
  } catch (error) {
    return refuse(path, `emblem "${name}" cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
  const fault = emblemFault(name, bytes);
  if (fault !== null) refuse(path, `emblem "${name}": ${fault}`);
  return { mediaType: MEDIA_TYPES[extname(name)] ?? '', bytes, digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 12) };
}

/**
 * Whose displays these are, read once at start. `path` `undefined`: nobody's in particular.
 * @throws Error that names the file, the field, what it holds and what it may hold.
 */
export function readBranding(path: string | undefined, edition: EditionId, localities: readonly Locality[]): Branding {
  if (path === undefined) return UNBRANDED;
  const parsed = BrandFile.safeParse(readJson(path));
  if (!parsed.success) return refuse(path, parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the whole'}: ${message}`).join('; '));
  const { title, shortTitle = null, emblem: emblemName, homeLocality = null, accent = null } = parsed.data;
  if (shortTitle === null && !titleOf(SHORT_TITLE_LENGTH).safeParse(title).success) {
    refuse(path, `title "${title.vi}" is longer than the header of a wall has room for; expected a shortTitle of at most ${SHORT_TITLE_LENGTH} letters beside it`);
  }
  if (homeLocality !== null && localities.find(({ code }) => code === homeLocality)?.level !== 'province') {
    refuse(path, `homeLocality "${homeLocality}"; expected the code of a province of edition ${edition}`);
  }
  for (const theme of ['dark', 'light'] as const) {
    const fault = accent === null ? null : accentFault(theme, accent[theme]);
    if (fault !== null) refuse(path, `accent.${theme} ${accent?.[theme]}: contrast ${fault.ratio.toFixed(2)} with ${fault.neighbour}; expected at least ${ACCENT_CONTRAST}`);
  }
  const emblem = emblemName === undefined ? null : readEmblem(path, emblemName);
  return { emblem, dto: { title, shortTitle: shortTitle ?? title, emblem: emblem === null ? null : `/api/v1/branding/emblem?v=${emblem.digest}`, homeLocality, accent } };
}

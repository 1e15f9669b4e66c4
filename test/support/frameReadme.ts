import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page that describes a frame, byte by byte. */
export const frameReadme = readFileSync(join(import.meta.dirname, '../../shared/frame/README.md'), 'utf8');

/** The text of the page's first code block in this language. */
export function readmeBlock(language: string): string {
  const text = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(frameReadme)?.[1];
  if (text === undefined) throw new Error(`shared/frame/README.md has no ${language} block.`);
  return text;
}

/** The bytes of the page's worked example, without its comments. */
export function readmeExample(): Buffer {
  const lines = readmeBlock('hex').split('\n').map((line) => /^((?:[0-9a-f]{2} ?)+)(?: |$)/.exec(line)?.[1] ?? '');
  return Buffer.from(lines.join('').replaceAll(' ', ''), 'hex');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Data packages are read as files: several publish no entry point for the file we need. */
export function readPackageJson<T>(path: string): T {
  const file = join(import.meta.dirname, 'node_modules', path);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`Map data ${path} cannot be read. Run "npm ci --prefix seeds/geography" first.`, { cause });
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];

/**
 * Path of the binary of a Debian package, which is installed when it is missing and we may.
 * `null`: it cannot be had here, and the test is to be skipped. @throws Error instead where CI=true.
 */
export async function ensureDebian(packageName: string, binary: string): Promise<string | null> {
  const find = () => PLACES.map((place) => `${place}/${binary}`).find(existsSync);
  const found = find();
  if (found !== undefined) return found;
  let why = 'only root can install it';
  if (process.getuid?.() === 0) {
    try {
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', packageName], { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  }
  const installed = find();
  if (installed !== undefined) return installed;
  if (process.env.CI === 'true') throw new Error(`${binary} of the Debian package ${packageName} is not here: ${why}. Install it in the image that runs the tests.`);
  return null;
}

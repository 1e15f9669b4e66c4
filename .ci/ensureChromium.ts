import { execFileSync, spawnSync } from 'node:child_process';
import { findChromium } from '../test/support/chromium.ts';

/** Browser tests are never skipped in silence: a browser is found, installed, or the run stops with the one line to type. */
function ensureChromium(): void {
  if (findChromium() !== null) return;
  const hasApt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  if (hasApt && process.getuid?.() === 0) {
    console.log('No Chromium found: installing it with apt-get (once).');
    // The dpkg lock may be held by the system's own upgrade.
    const apt = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
    execFileSync('apt-get', [...apt, 'update'], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  } else {
    console.log('No Chromium found: installing playwright\'s (once).');
    spawnSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'inherit' });
  }
  if (findChromium() === null) {
    console.error('No browser for the browser tests. Install one and run again:\n  sudo apt-get install -y chromium\nor set CHROMIUM_PATH to a Chromium or Chrome binary.');
    process.exit(1);
  }
}

ensureChromium();

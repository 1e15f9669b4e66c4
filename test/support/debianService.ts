import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Asked by Debian before it starts a service that it has just installed; 101 forbids it. */
const START_POLICY = '/usr/sbin/policy-rc.d';

/**
 * Path of a program that real feeds are tested with, installed from Debian as root if it is not there. `null`: it cannot be had, and
 * the caller skips; a line on stderr says so.
 * @param packageName the Debian package it is in
 * @throws Error where CI=true and it cannot be had: there nothing is skipped.
 */
export function ensureDebian(packageName: string, binary: string): string | null {
  const found = findBinary(binary);
  if (found !== null) return found;
  const why = install(packageName);
  const installed = findBinary(binary);
  if (installed !== null) return installed;
  const text = `No "${binary}" on this machine: ${why ?? `package ${packageName} does not contain it`}. Install it and run again: apt-get install -y ${packageName}`;
  if (process.env.CI === 'true') throw new Error(text);
  process.stderr.write(`SKIPPED. ${text}\n`);
  return null;
}

function findBinary(binary: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin'];
  return folders.map((folder) => join(folder, binary)).find((path) => existsSync(path)) ?? null;
}

/** `null`: done; else why not. */
function install(packageName: string): string | null {
  if (process.getuid?.() !== 0) return 'only root can install it';
  const ownPolicy = !existsSync(START_POLICY);
  // A service of this machine would take the ports of the ones that tests start.
  if (ownPolicy) writeFileSync(START_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptGet(['update']);
    return aptGet(['install', '-y', '--no-install-recommends', packageName]);
  } finally {
    if (ownPolicy) rmSync(START_POLICY, { force: true });
  }
}

function aptGet(args: readonly string[]): string | null {
  // The dpkg lock may be held by the system's own upgrade, or by another run of these tests.
  const { status, stderr, error } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
    encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error !== undefined) return error.message;
  return status === 0 ? null : `apt-get ${args[0]} ended with ${status}: ${stderr.trim().split('\n').at(-1)}`;
}

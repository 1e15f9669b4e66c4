import { type ChildProcess, spawn } from 'node:child_process';

/** `npm run dev`: the server restarts when a file it loaded changes, the page reloads by itself. Either one ending ends both. */
const children: ChildProcess[] = [
  spawn(process.execPath, ['--watch', '--watch-preserve-output', 'server/main.ts'], { stdio: 'inherit' }),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js'], { stdio: 'inherit' }),
];

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

for (const child of children) child.once('exit', stop);
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
console.log('Pages with reload: http://127.0.0.1:4001 (the server itself answers on http://127.0.0.1:4000)');

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Rsyslog {
  /** Appends to the file that it follows. */
  write(text: string): void;
  /** Resolves once the process is gone. */
  stop(): Promise<void>;
}

/** rsyslogd with a configuration, folder and file of its own, away from the system's: it follows one file and forwards each line as docs/feeds/cef.md says. */
export function startRsyslog(binary: string, { port, framing }: { readonly port: number; readonly framing: 'traditional' | 'octet-counted' }): Rsyslog {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-rsyslog-'));
  const file = join(folder, 'cef.txt');
  const config = join(folder, 'rsyslog.conf');
  writeFileSync(file, '');
  writeFileSync(config, `
global(workDirectory="${folder}" maxMessageSize="256k")
module(load="imfile" mode="inotify")
input(type="imfile" file="${file}" tag="fw" severity="info" facility="local0")
template(name="ioc" type="string" string="<%PRI%>1 %TIMESTAMP:::date-rfc3339% da-lat %APP-NAME% - - - %msg%\\n")
action(type="omfwd" target="127.0.0.1" port="${port}" protocol="tcp" template="ioc" TCP_Framing="${framing}"
  queue.type="LinkedList" queue.filename="ioc" action.resumeRetryCount="-1" action.resumeInterval="1")
`);
  const child = spawn(binary, ['-n', '-f', config, '-i', join(folder, 'rsyslog.pid')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const ended = once(child, 'exit');
  return {
    write: (text) => writeFileSync(file, text, { flag: 'a' }),
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0 && code !== null) throw new Error(`rsyslogd ended with ${code}: ${said}`);
    },
  };
}

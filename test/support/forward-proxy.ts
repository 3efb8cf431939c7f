import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './caches/cache.ts'
import { freePort, runServer } from './caches/program.ts'
import { findSquid } from './caches/squid.ts'

export interface ForwardProxy {
  readonly port: number
  readonly address: string
  /** What was asked of it: `CONNECT panel.test:443 200`. */
  asked(): string[]
  stop(): Promise<void>
}

/** One line that says what is missing; null when a proxy can be run here. */
export const noForwardProxy = (): string | null =>
  findSquid() === null ? 'PROXY TESTS NOT RUN: squid not found. Debian: apt-get install squid' : null

/**
 * A real proxy, as companies have them: it alone knows the names of `hosts`, which lead to this machine.
 *
 * @param signIn a name and a password that it wants; missing: it lets everybody through.
 */
export async function startForwardProxy(options: {
  readonly hosts: readonly string[]
  readonly signIn?: { readonly name: string; readonly password: string }
  readonly port?: number
  /** A name that its rules refuse. */
  readonly forbidden?: string
}): Promise<ForwardProxy> {
  const folder = cacheFolder('proxy')
  const port = options.port ?? (await freePort())
  const log = join(folder, 'access.log')
  writeFileSync(log, '')
  // It writes as a user of its own when root starts it.
  chmodSync(log, 0o666)
  writeFileSync(join(folder, 'hosts'), options.hosts.map((host) => `127.0.0.1 ${host}\n`).join(''), { mode: 0o644 })
  const { signIn } = options
  if (signIn) {
    const helper = `while read -r line; do if [ "$line" = "${signIn.name} ${signIn.password}" ]; then echo OK; else echo ERR; fi; done\n`
    writeFileSync(join(folder, 'helper.sh'), helper, { mode: 0o644 })
  }
  const conf = join(folder, 'squid.conf')
  writeFileSync(
    conf,
    `http_port 127.0.0.1:${port}
${signIn ? `auth_param basic program /bin/sh ${folder}/helper.sh\nauth_param basic children 1\nacl known proxy_auth REQUIRED` : ''}
acl forbidden dstdomain ${options.forbidden ?? 'forbidden.test'}
http_access deny forbidden
http_access allow ${signIn ? 'known' : 'all'}
http_access deny all
hosts_file ${folder}/hosts
logformat asked %rm %ru %>Hs
access_log stdio:${log} logformat=asked
buffered_logs off
strip_query_terms off
cache deny all
visible_hostname company-proxy
pid_filename ${folder}/squid.pid
cache_log ${folder}/cache.log
coredump_dir ${folder}
shutdown_lifetime 0 seconds
connect_retries 0
pinger_enable off
dns_nameservers 127.0.0.1
dns_timeout 1 seconds
`,
  )
  const program = await runServer(findSquid() ?? 'squid', ['-N', '-f', conf], port)
  return {
    port,
    address: `http://127.0.0.1:${port}`,
    asked: () => readFileSync(log, 'utf8').trim().split('\n'),
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

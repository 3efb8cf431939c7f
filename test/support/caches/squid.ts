import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, sendPurge, type Cache, type Upstream } from './cache.ts'
import { findProgram, freePort, runServer } from './program.ts'

export const findSquid = () => findProgram('squid')

/** Squid as an accelerator in front of one origin, its store in memory. */
export async function startSquid({ port: originPort }: Upstream): Promise<Cache> {
  const folder = cacheFolder('squid')
  const port = await freePort()
  const conf = join(folder, 'squid.conf')
  writeFileSync(conf, confOf(folder, port, originPort))
  const program = await runServer(findSquid() ?? 'squid', ['-N', '-f', conf], port)
  return {
    name: 'squid',
    port,
    // 404: it had none.
    purge: (host, path) => sendPurge(port, host, path, [200, 404]),
    logs: program.logs,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const confOf = (folder: string, port: number, originPort: number): string => `http_port 127.0.0.1:${port} accel vhost
cache_peer 127.0.0.1 parent ${originPort} 0 no-query no-digest originserver name=origin connect-timeout=2
acl purge method PURGE
http_access allow all
cache_peer_access origin allow all
never_direct allow all
visible_hostname squid-edge
pid_filename ${folder}/squid.pid
cache_log ${folder}/cache.log
access_log none
coredump_dir ${folder}
cache_mem 32 MB
shutdown_lifetime 0 seconds
connect_retries 0
negative_ttl 5 minutes
pinger_enable off
icp_port 0
htcp_port 0
snmp_port 0
refresh_pattern . 0 20% 1440
`

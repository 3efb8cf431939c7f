import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, sendPurge, type Cache, type Upstream } from './cache.ts'
import { findProgram, freePort, runServer } from './program.ts'

export const findVarnish = () => findProgram('varnishd')

/** Varnish with its own rules and `PURGE`: how long it keeps an answer is what the answer says. */
export async function startVarnish({ port: originPort }: Upstream): Promise<Cache> {
  const folder = cacheFolder('varnish')
  const port = await freePort()
  const vcl = join(folder, 'edge.vcl')
  writeFileSync(vcl, VCL.replace('ORIGIN_PORT', String(originPort)))
  const args = ['-F', '-n', join(folder, 'work'), '-f', vcl, '-a', `127.0.0.1:${port}`, '-T', 'none', '-s', 'malloc,32m']
  const program = await runServer(findVarnish() ?? 'varnishd', args, port)
  return {
    name: 'varnish',
    port,
    purge: (host, path) => sendPurge(port, host, path, [200]),
    logs: program.logs,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Grace is what the answer allows and no more: Varnish's usual 10 s would make every copy stale by design. */
const VCL = `vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "ORIGIN_PORT"; }
sub vcl_recv {
  if (req.method == "PURGE") { return (purge); }
}
sub vcl_backend_response {
  if (beresp.http.Cache-Control !~ "stale-while-revalidate|stale-if-error") { set beresp.grace = 0s; }
  else if (beresp.http.Cache-Control ~ "stale-if-error") { set beresp.grace = 1h; }
}
`

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, type Cache, type Upstream } from './cache.ts'
import { findProgram, freePort, runServer } from './program.ts'

export const findNginx = () => findProgram('nginx')

/** nginx `proxy_cache`, which shows `$upstream_cache_status` as its manual advises. Purged by deleting the file. */
export async function startNginx({ port: originPort }: Upstream): Promise<Cache> {
  const folder = cacheFolder('nginx')
  const port = await freePort()
  const conf = join(folder, 'nginx.conf')
  writeFileSync(conf, confOf(folder, port, originPort))
  const program = await runServer(findNginx() ?? 'nginx', ['-c', conf, '-p', folder, '-e', 'stderr'], port)
  return {
    name: 'nginx',
    port,
    async purge(host, path) {
      const key = `\nKEY: http${host}${path}\n`
      for (const entry of readdirSync(join(folder, 'cache'), { withFileTypes: true })) {
        const file = join(folder, 'cache', entry.name)
        // One with a dot is still being written.
        if (entry.isFile() && !entry.name.includes('.') && readFileSync(file, 'latin1').slice(0, 20_000).includes(key))
          rmSync(file)
      }
    },
    logs: program.logs,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const confOf = (folder: string, port: number, originPort: number): string => `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=pages:1m max_size=32m use_temp_path=off;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${originPort};
      proxy_set_header Host $http_host;
      proxy_cache pages;
      proxy_cache_key $scheme$http_host$request_uri;
      proxy_cache_background_update on;
      proxy_connect_timeout 2s;
      proxy_read_timeout 5s;
      add_header X-Cache-Status $upstream_cache_status always;
    }
  }
}
`

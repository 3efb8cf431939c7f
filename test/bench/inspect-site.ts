import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface CachedSite {
  readonly url: string
  readonly paths: readonly string[]
  /** Asks for every page with curl, as quickly as that can; milliseconds. */
  curl(): Promise<number>
  stop(): Promise<void>
}

/** Pages of about 20 KB behind a real nginx with `proxy_cache`, all of them in its cache. */
export async function startCachedSite(count: number): Promise<CachedSite> {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-bench-'))
  const origin = createServer((request, response) => {
    const path = request.url ?? '/'
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'public, max-age=0, s-maxage=86400',
        etag: `"${path.slice(1).replaceAll('/', '-')}"`,
      })
      .end(pageAt(path))
  })
  origin.listen(0, '127.0.0.1')
  await once(origin, 'listening')
  const port = await freePort()
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, (origin.address() as AddressInfo).port))
  const nginx = spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  const paths = Array.from({ length: count }, (_, index) => `/products/${index % 40}/item-${index}`)
  const list = join(folder, 'urls')
  writeFileSync(list, paths.map((path) => `url = "${url}${path}"\noutput = "/dev/null"`).join('\n'))
  const stop = async () => {
    nginx.kill('SIGTERM')
    if (nginx.exitCode === null) await once(nginx, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', () => nginx.kill('SIGTERM'))
  await answers(url)
  const curl = async () => {
    const startedAt = performance.now()
    await run('curl', ['--silent', '--fail', '--parallel', '--parallel-max', '64', '--config', list], { maxBuffer: 2 ** 26 })
    return performance.now() - startedAt
  }
  await curl()
  origin.close()
  return { url, paths, curl, stop }
}

/** A page as a shop might have it: head, a menu and a list that name what they depend on, and text. */
function pageAt(path: string): string {
  const paragraph = `<p class="text">Of ${path} there is this to say: <a href="/about">it is</a> as good as the one before.</p>\n`
  return `<!doctype html><html lang="en"><head><title>${path}</title><link rel="stylesheet" href="/site.css"></head><body>
<ssr-cache data-class="pb-menu" data-id="main-menu"></ssr-cache><nav>${'<a href="/list">List</a>'.repeat(20)}</nav>
<ssr-cache data-class="pb-product" data-id="${path.split('/')[2]}"></ssr-cache>
${paragraph.repeat(Math.ceil(19_000 / paragraph.length))}</body></html>`
}

function configuration(folder: string, port: number, originPort: number): string {
  // Started by root, its workers would be somebody else, whom the folder is closed to.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  return `${user} daemon off; master_process on; worker_processes 1; pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off; default_type text/html; keepalive_requests 1000000;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache levels=1:2 keys_zone=pages:64m max_size=2g inactive=1d use_temp_path=off;
  open_file_cache max=20000 inactive=1h;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location / {
      proxy_pass http://127.0.0.1:${originPort}; proxy_cache pages; proxy_cache_valid 200 1d;
      add_header X-Cache $upstream_cache_status always;
    }
  }
}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await fetch(`${url}/ready`)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error(`nginx does not answer at ${url}`)
}

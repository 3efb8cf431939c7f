import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'

export interface Visited {
  readonly atMs: number
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As they came. */
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string
}

export interface VisitOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request to a loopback port, for any host. Not compressed unless asked for. */
export function visit(
  port: number,
  host: string,
  path: string,
  { method = 'GET', headers = {} }: VisitOptions = {},
): Promise<Visited> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { ...headers, host }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const raw = response.rawHeaders
          resolve({
            atMs: Date.now(),
            status: response.statusCode ?? 0,
            headers: response.headers,
            fields: raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : [])),
            body: Buffer.concat(chunks).toString('utf8'),
          })
        })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

import { hash } from 'node:crypto'
import { startHttpServer, type TestServer } from '../main/platform/http-test-server.ts'

export interface S3Object {
  readonly body: string
  readonly etag?: string
  readonly lastModified?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

export interface S3Server extends TestServer {
  /** `bucket/key`. */
  readonly objects: Map<string, S3Object>
  /** `METHOD /bucket/key`. */
  readonly requests: string[]
}

/** As much of S3 as HeadObject needs, with the bucket in the path. It knows one access key and gives nothing to others. */
export async function startS3Server(accessKeyId: string): Promise<S3Server> {
  const objects = new Map<string, S3Object>()
  const requests: string[] = []
  const server = await startHttpServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/')
    requests.push(`${request.method} ${path}`)
    if (!request.headers.authorization?.includes(`Credential=${accessKeyId}/`)) return void response.writeHead(403).end()
    const object = objects.get(path.slice(1))
    if (!object) return void response.writeHead(404).end()
    const metadata = Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value])
    response
      .writeHead(200, {
        etag: object.etag ?? `"${hash('md5', object.body, 'hex')}"`,
        'last-modified': object.lastModified ?? 'Thu, 05 Nov 2026 12:00:00 GMT',
        'content-length': Buffer.byteLength(object.body),
        'content-type': 'text/html',
        ...Object.fromEntries(metadata),
        ...object.headers,
      })
      .end()
  })
  return { ...server, objects, requests }
}

import { startHttpServer, type TestServer } from '../main/platform/http-test-server.ts'
import { etagOf, type S3Server } from './s3-server.ts'

/** A bucket as an edge fetches from it: no keys, `index.html` for folders, metadata as headers. */
export async function startBucketOrigin(s3: S3Server, bucket: string): Promise<TestServer> {
  return startHttpServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/')
    const object = s3.objects.get(`${bucket}${path}${path.endsWith('/') ? 'index.html' : ''}`)
    if (!object) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.')
    const etag = etagOf(object)
    const metadata = Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value])
    const headers = { ...object.headers, ...Object.fromEntries(metadata), etag, date: new Date().toUTCString() }
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end()
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(object.body) })
    response.end(request.method === 'HEAD' ? undefined : object.body)
  })
}

import { hash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startHttpServer, type TestServer } from '../main/platform/http-test-server.ts'
import { readS3Body, S3Refusal } from './s3-body.ts'

export interface S3Object {
  readonly body: string | Buffer
  readonly etag?: string
  readonly lastModified?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

export interface S3Server extends TestServer {
  /** Access keys that it knows. */
  readonly keys: Set<string>
  /** `bucket/key`. */
  readonly objects: Map<string, S3Object>
  /** `METHOD /bucket/key`; a copy is a `COPY`, a list names its prefix. */
  readonly requests: string[]
  /** Looks at a request before it is answered: a status refuses it, a promise holds it. */
  before: (request: string) => number | null | Promise<number | null>
  /** Unknown keys are called so, rather than what they ask for refused. */
  wrongKeys: boolean
}

interface Call {
  readonly method: string
  /** `bucket/key`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly request: IncomingMessage
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: string | Buffer
}

const REFUSALS: Readonly<Record<number, string>> = { 403: 'AccessDenied', 503: 'SlowDown' }
/** Source: API reference, ListObjectsV2 and user-defined metadata. */
const LISTED_AT_MOST = 1_000
const METADATA_BYTES_AT_MOST = 2_048

/**
 * S3 with the bucket in the path: objects with checksums, copies, conditions, lists in pages, and removals. It gives
 * nothing to access keys that it does not know.
 */
export async function startS3Server(accessKeyId: string, listedAtMost = LISTED_AT_MOST): Promise<S3Server> {
  const keys = new Set([accessKeyId])
  const objects = new Map<string, S3Object>()
  const requests: string[] = []
  const control = {
    wrongKeys: false,
    before: (_request: string): number | null | Promise<number | null> => null,
  }
  const server = await startHttpServer((request, response) => {
    void answerTo(request).then(
      (answer) => send(request, response, answer),
      (error: unknown) => send(request, response, refusal(error)),
    )
  })

  async function answerTo(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://s3')
    const path = decodeURIComponent(url.pathname).slice(1)
    const call: Call = { method: request.method ?? 'GET', path, query: url.searchParams, request }
    const name = nameOf(call)
    requests.push(name)
    const body = call.method === 'PUT' || call.method === 'POST' ? await readS3Body(request) : Buffer.alloc(0)
    const status = await control.before(name)
    if (status !== null) throw new S3Refusal(status, REFUSALS[status] ?? 'InternalError')
    const [, key = ''] = /Credential=([^/]*)\//.exec(request.headers.authorization ?? '') ?? []
    if (!keys.has(key)) throw new S3Refusal(403, control.wrongKeys ? 'InvalidAccessKeyId' : 'AccessDenied')
    if (call.query.get('list-type') === '2') return list(call)
    if (call.method === 'POST' && call.query.has('delete')) return removeMany(call, body)
    if (call.method === 'PUT') return request.headers['x-amz-copy-source'] === undefined ? put(call, body) : copy(call)
    if (call.method === 'GET' || call.method === 'HEAD') return get(call)
    throw new S3Refusal(405, 'MethodNotAllowed')
  }

  function get({ path }: Call): Answer {
    const object = objects.get(path)
    if (!object) throw new S3Refusal(404, 'NoSuchKey')
    const metadata = Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value])
    return {
      status: 200,
      headers: {
        etag: etagOf(object),
        'last-modified': object.lastModified ?? 'Thu, 05 Nov 2026 12:00:00 GMT',
        'content-type': 'text/html',
        ...Object.fromEntries(metadata),
        ...object.headers,
      },
      body: object.body,
    }
  }

  function put({ path, request }: Call, body: Buffer): Answer {
    if (request.headers['if-none-match'] === '*' && objects.has(path)) throw new S3Refusal(412, 'PreconditionFailed')
    const object = { body, ...describedBy(request), lastModified: new Date().toUTCString() }
    objects.set(path, object)
    return { status: 200, headers: { etag: etagOf(object) } }
  }

  function copy({ path, request }: Call): Answer {
    const { 'x-amz-copy-source': source, 'x-amz-copy-source-if-match': wanted, 'x-amz-metadata-directive': how } = request.headers
    const from = objects.get(decodeURIComponent(String(source)).replace(/^\//, ''))
    if (!from) throw new S3Refusal(404, 'NoSuchKey')
    if (wanted !== undefined && wanted !== etagOf(from)) throw new S3Refusal(412, 'PreconditionFailed')
    const object = {
      ...from,
      ...(how === 'REPLACE' ? describedBy(request) : {}),
      body: from.body,
      lastModified: new Date().toUTCString(),
    }
    objects.set(path, object)
    return xml('CopyObjectResult', `<ETag>${escape(etagOf(object))}</ETag><LastModified>${now()}</LastModified>`)
  }

  function list({ path, query }: Call): Answer {
    const bucket = `${path.replace(/\/$/, '')}/`
    const prefix = query.get('prefix') ?? ''
    const delimiter = query.get('delimiter')
    const after = query.get('continuation-token') ?? ''
    const atMost = Math.min(listedAtMost, Number(query.get('max-keys') ?? listedAtMost))
    const entries = new Map<string, S3Object | null>()
    for (const [place, object] of objects) {
      const key = place.slice(bucket.length)
      if (!place.startsWith(bucket) || !key.startsWith(prefix)) continue
      const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length)
      entries.set(end === -1 ? key : key.slice(0, end + 1), end === -1 ? object : null)
    }
    const rest = [...entries].filter(([key]) => key > after).sort(([a], [b]) => (a < b ? -1 : 1))
    const page = rest.slice(0, atMost)
    const last = page.at(-1)?.[0]
    const rows = page.map(([key, object]) =>
      object === null
        ? `<CommonPrefixes><Prefix>${escape(key)}</Prefix></CommonPrefixes>`
        : `<Contents><Key>${escape(key)}</Key><ETag>${escape(etagOf(object))}</ETag><Size>${Buffer.byteLength(object.body)}</Size><LastModified>${new Date(object.lastModified ?? 0).toISOString()}</LastModified></Contents>`,
    )
    const more = rest.length > page.length
    const next = more && last !== undefined ? `<NextContinuationToken>${escape(last)}</NextContinuationToken>` : ''
    return xml('ListBucketResult', `<KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}`)
  }

  function removeMany({ path, request }: Call, body: Buffer): Answer {
    const { 'content-md5': md5 } = request.headers
    const checked = md5 !== undefined || Object.keys(request.headers).some((name) => name.startsWith('x-amz-checksum-'))
    if (!checked) throw new S3Refusal(400, 'InvalidRequest')
    const keys = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescape(key))
    if (keys.length > LISTED_AT_MOST) throw new S3Refusal(400, 'MalformedXML')
    for (const key of keys) objects.delete(`${path.replace(/\/$/, '')}/${key}`)
    requests.push(...keys.map((key) => `REMOVE /${path.replace(/\/$/, '')}/${key}`))
    return xml('DeleteResult', '')
  }

  return {
    ...server,
    keys,
    objects,
    requests,
    get before() {
      return control.before
    },
    set before(look) {
      control.before = look
    },
    get wrongKeys() {
      return control.wrongKeys
    },
    set wrongKeys(wrong) {
      control.wrongKeys = wrong
    },
  }
}

function nameOf({ method, path, query, request }: Call): string {
  if (query.get('list-type') === '2') return `LIST /${path.replace(/\/$/, '')}/${query.get('prefix') ?? ''}`
  return `${request.headers['x-amz-copy-source'] === undefined ? method : 'COPY'} /${path}`
}

function describedBy({ headers }: IncomingMessage): Pick<S3Object, 'metadata' | 'headers'> {
  const metadata = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), String(value)]] : [],
    ),
  )
  const bytes = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0)
  if (bytes > METADATA_BYTES_AT_MOST) throw new S3Refusal(400, 'MetadataTooLarge')
  const told = ['content-type', 'cache-control'].flatMap((name) => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return { metadata, headers: Object.fromEntries(told) }
}

export const etagOf = (object: S3Object): string => object.etag ?? `"${hash('md5', object.body, 'hex')}"`
const now = () => new Date().toISOString()
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const unescape = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

function xml(root: string, inner: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${root}>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

function refusal(error: unknown): Answer {
  const { status, code } = error instanceof S3Refusal ? error : { status: 500, code: 'InternalError' }
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  if (response.destroyed) return
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
}

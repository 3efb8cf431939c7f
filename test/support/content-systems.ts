import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { startHttpServer, type TestServer } from '../main/platform/http-test-server.ts'

/** What a vendor's API answers next, instead of what it has; null: what it has. */
export interface Mood {
  status: number
  headers: Readonly<Record<string, string>>
}

export interface ContentSystem extends TestServer {
  mood: Mood | null
  /** Authorization headers as they came. */
  readonly tokens: (string | undefined)[]
}

type Answer = (url: URL, body: string) => { readonly json: unknown; readonly headers?: Readonly<Record<string, string>> } | null

async function startSystem(token: string, answer: Answer): Promise<ContentSystem> {
  const tokens: (string | undefined)[] = []
  const server = await startHttpServer((request, response) => {
    void respond(request).then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
  })
  async function respond(request: IncomingMessage) {
    const body = await text(request)
    tokens.push(request.headers.authorization)
    if (system.mood) return { ...system.mood, body: '{"message":"not now"}' }
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, headers: {}, body: '{"message":"no"}' }
    const found = answer(new URL(request.url ?? '/', server.url), body)
    const headers = { 'content-type': 'application/json', ...found?.headers }
    return { status: found ? 200 : 404, headers, body: JSON.stringify(found?.json ?? { message: 'unknown' }) }
  }
  const system: ContentSystem = { ...server, mood: null, tokens }
  return system
}

interface Entry {
  readonly sys: Readonly<Record<string, unknown>>
  readonly fields?: unknown
}

/** Contentful's Content Delivery API as far as its Sync API goes: a token is a place in a list of changes. */
export async function startContentful(token: string) {
  const log: Entry[] = []
  const revisions = new Map<string, number>()
  const PAGE = 2
  const system = await startSystem(token, (url) => {
    if (url.pathname !== '/spaces/space1/environments/master/sync') return null
    const initial = url.searchParams.get('initial') === 'true'
    const [kind, from] = initial ? ['initial', 0] : placeOf(url.searchParams.get('sync_token') ?? '')
    const live =
      kind === 'initial'
        ? log.filter((one) => !isGone(one) && log.findLast((other) => other.sys['id'] === one.sys['id']) === one)
        : log
    const items = live.slice(from, from + PAGE)
    const more = from + items.length < live.length
    const next = more ? `${kind}.${from + items.length}` : `all.${log.length}`
    const address = `https://cdn.contentful.com/spaces/space1/environments/master/sync?sync_token=${next}`
    return { json: { sys: { type: 'Array' }, items, [more ? 'nextPageUrl' : 'nextSyncUrl']: address } }
  })
  const link = (linkType: string, id: string) => ({ sys: { type: 'Link', linkType, id } })
  const sysOf = (id: string, type: string, at: string) => ({
    id,
    type,
    space: link('Space', 'space1'),
    environment: link('Environment', 'master'),
    revision: revisions.get(id) ?? 1,
    createdAt: at,
    updatedAt: at,
  })
  return Object.assign(system, {
    publish(id: string, slug: string): Entry {
      revisions.set(id, (revisions.get(id) ?? 0) + 1)
      const sys = { ...sysOf(id, 'Entry', new Date().toISOString()), contentType: link('ContentType', 'page') }
      const entry = { sys, fields: { slug: { 'en-US': slug } } }
      log.push(entry)
      return entry
    },
    unpublish(id: string): Entry {
      const at = new Date().toISOString()
      const entry = { sys: { ...sysOf(id, 'DeletedEntry', at), deletedAt: at } }
      log.push(entry)
      return entry
    },
  })
}

const placeOf = (syncToken: string): [string, number] => {
  const [kind = '', from = ''] = syncToken.split('.')
  return [kind, Number(from)]
}
const isGone = ({ sys }: Entry) => sys['type'] === 'DeletedEntry'

interface SanityDocument {
  readonly _id: string
  readonly _type: string
  readonly _rev: string
  readonly _updatedAt: string
  readonly slug: string
}

/** Sanity's query API for the two queries that are asked: what changed since, and which ids are there. */
export async function startSanity(token: string) {
  const documents = new Map<string, SanityDocument>()
  let atMs = Date.now() - 3_600_000
  const system = await startSystem(token, (url, body) => {
    if (!/^\/v\d{4}-\d\d-\d\d\/data\/query\/production$/.test(url.pathname)) return null
    const { query, params } = JSON.parse(body) as { query: string; params: { since: string; id: string; ids?: string[] } }
    if (params.ids !== undefined) return { json: { result: params.ids.filter((id) => documents.has(id)) } }
    const from = Date.parse(params.since)
    const most = Number(/\[0\.\.\.(\d+)\]/.exec(query)?.[1])
    const result = [...documents.values()]
      .filter(({ _id, _updatedAt }) => Date.parse(_updatedAt) > from || (Date.parse(_updatedAt) === from && _id > params.id))
      .toSorted((a, b) => Date.parse(a._updatedAt) - Date.parse(b._updatedAt) || (a._id < b._id ? -1 : 1))
      .slice(0, most)
      .map(({ _id, _type, _rev, _updatedAt, slug }) => ({ _id, _rev, _updatedAt, body: { _id, _type, slug } }))
    return { json: { ms: 3, query, result } }
  })
  return Object.assign(system, {
    write(id: string, slug: string): SanityDocument {
      atMs += 120_000
      const document = { _id: id, _type: 'page', _rev: `tx-${atMs}`, _updatedAt: new Date(atMs).toISOString(), slug }
      documents.set(id, document)
      return document
    },
    remove: (id: string) => void documents.delete(id),
  })
}

export interface Push {
  readonly id: number
  readonly before: string
  readonly after: string
  readonly ref: string
  readonly timestamp: string
  readonly file: string
}

/** GitHub's list of a repository's activity, in pages, and its comparison of two commits. */
export async function startGithub(token: string) {
  const pushes: Push[] = []
  const system = await startSystem(token, (url) => {
    const base = '/repos/ada/site'
    const newest = pushes.toReversed()
    if (url.pathname === `${base}/activity`) {
      const from = Number(url.searchParams.get('after') ?? 0)
      const size = Math.min(10, Number(url.searchParams.get('per_page')))
      const more = from + size < newest.length
      const link = `<https://api.github.com/repositories/1/activity?per_page=${size}&after=${from + size}>; rel="next"`
      return { json: newest.slice(from, from + size), ...(more ? { headers: { link } } : {}) }
    }
    const push = pushes.find(({ before, after }) => url.pathname === `${base}/compare/${before}...${after}`)
    if (!push) return null
    const files = [
      { filename: push.file, status: 'modified' },
      { filename: 'new.md', status: 'renamed', previous_filename: 'old.md' },
    ]
    return { json: { status: 'ahead', files } }
  })
  return Object.assign(system, {
    push(file: string): Push {
      const id = pushes.length + 1
      const sha = (number: number) => number.toString(16).padStart(40, 'a')
      const timestamp = new Date(Date.now() - 3_600_000 + id * 1_000).toISOString()
      const push = { id, before: sha(id - 1), after: sha(id), ref: 'refs/heads/main', timestamp, file }
      pushes.push(push)
      return push
    },
  })
}

import { AppError } from '#shared/errors.ts'
import { parseJsonAnswer, type TextAnswer } from '#main/platform/http-text.ts'
import { parseHttpUrl } from '#main/platform/http-url.ts'
import type { Http } from '#main/platform/http.ts'
import { acceptedBuild } from '../accepted-build.ts'
import type { Builder, RemoteBuild } from '../builder.ts'
import { ListDocument, ManifestDocument, StatusDocument, toBuild, toList, toManifest } from './documents.ts'
import { hookRequest, type HookCall } from './hook-request.ts'
import { hookRefusal, serviceRefusal } from './refusals.ts'

export interface HookOptions {
  /** The secret: whoever knows it may build. It appears in no message. */
  readonly hookUrl: string
  /** Where builds are listed; learned from the first status document when missing. */
  readonly listUrl?: string | undefined
  readonly call?: HookCall | undefined
  readonly http: Pick<Http, 'requestText' | 'streamLines'>
}

const MAX_MANIFEST_BYTES = 50_000_000
const MAX_DOCUMENT_BYTES = 5_000_000
const MANIFEST_TIMEOUT_MS = 60_000
const STATUS_ATTEMPTS = 3
const STATUS_RETRY_MS = 300
const LOOKED_THROUGH = 20

/**
 * A build service behind a hook URL, followed by the protocol of `docs/build-status-monitor.md` when it speaks it. Only
 * links to the hook's or the list's own origin are followed. Throws what `Builder` names.
 */
export function createHookBuilder({ hookUrl, listUrl, call, http }: HookOptions): Builder {
  const hook = parseHttpUrl(hookUrl)
  const origins = new Set([hook.origin])
  let list = listUrl === undefined ? null : parseHttpUrl(listUrl)
  if (list !== null) origins.add(list.origin)
  /** The last trigger named a status address, so the list is not needed to find what comes of the next one. */
  let monitored = false

  const resolveFrom =
    (base: URL) =>
    (link: string | null): string | null => {
      const url = link === null ? null : URL.parse(link, base.href)
      return url !== null && origins.has(url.origin) ? url.href : null
    }
  const ownUrl = (address: string): URL => {
    const url = parseHttpUrl(address)
    if (origins.has(url.origin)) return url
    throw new AppError(
      'PROVIDER_REFUSED',
      `The build service at ${hook.host} names an address on another host, ${url.host}, which is not followed.`,
      {
        fix: 'Enter the address of the build list on the host that knows the builds.',
        retryable: false,
      },
    )
  }
  const get = async (
    url: URL,
    what: string,
    signal: AbortSignal | undefined,
    maxBytes = MAX_DOCUMENT_BYTES,
  ): Promise<TextAnswer> => {
    const answer = await http.requestText(url, {
      headers: { accept: 'application/json' },
      signal,
      maxBytes,
      privateAllowed: true,
      ...(maxBytes > MAX_DOCUMENT_BYTES ? { timeoutMs: MANIFEST_TIMEOUT_MS } : {}),
    })
    if (answer.status !== 200) throw serviceRefusal(answer, what)
    return answer
  }
  const status = async (statusUrl: string, signal?: AbortSignal): Promise<RemoteBuild> => {
    const url = ownUrl(statusUrl)
    const document = parseJsonAnswer(await get(url, 'The build', signal), StatusDocument)
    const resolve = resolveFrom(url)
    const learned = resolve(document.links.list)
    if (list === null && learned !== null) list = new URL(learned)
    return toBuild(document, url.href, resolve)
  }

  /** The builds of a list that was named by the owner; of one that is only learned, status documents tell more. */
  const listed = async (signal: AbortSignal | undefined): Promise<readonly RemoteBuild[]> =>
    listUrl === undefined ? [] : ((await builder.list(LOOKED_THROUGH, signal))?.builds ?? [])
  /** What a trigger without a status address came to: the build of its title that was not there before. */
  const newIn = async (known: readonly RemoteBuild[], title: string): Promise<RemoteBuild | undefined> => {
    const builds = await listed(undefined).catch(() => [])
    return builds.find((build) => build.title === title && known.every(({ remoteId }) => remoteId !== build.remoteId))
  }

  const builder: Builder = {
    status,

    async trigger(title, signal, options) {
      const known = monitored ? [] : await listed(signal).catch(() => [])
      const answer = await http.requestText(hook, {
        ...hookRequest(call, title, options?.publish !== false),
        signal,
        privateAllowed: true,
      })
      if (answer.status < 200 || answer.status > 299) throw hookRefusal(answer)
      const location = answer.status === 202 ? (answer.headers.get('location') ?? null) : null
      monitored = location !== null
      if (location === null) return (await newIn(known, title)) ?? acceptedBuild(title)
      const statusUrl = resolveFrom(hook)(location)
      if (statusUrl === null)
        return acceptedBuild(title, 'The service names a status address on another host, which is not followed.')
      return await firstStatus(() => status(statusUrl, signal), statusUrl, title, signal)
    },

    async list(limit, signal) {
      if (list === null) return null
      const url = new URL(list)
      url.searchParams.set('limit', String(limit))
      const document = parseJsonAnswer(await get(url, 'The list of builds', signal), ListDocument)
      const home = list.href
      return toList(document, home, (id) => entryUrl(home, id), resolveFrom(url))
    },

    async cancel(cancelUrl, signal) {
      const answer = await http.requestText(ownUrl(cancelUrl), { method: 'POST', signal, privateAllowed: true })
      if (answer.status < 200 || answer.status > 299) throw serviceRefusal(answer, 'The build')
    },

    log: (logUrl, signal) => http.streamLines(ownUrl(logUrl), signal, { privateAllowed: true }),

    async manifest(manifestUrl, signal) {
      const answer = await get(ownUrl(manifestUrl), 'The manifest of the release', signal, MAX_MANIFEST_BYTES)
      return toManifest(parseJsonAnswer(answer, ManifestDocument))
    },
  }
  return builder
}

/**
 * The first status of a build that was just triggered. The trigger has happened, so a status that cannot be read yet is
 * no failure of it: the caller asks again.
 */
async function firstStatus(
  ask: () => Promise<RemoteBuild>,
  statusUrl: string,
  title: string,
  signal: AbortSignal | undefined,
): Promise<RemoteBuild> {
  for (let attempt = 1; attempt <= STATUS_ATTEMPTS; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (signal?.aborted === true) throw error
      if (error instanceof AppError && error.details.retryable !== true && error.code === 'PROVIDER_REFUSED') {
        return acceptedBuild(title, `The build was accepted, but its status cannot be followed. ${error.message}`)
      }
      await new Promise((resolve) => {
        setTimeout(resolve, STATUS_RETRY_MS)
      })
    }
  }
  const remoteId = new URL(statusUrl).pathname.split('/').findLast((part) => part !== '') ?? statusUrl
  return { ...acceptedBuild(title), remoteId, statusUrl, state: 'queued' }
}

/** `/builds?x=1` and `b-7` make `/builds/b-7`. */
function entryUrl(listUrl: string, id: string): string {
  const url = new URL(listUrl)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}`
  url.search = ''
  return url.href
}

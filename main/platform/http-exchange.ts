import type { Dispatcher } from 'undici'
import { HttpLimitError } from './http-failure.ts'

/** Header fields in the order and spelling in which they came. */
export interface HeaderList {
  readonly list: readonly (readonly [name: string, value: string])[]
  /** All values of a field joined with `, ` (RFC 9110 §5.3), whatever its case; undefined when it is missing. */
  get(name: string): string | undefined
}

export interface ExchangeRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST' | 'PUT' | 'PURGE' | 'BAN'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal: AbortSignal | undefined
  /** From the call to the last byte. */
  readonly timeoutMs: number
  /** As sent over the wire, before decoding. */
  readonly maxBodyBytes: number
}

/** One answer, its body as it came over the wire. */
export interface Exchange {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Buffer
  /** From the request being written on an open connection to the end of its header. */
  readonly ttfbMs: number
  /** From the call to the last byte, waiting for a connection included. */
  readonly totalMs: number
  /** Unix milliseconds around the exchange, for the age of the answer (RFC 9111 §4.2.3). */
  readonly at: { readonly requestMs: number; readonly responseMs: number }
}

/**
 * Sends one request and collects its answer. Follows no redirect.
 *
 * @throws the transport's error, `HttpLimitError`, or the reason of `signal`.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    if (request.signal?.aborted === true) {
      reject(request.signal.reason)
      return
    }
    const collector = new Collector(request, resolve, reject)
    const { url, method, headers, body } = request
    // Our one timer covers everything: the client's own two are coarse, and know nothing of a slow drip.
    const timers = { headersTimeout: 0, bodyTimeout: 0 }
    try {
      dispatcher.dispatch({ origin: url.origin, path: url.pathname + url.search, method, headers, body, ...timers }, collector)
    } catch (error) {
      collector.onResponseError(null, error)
    }
  })
}

class Collector implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest
  readonly #resolve: (exchange: Exchange) => void
  readonly #reject: (reason: unknown) => void
  readonly #calledAt = performance.now()
  readonly #timer: NodeJS.Timeout
  readonly #onAbort = (): void => this.#fail(this.#request.signal?.reason)
  #controller: Dispatcher.DispatchController | undefined
  #failure: Error | undefined
  #chunks: Buffer[] = []
  #bodyBytes = 0
  #status = 0
  #headers: HeaderList = headerList([])
  #startedAt = 0
  #headersAt = 0
  #requestMs = 0
  #responseMs = 0

  constructor(request: ExchangeRequest, resolve: (exchange: Exchange) => void, reject: (reason: unknown) => void) {
    this.#request = request
    this.#resolve = resolve
    this.#reject = reject
    this.#timer = setTimeout(() => this.#fail(new HttpLimitError('timeout', request.timeoutMs)), request.timeoutMs)
    request.signal?.addEventListener('abort', this.#onAbort)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A request that failed while it waited for a connection is dropped when its turn comes.
    if (this.#failure) return controller.abort(this.#failure)
    this.#controller = controller
    this.#startedAt = performance.now()
    this.#requestMs = Date.now()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return
    this.#headersAt = performance.now()
    this.#responseMs = Date.now()
    this.#status = status
    this.#headers = headerList(controller.rawHeaders)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length
    if (this.#bodyBytes > this.#request.maxBodyBytes) this.#fail(new HttpLimitError('body', this.#request.maxBodyBytes))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#failure) return
    this.#settle()
    const [only] = this.#chunks
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      body: this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#bodyBytes),
      ttfbMs: this.#headersAt - this.#startedAt,
      totalMs: performance.now() - this.#calledAt,
      at: { requestMs: this.#requestMs, responseMs: this.#responseMs },
    })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: unknown): void {
    if (!this.#failure) this.#fail(error)
  }

  /** Answers the caller at once; the socket, when there is one yet, is closed behind. */
  #fail(reason: unknown): void {
    if (this.#failure) return
    this.#failure = reason instanceof Error ? reason : new Error('The request was aborted.', { cause: reason })
    this.#settle()
    this.#chunks = []
    this.#reject(reason)
    if (this.#controller?.aborted === false) this.#controller.abort(this.#failure)
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }
}

/** Header fields from undici's flat list of names and values. */
export function headerList(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  const list: (readonly [string, string])[] = []
  const flat = Array.isArray(raw) ? raw : []
  // RFC 9110 §5.5: bytes above ASCII have no agreed meaning; latin1 keeps each of them.
  for (let i = 0; i + 1 < flat.length; i += 2) list.push([text(flat[i]), text(flat[i + 1])])
  return {
    list,
    get(name) {
      const wanted = name.toLowerCase()
      let joined: string | undefined
      for (const [field, value] of list) {
        if (field.length === wanted.length && field.toLowerCase() === wanted)
          joined = joined === undefined ? value : `${joined}, ${value}`
      }
      return joined
    },
  }
}

function text(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '')
}

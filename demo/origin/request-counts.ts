export interface OriginRequest {
  readonly sequence: number
  readonly host: string
  readonly path: string
  readonly method: string
  readonly status: number
  /** The PoP that asked, or null when someone asked the origin directly. */
  readonly pop: string | null
}

export interface RequestCount {
  readonly host: string
  readonly path: string
  readonly requests: number
  /** How many of them came through the edge. */
  readonly fromEdge: number
}

const kept = 100_000

/** Who asked the origin for what, since the start or the last reset; the latest 100,000 requests. */
export class RequestCounts {
  #requests: OriginRequest[] = []
  #sequence = 0

  get cursor(): number {
    return this.#sequence
  }

  add(request: Omit<OriginRequest, 'sequence'>): void {
    this.#sequence += 1
    this.#requests.push({ ...request, sequence: this.#sequence })
    if (this.#requests.length > kept * 1.1) this.#requests = this.#requests.slice(-kept)
  }

  /** @param since a cursor of an earlier answer: only later requests count. */
  counts(since: number): readonly RequestCount[] {
    const counts = new Map<string, { host: string; path: string; requests: number; fromEdge: number }>()
    for (const request of this.#requests) {
      if (request.sequence <= since) continue
      const key = `${request.host} ${request.path}`
      const count = counts.get(key) ?? { host: request.host, path: request.path, requests: 0, fromEdge: 0 }
      count.requests += 1
      if (request.pop !== null) count.fromEdge += 1
      counts.set(key, count)
    }
    return [...counts.values()].sort((left, right) => (left.host + left.path < right.host + right.path ? -1 : 1))
  }

  reset(): void {
    this.#requests = []
  }
}

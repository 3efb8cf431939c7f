import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isIP } from 'node:net'
import { AppError } from '#shared/errors.ts'
import { bareHost, hostPortOf, isLocalhostName, isPrivateAddress } from './http-address.ts'
import { lookupAny } from './http-connect.ts'
import { codeOf } from './http-failure.ts'
import { proxyErrorIn } from './proxy-failure.ts'

/** What an attempt to reach somebody says about the network. Plain data: it crosses between threads. */
export interface Outcome {
  /** `cut`: nothing gets out. `unclear`: the host may be gone, or the network. */
  readonly kind: 'answered' | 'cut' | 'unclear'
  /** Who has to answer for the network to be back: the host, or the proxy. */
  readonly hostPort: string
  readonly viaProxy: boolean
}

const CUT = new Set(['ENETUNREACH', 'ENETDOWN', 'EAI_AGAIN', 'EADDRNOTAVAIL'])
const UNCLEAR = new Set(['ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'])

/** Null for what says nothing: this machine and private addresses, what was given up. */
export function outcomeOf(url: URL, failure: unknown): Outcome | null {
  const host = bareHost(url.hostname)
  const hostPort = hostPortOf(url)
  const ofProxy = proxyErrorIn(failure)
  if (ofProxy) {
    const cut = ofProxy.trouble === 'unreachable'
    return { kind: cut ? 'cut' : 'answered', hostPort: ofProxy.proxy, viaProxy: true }
  }
  if (isLocalhostName(host) || (isIP(host) !== 0 && isPrivateAddress(host))) return null
  if (failure === null) return { kind: 'answered', hostPort, viaProxy: false }
  const code = codeOf(failure instanceof AppError ? failure.cause : failure)
  if (code === undefined || code === 'ABORT_ERR' || code === 'UND_ERR_ABORTED') return null
  return { kind: CUT.has(code) ? 'cut' : UNCLEAR.has(code) ? 'unclear' : 'answered', hostPort, viaProxy: false }
}

export interface Offline {
  readonly sinceMs: number
  /** The proxy that is not there; null when it is the network itself. */
  readonly proxy: string | null
}

export interface Reachability {
  hear(outcome: Outcome): void
  /** Null while somebody answers. */
  offline(): Offline | null
  close(): void
}

/** Other hosts that answered this shortly before show that it is not the network. */
const PROOF_MS = 5_000
const LOOK_AGAIN_MS = 5_000
const CONNECT_MS = 4_000

/** Whether this machine has a network, from what became of its requests. `changed`: it went, or came back. */
export function createReachability(clock: () => number, changed: (offline: Offline | null) => void): Reachability {
  let state: Offline | null = null
  let answeredAt = -Infinity
  let timer: NodeJS.Timeout | undefined

  function back(): void {
    clearTimeout(timer)
    if (state === null) return
    state = null
    changed(null)
  }
  function lookAgain(hostPort: string): void {
    timer = setTimeout(() => {
      void accepts(hostPort).then((open) => {
        if (state === null) return
        if (open) back()
        else lookAgain(hostPort)
      })
    }, LOOK_AGAIN_MS)
    timer.unref()
  }

  return {
    offline: () => state,
    hear({ kind, hostPort, viaProxy }) {
      if (kind === 'answered') {
        answeredAt = performance.now()
        return back()
      }
      if (state !== null || performance.now() - answeredAt < PROOF_MS) return
      if (kind === 'unclear' && hasNetwork()) return
      state = { sinceMs: clock(), proxy: viaProxy ? hostPort : null }
      changed(state)
      lookAgain(hostPort)
    },
    close: () => clearTimeout(timer),
  }
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address)),
  )
}

function accepts(hostPort: string): Promise<boolean> {
  const at = hostPort.lastIndexOf(':')
  const host = hostPort.slice(0, at).replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(hostPort.slice(at + 1)), lookup: lookupAny, timeout: CONNECT_MS })
    const end = (open: boolean): void => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    // Somebody refuses: the network is there.
    socket.once('error', (error) => end(codeOf(error) === 'ECONNRESET'))
  })
}

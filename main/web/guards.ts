import type { IncomingMessage } from 'node:http'

/** Why a request is refused: a status and a plain sentence. */
export interface Refusal {
  readonly status: number
  readonly sentence: string
}

/** By which addresses the shell is reached, and by whom. */
export interface Reach {
  readonly origins: readonly [string, ...string[]]
  /** Whether it listens for other machines, too. */
  readonly remote: boolean
}

/**
 * Who may talk to the shell at all: this machine unless an owner opened it to others, by the exact address that was given
 * out. The exact Host defeats rebinding (a foreign name made to point at 127.0.0.1).
 */
export function refusePeer(request: IncomingMessage, { origins, remote }: Reach): Refusal | null {
  if (!remote && !isLoopback(request.socket.remoteAddress)) {
    return { status: 403, sentence: 'Frostline answers this machine only.' }
  }
  const hosts = request.headersDistinct['host'] ?? []
  if (hosts.length !== 1 || !origins.some((origin) => new URL(origin).host === hosts[0])) {
    return { status: 421, sentence: `Frostline is reached as ${origins[0]} only.` }
  }
  return null
}

/** A page of another origin may reach a loopback port but cannot forge this header. */
export function refuseOrigin(request: IncomingMessage, { origins }: Reach): Refusal | null {
  const { origin } = request.headers
  if (origin !== undefined && origins.includes(origin) && new URL(origin).host === request.headers.host) return null
  return { status: 403, sentence: 'Only a page of Frostline itself may do this.' }
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::ffff:127.0.0.1' || address === '::1'
}

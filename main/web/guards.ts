import type { IncomingMessage } from 'node:http'

/** Why a request is refused: a status and a plain sentence. */
export interface Refusal {
  readonly status: number
  readonly sentence: string
}

/**
 * Who may talk to the shell at all: this machine, by the exact address that was given out. The exact Host defeats
 * rebinding (a foreign name made to point at 127.0.0.1).
 */
export function refusePeer(request: IncomingMessage, host: string): Refusal | null {
  if (!isLoopback(request.socket.remoteAddress)) {
    return { status: 403, sentence: 'Frostline answers this machine only.' }
  }
  const hosts = request.headersDistinct['host'] ?? []
  if (hosts.length !== 1 || hosts[0] !== host) {
    return { status: 421, sentence: `Frostline is reached as http://${host} only.` }
  }
  return null
}

/** A page of another origin may reach a loopback port but cannot forge this header. */
export function refuseOrigin(request: IncomingMessage, host: string): Refusal | null {
  if (request.headers.origin === `http://${host}`) return null
  return { status: 403, sentence: 'Only a page of Frostline itself may do this.' }
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::ffff:127.0.0.1' || address === '::1'
}

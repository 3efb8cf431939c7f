import { readFileSync } from 'node:fs'
import { LOOPBACK, type Door } from './web/door.ts'

/** What the command line says of who may reach the panel. */
export interface DoorWish {
  readonly listen: string | undefined
  readonly publicUrl: string | undefined
  readonly tlsCert: string | undefined
  readonly tlsKey: string | undefined
  readonly behindProxy: boolean
}

export type DoorFound =
  | { readonly ok: true; readonly door: Omit<Door, 'port'> }
  | { readonly ok: false; readonly sentence: string }

/**
 * The door that was asked for. Other machines reach the panel only by TLS, spoken here or by a proxy before it, and only by
 * the name that was given: everything else is a sentence.
 */
export function readDoor(wish: DoorWish): DoorFound {
  const no = (sentence: string): DoorFound => ({ ok: false, sentence })
  const address = wish.listen ?? LOOPBACK
  const publicOrigin = wish.publicUrl === undefined ? null : originOf(wish.publicUrl)
  if (wish.publicUrl !== undefined && publicOrigin === null)
    return no(`--public-url takes an https address without a path, such as https://panel.example.com, not "${wish.publicUrl}".`)
  if ((wish.tlsCert === undefined) !== (wish.tlsKey === undefined)) return no('--tls-cert and --tls-key go together.')
  if (wish.tlsCert !== undefined && wish.behindProxy)
    return no('--behind-proxy is for a proxy that speaks TLS itself: leave out --tls-cert and --tls-key.')
  if ((wish.tlsCert !== undefined || wish.behindProxy || address !== LOOPBACK) && publicOrigin === null)
    return no('Others reach the panel by one name only: say it with --public-url https://….')
  if (publicOrigin !== null && wish.tlsCert === undefined && !wish.behindProxy)
    return no('Others may reach the panel by TLS only: give --tls-cert and --tls-key, or --behind-proxy when a proxy speaks it.')
  try {
    const tls =
      wish.tlsCert === undefined || wish.tlsKey === undefined
        ? null
        : { cert: readFileSync(wish.tlsCert, 'utf8'), key: readFileSync(wish.tlsKey, 'utf8') }
    return { ok: true, door: { address, publicOrigin, tls } }
  } catch (error) {
    return no(`The certificate or its key cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}.`)
  }
}

function originOf(text: string): string | null {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url.origin
    : null
}

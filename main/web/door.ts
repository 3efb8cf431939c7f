/** Where the panel listens and how people reach it. */
export interface Door {
  /** 0 takes a free one. */
  readonly port: number
  /** `127.0.0.1` unless an owner has opened it to others on purpose. */
  readonly address: string
  /** As people type it, such as `https://panel.example.com`; null: this machine only. */
  readonly publicOrigin: string | null
  /** PEM texts; null when a proxy before it speaks TLS, or nobody outside reaches it. */
  readonly tls: { readonly cert: string; readonly key: string } | null
}

export const LOOPBACK = '127.0.0.1'

/** The door that only this machine can use. */
export const loopbackDoor = (port: number): Door => ({ port, address: LOOPBACK, publicOrigin: null, tls: null })

/** By which names it answers once it listens on `port`, the one that is given out first. */
export function originsOf(door: Door, port: number): [string, ...string[]] {
  const local = `http://${LOOPBACK}:${port}`
  if (door.publicOrigin === null) return [local]
  return door.tls ? [door.publicOrigin] : [door.publicOrigin, local]
}

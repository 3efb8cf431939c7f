export type ZoneName = 'lollies' | 'gifts'

/** One host of the demo's site. */
export interface Zone {
  readonly name: ZoneName
  /** Without port; the distribution's alias. */
  readonly hostname: string
  /** With port, as a browser sends it. */
  readonly host: string
  readonly url: string
}

export function zonesAt(port: number): readonly Zone[] {
  const zone = (name: ZoneName): Zone => {
    const hostname = `${name}.localhost`
    const host = `${hostname}:${String(port)}`
    return { name, hostname, host, url: `http://${host}` }
  }
  return [zone('lollies'), zone('gifts')]
}

/** The zone that a `Host` header names, whatever its port: each PoP has a port of its own. */
export function zoneOf(zones: readonly Zone[], hostHeader: string | undefined): Zone | null {
  const hostname = (hostHeader ?? '').replace(/:\d+$/, '').toLowerCase()
  return zones.find((zone) => zone.hostname === hostname) ?? null
}

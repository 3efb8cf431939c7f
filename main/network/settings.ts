import type { NetworkInput, NetworkMode } from '#shared/network.ts'
import { NETWORK_MODES } from '#shared/network.ts'
import type { Database } from '#main/platform/database.ts'

export type NetworkSettings = Omit<NetworkInput, 'password'>

/** The vault's name for the password of the proxy. */
export const PROXY_PASSWORD = 'network:proxy-password'

const NONE: NetworkSettings = { mode: 'automatic', proxy: '', noProxy: '', signInName: '', caFile: '' }

interface Row extends Omit<NetworkSettings, 'mode'> {
  readonly mode: string
}

export function readNetworkSettings(db: Database): NetworkSettings {
  const row = db.raw
    .prepare<[], Row>(
      'SELECT mode, proxy, no_proxy AS noProxy, sign_in_name AS signInName, ca_file AS caFile FROM network_settings',
    )
    .get()
  if (row === undefined) return NONE
  const mode: NetworkMode = NETWORK_MODES.find((one) => one === row.mode) ?? 'automatic'
  return { ...row, mode }
}

export function writeNetworkSettings(db: Database, settings: NetworkSettings): void {
  db.raw
    .prepare(
      `INSERT OR REPLACE INTO network_settings (id, mode, proxy, no_proxy, sign_in_name, ca_file)
       VALUES (1, @mode, @proxy, @noProxy, @signInName, @caFile)`,
    )
    .run(settings)
}

export interface NetworkTables {
  network_settings: NetworkSettingsTable
}

interface NetworkSettingsTable {
  /** Always 1. */
  id: number
  /** `automatic`, `manual` or `none`. */
  mode: string
  /** Empty where none was entered. */
  proxy: string
  no_proxy: string
  sign_in_name: string
  ca_file: string
}

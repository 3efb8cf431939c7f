/**
 * Where secrets are kept. The shell serves it to the core, since only the shell knows the operating system's vault.
 * Names are ours (`site:ID:edge`), values are any text. All methods reject with a plain `Error` when the vault fails.
 */
export interface Secrets {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
  /** How values are protected, for a person to read: "key file (mode 0600)", "macOS Keychain". */
  describe(): Promise<string>
}

/** Replaced by Vite (`renderer/vite.config.ts`): what ships, from the lock file. */
declare const __SHIPPED_PACKAGES__: readonly { readonly name: string; readonly version: string; readonly licence: string }[]

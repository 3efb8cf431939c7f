declare const FROSTLINE_SIGNED_BUILD: boolean | undefined

/** Said while a package is built that will be signed; the bundle holds the answer, so that nothing changes it later. */
export const SIGNED_BUILD: boolean = typeof FROSTLINE_SIGNED_BUILD === 'boolean' && FROSTLINE_SIGNED_BUILD

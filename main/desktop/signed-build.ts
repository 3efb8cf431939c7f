/** Set while a package is built that will be signed; the bundle holds the answer, so that no environment changes it later. */
export const SIGNED_BUILD: boolean = process.env['FROSTLINE_SIGNED_BUILD'] === '1'

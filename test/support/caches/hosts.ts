/**
 * Three sites on every cache: one whose origin is known, one that a build service publishes, and one of which nothing but
 * its address is known.
 */
export const PLAIN = 'plain.localhost'
export const BUILT = 'built.localhost'
export const BLIND = 'blind.localhost'
export const HOSTS = [PLAIN, BUILT, BLIND] as const
export type HostName = (typeof HOSTS)[number]

import * as z from 'zod'

/** A package that is a part of Frostline as people get it. */
export const ShippedPackage = z.object({ name: z.string(), version: z.string(), licence: z.string() })
export type ShippedPackage = z.infer<typeof ShippedPackage>

/** Packages that the panel is made of. They are bundled, so they stand among the development packages. */
export const PANEL_PACKAGES = [
  '@mantine/charts',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  'react',
  'react-dom',
  'react-router',
  'recharts',
] as const

const LockEntry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
})
const Lock = z.object({ packages: z.record(z.string(), LockEntry) })

/**
 * Everything that ships, by name: the production packages of a lock file and those of the panel, with all that they need
 * in turn. Packages without a licence have an empty one.
 */
export function shippedPackages(lockFile: unknown): ShippedPackage[] {
  const { packages } = Lock.parse(lockFile)
  const found = new Map<string, ShippedPackage>()
  const seen = new Set<string>()
  const waiting: { readonly name: string; readonly from: string }[] = [
    ...Object.keys(packages['']?.dependencies ?? {}),
    ...PANEL_PACKAGES,
  ].map((name) => ({ name, from: '' }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const place = placeOf(packages, next.name, next.from)
    const entry = place === null ? undefined : packages[place]
    if (place === null || entry === undefined || seen.has(place)) continue
    seen.add(place)
    const { version = '', license = '' } = entry
    found.set(`${next.name}@${version}`, { name: next.name, version, licence: license })
    const needed = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }
    for (const name of Object.keys(needed)) if (!name.startsWith('@types/')) waiting.push({ name, from: place })
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version))
}

/** Where Node finds a package that another one asks for; null for what is not installed, such as an unused peer. */
function placeOf(packages: Readonly<Record<string, unknown>>, name: string, from: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (place in packages) return place
    if (at === '') return null
  }
}

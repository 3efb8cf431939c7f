import { AppError } from '#shared/errors.ts'
import type { CarriedSettings, ExportedSite } from '#shared/settings-file.ts'
import { isSame } from '../site-places.ts'
import type { Problem } from '../settings-file.ts'

/** Something that is configured for a site beside its settings, as files of settings carry it. */
export interface CarriedPart {
  read(siteId: string): Partial<CarriedSettings>
  /** What an import would change, as sentences, and why it cannot be. `siteId` null: of a site to come. */
  judge(site: ExportedSite, siteId: string | null): Judgement
  write(siteId: string, site: ExportedSite, by: string): void | Promise<void>
}

export interface Judgement {
  readonly changes: readonly string[]
  readonly problems: readonly Problem[]
}

export const NOTHING: Judgement = { changes: [], problems: [] }

interface OneValue<T> {
  of(site: CarriedSettings): T | undefined
  as(value: T): Partial<CarriedSettings>
  /** Under what it is kept; missing: the site's id. */
  readonly key?: {
    of(siteId: string): string
    /** As it will be once the file is imported. `siteId` null: of a site to come. */
    toCome(site: ExportedSite, siteId: string | null): string
  }
  /** Of what is not there: what is usual. */
  read(key: string): T
  /** What a file says of it, null: nothing; missing: what is read. */
  said?(key: string): T | null
  save(key: string, value: T, by: string): void | Promise<void>
  say(before: T, after: T): readonly string[]
  /** Throws `BAD_INPUT` for what could not be saved. */
  check?(value: T, siteId: string | null): void
  /** Where it stands in the file. */
  readonly field: string
}

/** A part that is one value. What is the same is neither told nor written. */
export function oneValue<T>(part: OneValue<T>): CarriedPart {
  const { key = BY_SITE } = part
  const differs = (value: T | undefined, at: string): value is T => value !== undefined && !isSame(part.read(at), value)
  return {
    read(siteId) {
      const at = key.of(siteId)
      const value = part.said ? part.said(at) : part.read(at)
      return value === null ? {} : part.as(value)
    },
    judge(site, siteId) {
      const value = part.of(site)
      const at = key.toCome(site, siteId)
      if (!differs(value, at)) return NOTHING
      const problems = problemsOf(part.field, () => part.check?.(value, siteId))
      return { changes: part.say(part.read(at), value), problems }
    },
    async write(siteId, site, by) {
      const value = part.of(site)
      const at = key.of(siteId)
      if (differs(value, at)) await part.save(at, value, by)
    },
  }
}

const BY_SITE = { of: (siteId: string) => siteId, toCome: (site: ExportedSite, siteId: string | null) => siteId ?? site.id }

/** What a refusal says, at the field of the file. */
export function problemsOf(field: string, check: () => void): Problem[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { field: inner = '', fix = '' } = error.details
    return [{ field: `${field}${inner.replace(/^settings/, '')}`, reason: `${error.message} ${fix}`.trim() }]
  }
}

export interface ListItem {
  readonly key: string
  /** "source Sanity". */
  readonly name: string
  readonly value: unknown
}

interface ManyValues<T> {
  of(site: CarriedSettings): readonly T[] | undefined
  as(values: T[]): Partial<CarriedSettings>
  list(siteId: string): T[]
  /** `site`: the one in the file that it stands in; left out for what is here. */
  item(value: T, site?: CarriedSettings): ListItem
  save(siteId: string, value: T, by: string): void | Promise<void>
  /** Said of one that is added, such as what is left to do. */
  readonly afterAdding?: string
  check?(value: T, site: ExportedSite, siteId: string | null): void
  readonly field: string
}

/** A part that is a list: what is in the file is added or replaces its like, and nothing is removed. */
export function manyValues<T>(part: ManyValues<T>): CarriedPart {
  const knownIn = (siteId: string) =>
    new Map(
      part
        .list(siteId)
        .map((value) => part.item(value))
        .map(({ key, value }) => [key, value]),
    )
  return {
    read: (siteId) => part.as(part.list(siteId)),
    judge(site, siteId) {
      const known = knownIn(siteId ?? site.id)
      const seen = new Set<string>()
      const changes: string[] = []
      const problems: Problem[] = []
      for (const [place, wanted] of (part.of(site) ?? []).entries()) {
        const { key, name, value } = part.item(wanted, site)
        const field = `${part.field}.${place}`
        if (seen.has(key)) problems.push({ field, reason: 'It stands in this file twice.' })
        seen.add(key)
        problems.push(...problemsOf(field, () => part.check?.(wanted, site, siteId)))
        if (!known.has(key)) changes.push(`${name} added${part.afterAdding ?? ''}`)
        else if (!isSame(known.get(key), value)) changes.push(`${name} replaced`)
      }
      return { changes, problems }
    },
    async write(siteId, site, by) {
      const known = knownIn(siteId)
      for (const wanted of part.of(site) ?? []) {
        const { key, value } = part.item(wanted)
        if (!known.has(key) || !isSame(known.get(key), value)) await part.save(siteId, wanted, by)
      }
    },
  }
}

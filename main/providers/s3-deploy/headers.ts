import { lookup } from 'mrmime'
import type { ReleaseFile } from '../publisher.ts'

/** What an object of a release answers with, beside its bytes. */
export interface ObjectHeaders {
  readonly contentType: string
  readonly cacheControl: string
  /** For the metadata from which the edge takes its tags; null for none. */
  readonly cacheTag: string | null
}

const IMMUTABLE = 'public, max-age=31536000, immutable'
const TEXT = /^(text\/|application\/(javascript|json|manifest\+json|xml|ld\+json|rss\+xml|atom\+xml)|image\/svg)/
/** Folders in which frameworks put only files that are named by their content. */
const HASHED_FOLDERS = /(^|\/)(_next\/static|_astro|_app\/immutable)\//
const TAGS_AT_MOST = 50
/** Source: Amazon S3 user guide, "Working with object metadata": 2 KB of user-defined metadata; the rest is for the name. */
const TAG_BYTES_AT_MOST = 1_900

/** Whether pages link to a file only under a name that changes with its bytes. In doubt it is not. */
export function isHashed(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/\.(html?|xml|txt|json|webmanifest)$/i.test(name) || !name.includes('.')) return false
  if (HASHED_FOLDERS.test(file)) return true
  const stem = name.slice(0, name.lastIndexOf('.'))
  if (stem.split(/[.\-_]/).some(isHex)) return true
  const last = /[-.]([\w-]{8})$/.exec(stem)?.[1] ?? ''
  // Cameras write names of capitals and digits, too.
  return (
    isMixed(last) || (/\.(m?js|css|woff2?)$/.test(name) && /^[A-Z0-9]{8}$/.test(last) && /\d/.test(last) && /[A-Z]/.test(last))
  )
}

const isHex = (part: string): boolean => /^[0-9a-f]{8,64}$/.test(part) && /\d/.test(part) && /[a-f]/.test(part)
/** A capital in front is how words begin. */
const isMixed = (part: string): boolean => /[a-z]/.test(part) && /.[A-Z]/.test(part)

/**
 * The headers of a file of a release. `htmlSeconds`: how long the edge keeps what has no content in its name.
 * Tags that do not fit are counted in `tagsLeftOut`.
 */
export function headersOf(
  file: Pick<ReleaseFile, 'file' | 'type' | 'tags'>,
  htmlSeconds: number,
): ObjectHeaders & { readonly tagsLeftOut: number } {
  const type = lookup(file.file) ?? (file.type || 'application/octet-stream')
  const { kept, leftOut } = fittingTags(file.tags)
  return {
    contentType: TEXT.test(type) && !type.includes('charset') ? `${type}; charset=utf-8` : type,
    cacheControl: isHashed(file.file) ? IMMUTABLE : `public, max-age=0, s-maxage=${htmlSeconds}`,
    cacheTag: kept.length === 0 ? null : kept.join(','),
    tagsLeftOut: leftOut,
  }
}

/** Tags as the edge compares them, each once; what a header cannot carry, or what is too much, is left out. */
function fittingTags(tags: readonly string[]): { readonly kept: readonly string[]; readonly leftOut: number } {
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()))
  const kept: string[] = []
  let bytes = 0
  for (const tag of wanted) {
    if (kept.length === TAGS_AT_MOST || !/^[\x21-\x2b\x2d-\x7e]+$/.test(tag) || bytes + tag.length + 1 > TAG_BYTES_AT_MOST)
      continue
    kept.push(tag)
    bytes += tag.length + 1
  }
  return { kept, leftOut: wanted.size - kept.length }
}

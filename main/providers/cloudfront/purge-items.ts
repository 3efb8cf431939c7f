import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import type { Behaviour, Distribution, ItemCheck } from '../edge.ts'
import { encodePath } from './path-encoding.ts'

/** Source: CloudFront developer guide, "Specify the objects to invalidate" (maximum length of a path). */
const MAX_PATH_CHARACTERS = 4000
/** Source: github.com/aws/aws-sdk-js-v3 issue 4042, open since 2022; others report that the encoded form works. */
const TILDE_NOTE =
  'CloudFront is reported to accept ~ as %7E and yet purge nothing. Check the page, or purge a beginning before the ~ with *.'
/** Source: CloudFront developer guide, "Invalidate by cache tag". */
const MAX_TAG_CHARACTERS = 256

/**
 * Checks one pasted path, wildcard or `#tag` by CloudFront's rules and writes it as CloudFront wants it. Passing the
 * result again changes nothing. Whole addresses are cut to their path by the caller, who knows the site's hosts.
 * Source: CloudFront developer guide, "Specify the objects to invalidate" and "Invalidate by cache tag".
 */
export function checkItem(text: string): ItemCheck {
  const item = text.trim()
  if (item === '') return refused('There is nothing to purge here. Write a path such as /about/ or a tag such as #menu.')
  // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(item)) {
    return refused('There is a line break, tab or other control character inside. Write one item on each line.')
  }
  return item.startsWith('#') ? checkTag(item.slice(1).trim()) : checkPath(item)
}

function checkTag(tag: string): ItemCheck {
  if (tag === '') return refused('There is no tag after the #. Write it without a space, such as #menu.')
  if (tag.includes(',')) return refused('A tag has no comma. Write each tag as an item of its own: #first and #second.')
  if (tag.includes(' ')) return refused('A tag has no space. Write each tag as an item of its own: #first and #second.')
  if (!/^[\u0021-\u007e]+$/.test(tag)) {
    return refused('A tag may only have the visible ASCII characters. Use the spelling that the site sends in its tag header.')
  }
  if (tag.length > MAX_TAG_CHARACTERS) {
    return refused(
      `A tag may have ${MAX_TAG_CHARACTERS} characters and this one has ${tag.length}. CloudFront has not stored it: purge paths.`,
    )
  }
  if (tag.endsWith('*')) {
    return refused('A tag has no wildcard: CloudFront compares it as a whole. Name each tag, or purge a path such as /blog/*.')
  }
  return { ok: true, item: `#${tag}` }
}

function checkPath(text: string): ItemCheck {
  if (/^https?:\/\//i.test(text)) {
    return refused('An item names no host: it is purged on every host of the distribution. Leave out the part before the path.')
  }
  if (!text.startsWith('/')) return refused(`A path begins with a slash. Write ${shorten(`/${text}`)} instead.`)
  if (/\s[/#]/.test(text)) return refused('This looks like several items. Write one on each line.')
  const fragmentAt = text.indexOf('#')
  const path = fragmentAt === -1 ? text : text.slice(0, fragmentAt).trimEnd()
  const starAt = path.indexOf('*')
  if (starAt !== -1 && starAt !== path.length - 1) {
    const part = shorten(path.slice(0, starAt))
    return refused(
      `A * works only as the last character; here it would be taken literally. Write ${part}* to purge all that begins so.`,
    )
  }
  if (!path.isWellFormed()) return refused('There is half a character inside, which no address can have. Copy the path again.')
  const item = encodePath(path)
  if (item.length > MAX_PATH_CHARACTERS) {
    return refused(
      `A path may have ${MAX_PATH_CHARACTERS} characters and this one has ${item.length}. Purge a shorter beginning of it with * at the end.`,
    )
  }
  const notes = [
    ...(fragmentAt === -1 ? [] : ['The part from # on was left out: browsers keep it to themselves and never send it.']),
    ...(path.includes('~') ? [TILDE_NOTE] : []),
  ]
  return notes.length === 0 ? { ok: true, item } : { ok: true, item, note: notes.join(' ') }
}

function refused(reason: string): ItemCheck {
  return { ok: false, reason }
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}

/**
 * Whether a checked item purges a page. Paths are compared with their case, once both are encoded alike; a trailing `*`
 * stands for any characters or none; tags are compared as a whole without their case.
 *
 * @param item as `checkItem` returned it.
 * @param path of the page, with its query when that is part of its address.
 * @param tags that the edge stored with the page.
 */
export function itemMatches(item: string, path: string, tags: readonly string[]): boolean {
  if (item.startsWith('#')) {
    const wanted = item.slice(1).toLowerCase()
    return tags.some((tag) => tag.toLowerCase() === wanted)
  }
  const known = encodePath(path)
  return item.endsWith('*') ? known.startsWith(encodePath(item.slice(0, -1))) : known === encodePath(item)
}

/** The first behaviour that matches a path; null when none was read that does. */
export function behaviourFor(distribution: Distribution, path: string): Behaviour | null {
  return distribution.behaviours.find(({ pattern }) => matchesBehaviour(pattern, path)) ?? null
}

/**
 * `checkItem` for pages: where a behaviour leaves the query string out of the key, all queries of a path are one copy, and
 * the path alone purges it. Source: CloudFront developer guide, "Invalidate files: query strings".
 */
export function keyedItem(behaviours: readonly Behaviour[]): (text: string) => ItemCheck {
  const leavesOut = behaviours.some(({ queryInKey }) => queryInKey === false)
  if (!leavesOut) return checkItem
  return (text) => {
    const checked = checkItem(text)
    if (!checked.ok || checked.item.startsWith('#')) return checked
    const at = checked.item.indexOf('?')
    if (at === -1) return checked
    const behaviour = behaviours.find(({ pattern }) => matchesBehaviour(pattern, checked.item))
    return behaviour?.queryInKey === false ? { ...checked, item: checked.item.slice(0, at) } : checked
  }
}

/** The caching rules of the first behaviour that matches; null when they are unknown. */
export function policyFor(distribution: Distribution, path: string): EdgePolicy | null {
  return behaviourFor(distribution, path)?.policy ?? null
}

/**
 * Whether a cache behaviour's pattern matches a path: `*` is any characters or none, `?` exactly one, case counts, the
 * leading slash may be missing, and queries play no part. Source: CloudFront developer guide, "Path pattern".
 */
export function matchesBehaviour(pattern: string, path: string): boolean {
  const queryAt = path.indexOf('?')
  return matchesGlob(pattern.startsWith('/') ? pattern : `/${pattern}`, queryAt === -1 ? path : path.slice(0, queryAt))
}

/** Linear in the text for each `*`: a regular expression could be made to take exponential time. */
function matchesGlob(pattern: string, text: string): boolean {
  let at = 0
  let textAt = 0
  let starAt = -1
  let retryAt = 0
  while (textAt < text.length) {
    if (pattern[at] === '*') {
      starAt = at
      retryAt = textAt
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[textAt])) {
      at += 1
      textAt += 1
    } else if (starAt !== -1) {
      // The last * takes one character more.
      retryAt += 1
      textAt = retryAt
      at = starAt + 1
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

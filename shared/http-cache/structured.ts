import { parseDictionary, parseList, Token, type BareItem } from 'structured-headers'
import type { Directives } from './directives.ts'

/** One member of a list: its name and its parameters. */
export interface Member {
  readonly name: string
  readonly parameters: ReadonlyMap<string, BareItem>
  readonly text: string
}

/** More than any answer passes; the last ones are the nearest. */
const MAX_MEMBERS = 32

/**
 * The members of a list of tokens or strings with parameters, such as `Cache-Status`. RFC 9651 drops a field that is not
 * well formed as a whole; to tell what the caches said, each member is read by itself, and `bad` names those that are lost.
 */
export function parseMembers(value: string): { readonly members: readonly Member[]; readonly bad: readonly string[] } {
  const members: Member[] = []
  const bad: string[] = []
  for (const text of splitOutsideQuotes(value).slice(-MAX_MEMBERS)) {
    const member = memberOf(text) ?? memberOf(quoteName(text))
    if (member) members.push({ ...member, text })
    else bad.push(text)
  }
  return { members, bad }
}

function memberOf(text: string): Omit<Member, 'text'> | undefined {
  try {
    const [first] = parseList(text)
    if (first === undefined || Array.isArray(first[0])) return undefined
    const [item, parameters] = first
    const name = item instanceof Token ? item.toString() : item
    return typeof name === 'string' ? { name, parameters } : undefined
  } catch {
    return undefined
  }
}

/** A host name that begins with a digit, or an IP address, is no token; some caches write it bare. */
function quoteName(text: string): string {
  const end = text.indexOf(';')
  const name = (end === -1 ? text : text.slice(0, end)).trim()
  return /^[\w.:[\]-]+$/.test(name) ? `"${name}"${end === -1 ? '' : text.slice(end)}` : ''
}

function splitOutsideQuotes(value: string): string[] {
  const parts: string[] = []
  let from = 0
  let quoted = false
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at]
    if (quoted && char === '\\') at += 1
    else if (char === '"') quoted = !quoted
    else if (char === ',' && !quoted) {
      parts.push(value.slice(from, at))
      from = at + 1
    }
  }
  parts.push(value.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/**
 * The directives of a targeted field: a dictionary, in which the last one of a name counts and values of other types than
 * the directive's are ignored. Undefined when it is not well formed or empty: such a field counts as absent.
 * Source: RFC 9213 §2.1.
 */
export function parseTargeted(value: string): Directives | undefined {
  try {
    const found = new Map<string, string | true>()
    for (const [name, [item]] of parseDictionary(value)) {
      if (item === true) found.set(name, true)
      else if (typeof item === 'number' && Number.isInteger(item) && item >= 0) found.set(name, String(item))
    }
    return found.size === 0 ? undefined : found
  } catch {
    return undefined
  }
}

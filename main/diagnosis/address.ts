import { AppError } from '#shared/errors.ts'

export interface ZoneRef {
  readonly host: string
  /** The zone's address without a path. */
  readonly url: string
}

const FIX = 'Paste a whole address, such as https://www.example.com/about/'
/** Brackets and quotes that mails, chats and Markdown put around an address. */
const WRAPPED = /^(?:<(.*)>|"(.*)"|'(.*)'|`(.*)`|“(.*)”|«(.*)»|\((.*)\)|\[(.*)\])$/s
const TRAILING = /[.,;:!?"'»”>\]]+$/
const MAX_CHARACTERS = 4_000

/**
 * Reads a pasted address: what stands around it is left out, a missing scheme is that of the zone with this host, else
 * https. A fragment never reaches a server and is left out too.
 *
 * @throws AppError `BAD_INPUT` that names the field `url`.
 */
export function readAddress(pasted: string, zones: readonly ZoneRef[]): URL {
  const text = unwrap(pasted)
  if (text === '') throw bad('There is no address here.')
  if (/[\s\p{Cc}]/u.test(text)) throw bad('There is a space or a line break inside the address. Ask for one page at a time.')
  if (text.length > MAX_CHARACTERS) throw bad(`The address is longer than ${MAX_CHARACTERS} characters, which no page has.`)
  if (text.startsWith('/') && !text.startsWith('//')) throw bad('This is a path without its host.')
  const url = withScheme(text, zones)
  if (url === null) throw bad('This is not a web address.')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad('Only addresses with http or https can be asked.')
  // The text is not repeated: a password may stand in it.
  if (url.username !== '' || url.password !== '') throw bad('The address carries a user name or a password, which is not sent.')
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[') && url.hostname !== 'localhost' && !isZone(url, zones)) {
    throw bad(`${url.hostname} is no host that the internet knows.`)
  }
  url.hash = ''
  return url
}

function unwrap(pasted: string): string {
  let text = pasted.trim()
  for (let before = ''; before !== text;) {
    before = text
    const inner = WRAPPED.exec(text)
      ?.slice(1)
      .find((part) => part !== undefined)
    text = (inner ?? text).trim().replace(TRAILING, '')
    // A closing bracket belongs to the address when it was opened in it, as in `/Mercury_(planet)`.
    if (text.endsWith(')') && !text.includes('(')) text = text.slice(0, -1)
  }
  return text.replace(/^[<"'`“«]+/, '')
}

function withScheme(text: string, zones: readonly ZoneRef[]): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.parse(text)
  // `localhost:4180` and `www.example.com:8443` look like schemes to a URL parser; `mailto:` and the like have no port.
  if (/^(?:mailto|javascript|data|tel|file|about|blob):/i.test(text)) return null
  const rest = text.replace(/^\/\//, '')
  const url = URL.parse(`https://${rest}`)
  if (url === null) return null
  const zone = zones.find((candidate) => candidate.host === URL.parse(`http://${rest}`)?.host || candidate.host === url.host)
  return zone === undefined ? url : URL.parse(`${new URL(zone.url).protocol}//${rest}`)
}

const isZone = (url: URL, zones: readonly ZoneRef[]): boolean => zones.some(({ host }) => host === url.host)

function bad(sentence: string): AppError {
  return new AppError('BAD_INPUT', sentence, { field: 'url', fix: FIX })
}

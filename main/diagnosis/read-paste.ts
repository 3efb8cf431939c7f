import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { badPaste } from './bad-paste.ts'
import type { CustomerCopy } from './evidence.ts'
import { keptHeaders } from './kept-headers.ts'
import { readHar } from './read-har.ts'

const MAX_LINES = 2_000
const STATUS_LINE = /^\*?\s*<?\s*HTTP\/\d(?:\.\d)?\s+(\d{3})\b/i
/** `name: value`; HTTP/2 and browsers also show `:status: 200`. `curl -v` puts `< ` in front. */
const FIELD = /^<?\s*(:?[a-z0-9!#$%&'*+.^_`|~-]{1,200})\s*:\s?(.*)$/i
/** A field's name as some browsers copy it, its value on the next line. */
const NAME_ALONE = /^(:?[a-z0-9-]{1,200}):?$/i
/** The request's part of a copy. `curl -v` marks its lines. */
const REQUEST_LINE = /^(?:GET|POST|HEAD|PUT|OPTIONS)\s+\S+(?:\s+HTTP\/\d(?:\.\d)?)?$/i

/**
 * Reads what a customer sent along: response headers in any of the usual forms, or a HAR file. Cookies and whatever opens
 * a door are dropped here and go no further.
 *
 * @param url that was asked about; of a HAR the entry that fits it best is taken.
 * @throws AppError `BAD_INPUT` that names the field `customer.text`.
 */
export function readPaste(text: string, url: string, nowMs: number): CustomerCopy {
  const clean = text.replace(/^\uFEFF/, '').trim()
  if (clean.startsWith('{')) return readHar(clean, url, nowMs)
  const { status, fields } = lastAnswer(clean)
  if (fields.length === 0) throw badPaste('No response headers were found in it.')
  const headers = keptHeaders(fields)
  return {
    url: null,
    status,
    headers,
    cache: readCacheAnswer(headers),
    atMs: parseHttpDate(headers.find(([name]) => name === 'date')?.[1], nowMs) ?? null,
    fromBrowserCache: null,
    bodyHash: null,
  }
}

interface Answer {
  status: number | null
  fields: [string, string][]
}

/** `curl -iL` shows every redirect; the page is the last answer. */
function lastAnswer(text: string): Answer {
  let answer: Answer = { status: null, fields: [] }
  let inBody = false
  let inRequest = false
  let waiting: string | null = null
  for (const line of text.split(/\r\n|\r|\n/, MAX_LINES)) {
    const status = STATUS_LINE.exec(line)
    if (status) {
      answer = { status: Number(status[1]), fields: [] }
      inBody = false
      inRequest = false
      waiting = null
      continue
    }
    if (REQUEST_LINE.test(line.trim())) inRequest = true
    if (inBody || inRequest || line.startsWith('>')) continue
    // After an empty line comes the body; browsers that copy without a status line have none.
    if (line.trim() === '' || line.trim() === '<') {
      inBody = answer.status !== null && answer.fields.length > 0
      continue
    }
    waiting = readLine(line, waiting, answer)
  }
  return answer
}

/** Returns the name that waits for its value on the next line. */
function readLine(line: string, waiting: string | null, answer: Answer): string | null {
  if (waiting !== null) {
    push(answer, waiting, line)
    return null
  }
  // RFC 9112 §5.2: an older server may continue a value on a line that begins with white space.
  const last = answer.fields.at(-1)
  if (/^[ \t]/.test(line) && last && !FIELD.test(line)) {
    last[1] = `${last[1]} ${line.trim()}`.slice(0, 8_000)
    return null
  }
  const field = FIELD.exec(line)
  if (field?.[1] !== undefined && field[2]?.trim() !== '') push(answer, field[1], field[2] ?? '')
  else if (field?.[1] !== undefined || NAME_ALONE.test(line.trim())) return (field?.[1] ?? line).trim().replace(/:$/, '')
  return null
}

function push(answer: Answer, name: string, value: string): void {
  const folded = name.trim().toLowerCase()
  if (folded === ':status' || folded === 'status' || folded === 'status code') {
    const status = /^\s*(\d{3})\b/.exec(value)?.[1]
    if (status !== undefined && answer.status === null) answer.status = Number(status)
  } else if (!folded.startsWith(':') && folded !== '') answer.fields.push([folded, value.trim()])
}

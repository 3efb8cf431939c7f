import type { Cause, Verdict } from '#shared/diagnosis.ts'
import { at } from './wording.ts'
import { safeText } from './redact.ts'

/** Header fields that tell of caching; the others are of no use in a report. */
const TELLING =
  /^(age|date|etag|expires|last-modified|location|pragma|vary|via|warning|server|content-type|content-encoding|(.*-)?cache-control|surrogate-control|cache-status|x-cache.*|x-amz-cf-pop|cf-cache-status|cf-ray|x-served-by|x-timer|x-varnish|x-vercel-cache|x-nextjs-cache|x-proxy-cache|x-nf-request-id)$/i
const MOST_EXCHANGES = 12

/** The verdict as Markdown: facts that a colleague can check, without secrets. */
export function reportOf(verdict: Omit<Verdict, 'report'>): string {
  const { url, askedAtMs, seenAtMs, site, causes, done, gaps, exchanges, chain } = verdict
  const [first, ...others] = causes
  const lines = [
    `# Why is this old? ${code(url)}`,
    '',
    ...bullets([
      site === null ? 'Site: not registered' : `Site: ${text(site.name)}`,
      `Looked at: ${at(askedAtMs)}`,
      seenAtMs === null ? null : `Seen at: ${at(seenAtMs)}`,
      verdict.word === null ? null : `State: ${verdict.word}`,
    ]),
    '',
    `**${text(verdict.sentence)}**`,
    ...(first ? causeLines(first) : []),
    ...(others.length === 0
      ? []
      : [
          '',
          '## Also found',
          ...others.flatMap((cause) => ['', `${text(cause.sentence)} (${cause.confidence}: ${cause.id})`, ...factLines(cause)]),
        ]),
    '',
    '## How long it is kept',
    '',
    ...bullets([
      `Edge: ${text(verdict.sharedCache.says)}`,
      `Browser: ${text(verdict.browser.says)}`,
      verdict.rightByItself === null ? null : text(verdict.rightByItself.says),
    ]),
    '',
    '## The way to the visitor',
    '',
    ...bullets(
      chain.map(
        ({ link, says, sinceMs, toNext }) =>
          `${link}: ${text(says)}${sinceMs === null ? '' : `, ${at(sinceMs)}`}${toNext === 'broken' ? ' ← here it breaks' : ''}`,
      ),
    ),
    ...(done.length === 0
      ? []
      : ['', '## What was done', '', ...bullets(done.map(({ atMs, says }) => `${at(atMs)}: ${text(says)}`))]),
    ...(gaps.length === 0 ? [] : ['', '## What could not be looked at', '', ...bullets(gaps.map(text))]),
    ...(exchanges.length === 0 ? [] : ['', '## Answers']),
    ...exchanges
      .slice(0, MOST_EXCHANGES)
      .flatMap((exchange) => [
        '',
        `### ${text(exchange.title)}: ${exchange.status ?? 'no answer'}`,
        '',
        `${code(exchange.url)} at ${at(exchange.atMs)}. ${text(exchange.says)}`,
        ...headerLines(exchange.headers),
      ]),
  ]
  return safeText(`${lines.join('\n')}\n`)
}

function causeLines(cause: Cause): string[] {
  return [
    '',
    `Cause: ${cause.id} (${cause.confidence})`,
    ...factLines(cause),
    '',
    '## What to do',
    '',
    ...bullets(cause.remedies.map(({ says }) => text(says))),
  ]
}

const factLines = ({ facts }: Cause): string[] =>
  facts.length === 0
    ? []
    : ['', ...bullets(facts.map(({ from, says, atMs }) => `${from}${atMs === null ? '' : `, ${at(atMs)}`}: ${text(says)}`))]

function headerLines(headers: readonly (readonly [string, string])[]): string[] {
  const telling = headers.filter(([name]) => TELLING.test(name)).slice(0, 30)
  if (telling.length === 0) return []
  return [
    '',
    '```http',
    ...telling.map(
      ([name, value]) =>
        `${name}: ${value
          .replace(/[\r\n]+/g, ' ')
          .replaceAll('```', "'''")
          .slice(0, 300)}`,
    ),
    '```',
  ]
}

const bullets = (items: readonly (string | null)[]): string[] => items.filter((item) => item !== null).map((item) => `- ${item}`)

/** Words from outside must not become markup. */
const text = (words: string): string => words.replace(/[\r\n]+/g, ' ').replace(/[<>`|[\]]/g, (mark) => `\\${mark}`)

const code = (words: string): string => `\`${words.replace(/[`\r\n]+/g, ' ')}\``

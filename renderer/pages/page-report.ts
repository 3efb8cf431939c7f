import type { Layers } from '#shared/layers.ts'
import type { PageDetail } from '#shared/pages.ts'
import { freshnessLook } from '#renderer/ui/freshness-words.ts'
import { formatDuration } from '#renderer/ui/format.ts'

/** A command that asks as a check does. */
export function curlCommand(url: string): string {
  return `curl --silent --show-error --compressed --dump-header - --output /dev/null '${url.replaceAll("'", "'\\''")}'`
}

/** Names of query parameters and header fields whose values give access to something. */
const SECRET =
  /(^|[-_.])(token|secret|signature|sig|key|apikey|password|passwd|pwd|auth|authorization|session|sid|jwt|cookie|credential|code)([-_.]|$)/i

/** An address without what could give access: no user, no password, no values of telling parameters. */
export function withoutSecrets(address: string): string {
  const url = URL.parse(address)
  if (url === null) return address
  url.username = ''
  url.password = ''
  const parts = url.search
    .slice(1)
    .split('&')
    .map((part) => {
      const name = part.split('=', 1)[0] ?? ''
      return part.includes('=') && SECRET.test(name) ? `${name}=***` : part
    })
  url.search = parts.join('&')
  return url.href
}

const exact = (ms: number) => new Date(ms).toISOString()

/** What is known of a page as Markdown for a ticket. Times in UTC; no secrets. */
export function pageReport(page: PageDetail, origin: Layers['origin'] | null, nowMs: number): string {
  const lines = [
    `# ${withoutSecrets(page.url)}`,
    '',
    `**${freshnessLook(page.word, page.proven).says}.** ${page.sentence}`,
    '',
    `Written ${exact(nowMs)}.`,
    '',
    '| step | state | since |',
    '|---|---|---|',
    ...page.chain.map(
      ({ link, says, sinceMs, toNext }) =>
        `| ${link}${toNext === 'broken' ? ' ✗' : ''} | ${cell(says)} | ${sinceMs === null ? '' : exact(sinceMs)} |`,
    ),
    '',
    ...facts(page).map(([name, value]) => `- ${name}: ${value}`),
    ...(origin?.state === 'seen'
      ? [`- Origin asked: ${exact(origin.layer.atMs)}, status ${origin.layer.status}, ${origin.layer.bodyHash ?? 'no body'}`]
      : []),
    '',
  ]
  if (page.headers.length === 0) return lines.join('\n')
  const headers = page.headers.map(([name, value]) => `${name}: ${headerValue(name, value)}`)
  return [...lines, '```', ...headers.map((line) => line.replaceAll('```', "'''")), '```', ''].join('\n')
}

function facts(page: PageDetail): (readonly [string, string])[] {
  const all: (readonly [string, string | null])[] = [
    ['Checked', page.observedAtMs === null ? 'never' : exact(page.observedAtMs)],
    ['Seen from', page.vantage],
    ['Status', page.status === null ? null : String(page.status)],
    ['Served as', page.servedAs],
    ['Age', page.ageSeconds === null ? null : formatDuration(page.ageSeconds * 1_000)],
    ['Lifetime', page.lifetimeRule === null ? null : `${page.lifetimeRule} (${page.lifetimeBasis ?? 'headers'})`],
    ['Edge copy', page.edgeHash],
    ['Origin copy', page.originHash],
    ['Tags', page.tags.join(', ') || null],
  ]
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
}

function headerValue(name: string, value: string): string {
  if (name === 'location') return withoutSecrets(value)
  return SECRET.test(name) ? '***' : value
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

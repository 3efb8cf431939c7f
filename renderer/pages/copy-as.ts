import { writeDeepLink } from '#shared/deep-link.ts'
import type { PageRow } from '#shared/pages.ts'
import { freshnessLook } from '#renderer/ui/freshness-words.ts'
import { curlCommand, withoutSecrets } from './page-report.ts'

export const COPY_WAYS = ['urls', 'paths', 'curl', 'markdown', 'links'] as const
export type CopyWay = (typeof COPY_WAYS)[number]

export const COPY_WORDS: Record<CopyWay, string> = {
  urls: 'Addresses',
  paths: 'Paths',
  curl: 'curl commands',
  markdown: 'Markdown table',
  links: 'Frostline links',
}

/** The zone that a page is in. */
export interface CopyZone {
  readonly host: string
  readonly url: string
}

/** Pages as a text to paste elsewhere. In Markdown, which goes into tickets, parameters that give access lose their values. */
export function copyOf(rows: readonly PageRow[], way: CopyWay, zoneOf: (row: PageRow) => CopyZone): string {
  const urlOf = (row: PageRow) => zoneOf(row).url.replace(/\/+$/, '') + row.path
  switch (way) {
    case 'urls':
      return rows.map(urlOf).join('\n')
    case 'paths':
      return rows.map(({ path }) => path).join('\n')
    case 'curl':
      return rows.map((row) => curlCommand(urlOf(row))).join('\n')
    case 'links':
      return rows.map((row) => writeDeepLink({ kind: 'page', site: zoneOf(row).host, path: row.path })).join('\n')
    case 'markdown':
      return [
        '| page | freshness | served as | last checked (UTC) |',
        '|---|---|---|---|',
        ...rows.map(
          (row) =>
            `| ${cell(withoutSecrets(urlOf(row)))} | ${freshnessLook(row.word, row.proven).says} | ${row.servedAs} | ${
              row.observedAtMs === null ? 'never' : new Date(row.observedAtMs).toISOString()
            } |`,
        ),
      ].join('\n')
  }
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

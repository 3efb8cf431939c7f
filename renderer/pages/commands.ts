import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { Command, CommandSource } from '#renderer/lib/commands.ts'
import { FRESHNESS_ORDER, freshnessLook } from '#renderer/ui/freshness-words.ts'

export const pagesCommands: CommandSource = ({ site, acts }) =>
  site
    ? [
        {
          id: 'export all pages',
          group: 'Do',
          label: 'Export all pages as CSV',
          says: 'Into a file; other lists are exported where they are shown',
          also: 'save download spreadsheet',
          does: () =>
            acts.exportList({ list: 'pages', siteId: site.id, filter: {}, sort: { by: 'path', descending: false } }, 'csv', null),
        },
        ...FRESHNESS_ORDER.map(show),
        {
          id: 'show changed lately',
          group: 'Go to',
          label: 'Pages checked last',
          says: 'Pages, the newest check first',
          does: '/pages?sort=-checked',
        },
      ]
    : []

function show(word: FreshnessWord): Command {
  const says = word === 'fresh' ? 'up to date or in date' : freshnessLook(word, false).says
  return {
    id: `show ${word}`,
    group: 'Go to',
    label: word === 'outdated' ? 'Show old copies' : `Show pages: ${says}`,
    says: 'Pages',
    also: word,
    does: `/pages?freshness=${word}`,
  }
}

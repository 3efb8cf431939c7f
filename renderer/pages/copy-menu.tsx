import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { PageFilter, PageRow, PageSort } from '#shared/pages.ts'
import { client } from '#renderer/lib/client.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { copyText } from '#renderer/ui/copy-text.ts'
import { countOf } from '#renderer/ui/format.ts'
import { showDone } from '#renderer/ui/toast.tsx'
import { COPY_WAYS, COPY_WORDS, copyOf, type CopyWay } from './copy-as.ts'
import { isSelected, type PageSelection } from './page-selection.ts'

/** More than this belongs into a file. */
const COPIED_AT_MOST = 5_000
const ROWS_AT_ONCE = 500

interface CopyMenuProps {
  readonly selection: PageSelection
  readonly count: number
  /** The rows that were read so far. */
  readonly rows: readonly PageRow[]
  readonly filter: PageFilter
  readonly sort: PageSort
}

/** The selected pages as a text for somewhere else. */
export function CopyMenu({ selection, count, rows, filter, sort }: CopyMenuProps) {
  const site = useSite()
  const tooMany = count > COPIED_AT_MOST
  const zones = new Map(site.zones.map((zone) => [zone.id, zone]))
  const copy = async (way: CopyWay) => {
    try {
      const known = rows.filter(({ id }) => isSelected(selection, id))
      const all = known.length >= count ? known : await readSelected(site.id, selection, count, filter, sort)
      const text = copyOf(all, way, ({ zoneId }) => zones.get(zoneId) ?? { host: '', url: '' })
      await copyText(text, `${COPY_WORDS[way]} of ${countOf(all.length, 'page')}`)
    } catch (error) {
      showDone(describeFailure(error).message)
    }
  }
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={tooMany}
          title={tooMany ? 'More than 5,000 pages: export them into a file' : undefined}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          Copy
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {COPY_WAYS.map((way) => (
          <Menu.Item key={way} onClick={() => void copy(way)}>
            {COPY_WORDS[way]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Rows of a selection that reaches further than what was scrolled to. */
async function readSelected(siteId: string, selection: PageSelection, count: number, filter: PageFilter, sort: PageSort) {
  const found: PageRow[] = []
  for (let cursor: string | null = null; ;) {
    const part: { rows: PageRow[]; nextCursor: string | null } = await client.pages.list({
      siteId,
      filter,
      sort,
      cursor,
      limit: ROWS_AT_ONCE,
    })
    found.push(...part.rows.filter(({ id }) => isSelected(selection, id)))
    if (part.nextCursor === null || found.length >= count) return found
    cursor = part.nextCursor
  }
}

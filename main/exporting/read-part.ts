import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract.ts'
import type { ExportFormat, ExportPart, ExportWish } from '#shared/exporting.ts'
import {
  activityColumns,
  buildColumns,
  deliveryColumns,
  pageColumns,
  personColumns,
  planColumns,
  purgeColumns,
  siteColumns,
  tagColumns,
} from './columns.ts'
import { readPlace, writePart, type ExportColumn } from './write-part.ts'

/** The calls of the panel, as the person who exports: a list that a role may not see cannot be exported by it either. */
export type Calls = ContractRouterClient<Contract>

interface PartWish {
  readonly wish: ExportWish
  readonly format: ExportFormat
  readonly cursor: string | null
}

const numberOf = (cursor: string | null) => (cursor === null ? null : Number(cursor))
const textOf = (next: number | null) => (next === null ? null : String(next))

/** One part of a file, asked for with the calls of the screens. Throws what they throw. */
export async function readPart(part: PartWish, calls: Calls, zoneUrl: (zoneId: number) => string): Promise<ExportPart> {
  const { wish, format } = part
  const place = readPlace(part.cursor)
  const { cursor } = place
  const write = <Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[], next: string | null = null) =>
    writePart(format, columns, place, { rows, next })
  switch (wish.list) {
    case 'pages': {
      const { siteId, filter, sort } = wish
      const { rows, nextCursor } = await calls.pages.list({ siteId, filter, sort, cursor, limit: 500 })
      return write(pageColumns(zoneUrl), rows, nextCursor)
    }
    case 'tags': {
      const sort = { by: 'name', descending: false } as const
      const { rows, nextCursor } = await calls.tags.list({ siteId: wish.siteId, text: wish.text, sort, cursor, limit: 500 })
      return write(tagColumns, rows, nextCursor)
    }
    case 'purges': {
      const { siteId, month, filter } = wish
      const { rows, nextCursor } = await calls.budget.purges({ siteId, month, filter, cursor, limit: 200 })
      return write(purgeColumns, rows, nextCursor)
    }
    case 'deliveries': {
      const { siteId, sourceId } = wish
      const { rows, next } = await calls.hooks.deliveries({ siteId, sourceId, before: numberOf(cursor), limit: 200 })
      return write(deliveryColumns, rows, textOf(next))
    }
    case 'activity': {
      const { list: _list, ...filter } = wish
      const { rows, next } = await calls.activity.log({ ...filter, before: numberOf(cursor), limit: 200 })
      return write(activityColumns, rows, textOf(next))
    }
    case 'plans':
      return write(planColumns, await calls.plans.list({ siteId: wish.siteId }))
    case 'builds':
      return write(buildColumns, await calls.builds.list({ siteId: wish.siteId }))
    case 'people':
      return write(personColumns, await calls.people.list())
    case 'sites':
      return write(siteColumns, await calls.sites.list())
  }
}

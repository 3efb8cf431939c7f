import { keepPreviousData } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

const TAGS_SHOWN = 500

export const tagsQueries = {
  list: (siteId: string, text: string) =>
    orpc.tags.list.queryOptions({ input: { siteId, text, limit: TAGS_SHOWN }, placeholderData: keepPreviousData }),
  marks: (siteId: string) => orpc.tags.marks.queryOptions({ input: { siteId } }),
}

import { AdviceList } from '#renderer/advice/advice-list.tsx'
import { TagsScreen } from '#renderer/tags/tags-screen.tsx'

/** The tags, with what the site's history advises. */
export function TagsRoute() {
  return <TagsScreen advice={<AdviceList />} />
}

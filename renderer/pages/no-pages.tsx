import { Button } from '@mantine/core'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { useDiscover } from './mutations.ts'

interface NoPagesProps {
  readonly filtered: boolean
  readonly onClear: () => void
}

export function NoPages({ filtered, onClear }: NoPagesProps) {
  const site = useSite()
  const { mayAct } = useAccess()
  const acts = useActs()
  const discover = useDiscover()
  if (filtered) {
    return (
      <EmptyNote
        title="No page matches this filter"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filter
          </Button>
        }
      >
        Pages of every state would be here without it.
      </EmptyNote>
    )
  }
  return (
    <EmptyNote
      title="No pages are known yet"
      action={
        mayAct && (
          <>
            <Button loading={discover.isPending} onClick={() => discover.mutate({ siteId: site.id })}>
              Look for pages
            </Button>{' '}
            <Button variant="default" onClick={acts.findPages}>
              Find pages…
            </Button>
          </>
        )
      }
    >
      Every page of the site would be here with what visitors get of it. Frostline finds pages in robots.txt, sitemaps and the
      live release; a list, a crawl or a build folder can be added.
    </EmptyNote>
  )
}

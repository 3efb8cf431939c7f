import { Button } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { PagePanel } from './page-panel.tsx'
import classes from './page-panel.module.css'

/** One page over the whole screen, with an address of its own. */
export function PageScreen() {
  const pageId = Number(useParams()['pageId'])
  return (
    <Screen
      title="Page"
      actions={
        <Button component={Link} to={pageId > 0 ? `/pages?page=${pageId}` : '/pages'} variant="subtle">
          All pages
        </Button>
      }
    >
      {Number.isSafeInteger(pageId) && pageId > 0 ? (
        <div className={classes.full}>
          <PagePanel pageId={pageId} key={pageId} full />
        </div>
      ) : (
        <EmptyNote title="No such page">The address names no page. Choose one from the list.</EmptyNote>
      )}
    </Screen>
  )
}

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PageEntry } from '#shared/pages.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import { useNow } from '#renderer/ui/clock.ts'
import { useExpirePage, useRefreshPage } from './mutations.ts'
import { pagesQueries } from './queries.ts'
import classes from './page-panel.module.css'

/** What the renderer keeps of this page: the layer behind the edge. Nothing is shown of pages that it does not keep. */
export function PageEntrySection({ pageId }: { readonly pageId: number }) {
  const { mayAct } = useAccess()
  const { data: entry } = useQuery(pagesQueries.entry(pageId))
  const expire = useExpirePage()
  const refresh = useRefreshPage()
  if (!entry) return null
  const failed = [refresh, expire].find((call) => call.isError && call.variables.pageId === pageId)
  const busy = expire.isPending || refresh.isPending
  return (
    <section className={classes.section} aria-label="Renderer">
      <h3 className={classes.heading}>At the renderer</h3>
      <EntryState entry={entry} />
      <FactList
        facts={{
          Refreshed: <TimeAgo atMs={entry.refreshedAtMs} />,
          'Render took': `${entry.durationMs} ms`,
          Expires: entry.markedAtMs === null ? <TimeUntil atMs={entry.expiresAtMs} /> : 'marked as expired',
          Marked: entry.markedAtMs === null ? null : <TimeAgo atMs={entry.markedAtMs} />,
          Tags:
            entry.tags.length === 0 ? null : (
              <span className={classes.pills}>
                {entry.tags.map((tag) => (
                  <TagPill key={tag} tag={tag} />
                ))}
              </span>
            ),
        }}
      />
      {mayAct && (
        <div className={classes.entryActs}>
          <Button
            variant="default"
            disabled={busy || entry.markedAtMs !== null}
            loading={expire.isPending}
            onClick={() => expire.mutate({ pageId })}
          >
            Mark expired
          </Button>
          <Button variant="default" disabled={busy} loading={refresh.isPending} onClick={() => refresh.mutate({ pageId })}>
            Refresh now
          </Button>
        </div>
      )}
      {failed && <FailureNote {...describeFailure(failed.error)} />}
    </section>
  )
}

/** What a person has to know about it now; nothing while it is as it should be. */
function EntryState({ entry }: { readonly entry: PageEntry }) {
  const nowMs = useNow()
  if (entry.checkedAgainAtMs !== null && entry.checkedAgainAtMs > nowMs) {
    return (
      <p className={classes.note}>
        A refresh runs: the edge was given the old page once more. Checked again <TimeUntil atMs={entry.checkedAgainAtMs} />.
      </p>
    )
  }
  if (entry.refreshing) return <p className={classes.note}>It is being refreshed now.</p>
  if (entry.failure !== null) return <p className={classes.failed}>The last refresh failed: {entry.failure}</p>
  if (entry.markedAtMs === null) return null
  return <p className={classes.note}>It keeps the old page until it is refreshed. Refresh before you purge.</p>
}

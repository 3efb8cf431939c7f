import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RemovedSite } from '#shared/site-settings.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { DaysUntil, TimeAgo } from '#renderer/ui/time-text.tsx'
import { useEraseSite, useRestoreSite } from '../mutations.ts'
import { sitesQueries } from '../queries.ts'
import classes from './removal.module.css'

/** Sites that were removed and can come back. For owners. */
export function RemovedSites() {
  const { data: removed = [] } = useQuery(sitesQueries.removed())
  const restore = useRestoreSite()
  const [erasing, setErasing] = useState<RemovedSite | null>(null)
  if (removed.length === 0) return null
  return (
    <section className={classes.removed} aria-label="Removed sites">
      <h2>Removed sites</h2>
      <PlainTable
        label="Removed sites"
        columns={columns((site) => restore.mutate({ removedId: site.id }), setErasing)}
        rows={removed}
        rowKey={({ id }) => id}
      />
      {erasing && <EraseDialog site={erasing} onClose={() => setErasing(null)} />}
    </section>
  )
}

function columns(
  onRestore: (site: RemovedSite) => void,
  onErase: (site: RemovedSite) => void,
): readonly PlainColumn<RemovedSite>[] {
  return [
    { key: 'name', header: 'Name', cell: ({ name }) => name },
    {
      key: 'holds',
      header: 'Holds',
      width: 170,
      cell: ({ pages, zones }) => `${countOf(pages, 'page')}, ${countOf(zones, 'zone')}`,
    },
    {
      key: 'removed',
      header: 'Removed',
      width: 190,
      cell: ({ removedAtMs, removedBy }) => (
        <>
          <TimeAgo atMs={removedAtMs} /> by {removedBy}
        </>
      ),
    },
    {
      key: 'until',
      header: 'Gone for good',
      width: 130,
      cell: ({ untilMs, builtIn }) => (builtIn ? 'when you say so' : <DaysUntil atMs={untilMs} />),
    },
    {
      key: 'acts',
      header: 'What you can do',
      width: 250,
      cell: (site) => (
        <span className={classes.acts}>
          <Button size="compact-sm" variant="default" aria-label={`Restore ${site.name}`} onClick={() => onRestore(site)}>
            Restore
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`Remove for good: ${site.name}`}
            onClick={() => onErase(site)}
          >
            Remove for good…
          </Button>
        </span>
      ),
    },
  ]
}

function EraseDialog({ site, onClose }: { readonly site: RemovedSite; readonly onClose: () => void }) {
  const erase = useEraseSite(onClose)
  return (
    <Modal opened onClose={onClose} title={`Remove ${site.name} for good?`} size={440}>
      <p className={classes.sentence}>
        {site.builtIn
          ? `Its ${countOf(site.pages, 'page')} and their history are forgotten. The built-in site itself stays in this list, so that it can be brought back.`
          : `Its ${countOf(site.pages, 'page')}, their history, its hooks and its stored credentials are forgotten. This cannot be undone.`}{' '}
        The ledger and Activity stay.
      </p>
      <DialogFooter>
        <Button variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" loading={erase.isPending} onClick={() => erase.mutate({ removedId: site.id })}>
          Remove for good
        </Button>
      </DialogFooter>
    </Modal>
  )
}

import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { isReadable } from '#shared/hook-readings.ts'
import type { HookSource, SourceReveal } from '#shared/hook-sources.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useAskNow, useEnableSource, useRemoveSource, useRotateSource } from './mutations.ts'
import { ReadingDialog } from './reading-dialog.tsx'
import { AskedCell, ReadingNotes } from './reading-notes.tsx'
import { SourceRevealed } from './source-reveal.tsx'
import { healthOf, KIND_NAMES } from './source-words.ts'
import { StateMark } from './state-mark.tsx'
import classes from './hooks.module.css'

const LOOKS = { ok: 'ok', silent: 'none', off: 'none', refusing: 'bad', deaf: 'bad' } as const

const DEAF = 'Its secret is not in the vault of this machine, so nothing can be verified. Make a new address and secret.'

const columns: readonly PlainColumn<HookSource>[] = [
  { key: 'name', header: 'Source', cell: (source) => source.name },
  { key: 'kind', header: 'Kind', cell: (source) => <span className={classes.quiet}>{KIND_NAMES[source.kind]}</span> },
  { key: 'health', header: 'Health', width: 150, cell: (source) => <HealthCell source={source} /> },
  {
    key: 'last',
    header: 'Last delivery',
    width: 120,
    cell: ({ lastTakenAtMs }) => (lastTakenAtMs === null ? '–' : <TimeAgo atMs={lastTakenAtMs} />),
  },
  { key: 'asked', header: 'Asked', width: 148, cell: (source) => <AskedCell source={source} /> },
  { key: 'taken', header: 'Taken, 24 h', width: 100, align: 'right', cell: ({ taken }) => formatCount(taken) },
  { key: 'refused', header: 'Refused, 24 h', width: 110, align: 'right', cell: ({ refused }) => formatCount(refused) },
  { key: 'acts', header: 'More', width: 64, align: 'right', cell: (source) => <SourceMenu source={source} /> },
]

export function SourcesTable({ sources }: { readonly sources: readonly HookSource[] }) {
  return (
    <section className={classes.section} aria-label="Sources">
      <div className={classes.head}>
        <h2>Sources</h2>
      </div>
      <div className={classes.table}>
        <PlainTable label="Sources" columns={columns} rows={sources} rowKey={(source) => source.id} />
      </div>
      <ReadingNotes sources={sources} />
    </section>
  )
}

function HealthCell({ source }: { readonly source: HookSource }) {
  const { health, says } = healthOf(source)
  return (
    <StateMark
      look={LOOKS[health]}
      title={health === 'deaf' ? DEAF : health === 'refusing' ? source.lastRefusal?.reason : undefined}
    >
      {says}
    </StateMark>
  )
}

function SourceMenu({ source }: { readonly source: HookSource }) {
  const { mayAct, mayOwn } = useAccess()
  const [open, setOpen] = useState<'rotate' | 'remove' | 'reading' | null>(null)
  const [revealed, setRevealed] = useState<SourceReveal | null>(null)
  const ask = useAskNow()
  const enable = useEnableSource()
  const remove = useRemoveSource(() => setOpen(null))
  const rotate = useRotateSource((reveal) => {
    setOpen(null)
    setRevealed(reveal)
  })
  if (!mayAct) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`What can be done with ${source.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => enable.mutate({ sourceId: source.id, enabled: !source.enabled })}>
            {source.enabled ? 'Switch off' : 'Switch on'}
          </Menu.Item>
          {source.reading && <Menu.Item onClick={() => ask.mutate({ sourceId: source.id })}>Ask for changes now</Menu.Item>}
          {mayOwn && isReadable(source.kind) && <Menu.Item onClick={() => setOpen('reading')}>Ask it for changes…</Menu.Item>}
          {mayOwn && <Menu.Item onClick={() => setOpen('rotate')}>New address and secret…</Menu.Item>}
          {mayOwn && (
            <Menu.Item color="red" onClick={() => setOpen('remove')}>
              Remove…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={open === 'rotate'}
        onClose={() => setOpen(null)}
        title={`New address and secret for ${source.name}`}
        size={440}
      >
        The address and the secret of now stop working at once. What is sent there until the sender has the new ones is refused.
        <DialogFooter>
          <Button variant="default" data-autofocus onClick={() => setOpen(null)}>
            Cancel
          </Button>
          <Button loading={rotate.isPending} onClick={() => rotate.mutate({ sourceId: source.id })}>
            Make new ones
          </Button>
        </DialogFooter>
      </Modal>
      <Modal opened={open === 'remove'} onClose={() => setOpen(null)} title={`Remove ${source.name}`} size={440}>
        Its deliveries, what is kept of its content and the rules that wait for it are removed with it. Nothing changes at the
        sender: switch its webhook off there.
        <DialogFooter>
          <Button variant="default" data-autofocus onClick={() => setOpen(null)}>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ sourceId: source.id })}>
            Remove {source.name}
          </Button>
        </DialogFooter>
      </Modal>
      {open === 'reading' && isReadable(source.kind) && (
        <ReadingDialog source={source} kind={source.kind} onClose={() => setOpen(null)} />
      )}
      {revealed && (
        <Modal
          opened
          onClose={() => setRevealed(null)}
          title={source.name}
          size={620}
          closeOnClickOutside={false}
          closeOnEscape={false}
        >
          <SourceRevealed kind={source.kind} reveal={revealed} onDone={() => setRevealed(null)} />
        </Modal>
      )}
    </>
  )
}

import { Button } from '@mantine/core'
import type { Deploy } from '#shared/deploys.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { Causes } from './build-words.tsx'
import { ChangeMarks, DeployMark } from './deploy-words.tsx'
import classes from './deploys.module.css'

const columns: readonly PlainColumn<Deploy>[] = [
  {
    key: 'title',
    header: 'Deploy',
    cell: ({ title, releaseId }) => (
      <span title={title}>
        {title}
        <code className={classes.id}>{releaseId}</code>
      </span>
    ),
  },
  { key: 'state', header: 'State', width: 168, cell: (deploy) => <DeployMark deploy={deploy} /> },
  {
    key: 'because',
    header: 'Because',
    cell: (deploy) => <Causes of={deploy} />,
  },
  { key: 'when', header: 'Built', width: 108, cell: ({ builtAtMs }) => <TimeAgo atMs={builtAtMs} /> },
  {
    key: 'took',
    header: 'Took',
    width: 104,
    align: 'right',
    cell: ({ durationMs }) => (durationMs === null ? null : formatDuration(durationMs)),
  },
  { key: 'changes', header: 'Pages changed', width: 120, cell: ({ changes }) => <ChangeMarks changes={changes} /> },
]

interface DeploysTableProps {
  readonly deploys: readonly Deploy[]
  /** False: for people who only look, and while a switch is under way. */
  readonly mayAct: boolean
  readonly onOpen: (deploy: Deploy) => void
  readonly isOpen: (deploy: Deploy) => boolean
  readonly onSwitch: (deploy: Deploy) => void
}

/** The releases of the site, the newest first: what each changed, and the way back to it. */
export function DeploysTable({ deploys, mayAct, onOpen, isOpen, onSwitch }: DeploysTableProps) {
  const live = deploys.findIndex(({ state }) => state === 'live')
  return (
    <PlainTable
      label="Deploys"
      columns={[...columns, actColumn(mayAct, onSwitch, (deploy) => live >= 0 && deploys.indexOf(deploy) > live)]}
      rows={deploys}
      rowKey={(deploy) => deploy.releaseId}
      onOpen={onOpen}
      isOpen={isOpen}
    />
  )
}

function actColumn(
  mayAct: boolean,
  onSwitch: (deploy: Deploy) => void,
  isOlder: (deploy: Deploy) => boolean,
): PlainColumn<Deploy> {
  const cell = (deploy: Deploy) => (
    <>
      {deploy.hasLog && <span className={classes.log}>Log</span>}
      {mayAct && deploy.state !== 'live' && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={deploy.fixed !== null}
          title={deploy.fixed ?? (neverLive(deploy, isOlder(deploy)) ? 'It is older than what visitors get.' : undefined)}
          onClick={(event) => {
            event.stopPropagation()
            onSwitch(deploy)
          }}
        >
          {verbOf(deploy, isOlder(deploy))}
        </Button>
      )}
    </>
  )
  return { key: 'act', header: '', width: 172, align: 'right', cell }
}

const neverLive = ({ state }: Deploy, isOlder: boolean) => state === 'unpublished' && isOlder

function verbOf(deploy: Deploy, isOlder: boolean): string {
  if (deploy.state === 'unpublished') return 'Publish…'
  return isOlder ? 'Roll back…' : 'Go forward…'
}

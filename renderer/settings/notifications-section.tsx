import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { NOTICE_KINDS } from '#shared/notices.ts'
import { useAccess } from '#renderer/lib/access.ts'
import {
  askForBrowserNotices,
  useBrowserNotices,
  wantBrowserNotices,
  type BrowserNotices,
} from '#renderer/lib/browser-notices.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { desktopQueries, useSaveNotices } from './desktop-queries.ts'
import { NOTICE_WORDS } from './notice-words.ts'
import desktopClasses from './desktop.module.css'
import classes from './settings.module.css'

/** What people are told of while the panel is not in front of them. */
export function NotificationsSection() {
  const { mayOwn } = useAccess()
  const settings = useQuery(desktopQueries.notices())
  const save = useSaveNotices()
  if (settings.isError) return <FailureNote {...describeFailure(settings.error)} onTryAgain={() => void settings.refetch()} />
  const wanted = settings.data
  if (!wanted) return <LateSkeleton />
  return (
    <>
      <Here />
      <section className={classes.card} aria-label="What is told">
        <h2>What is told</h2>
        <p className={classes.quiet}>
          To everybody who has notifications on.{' '}
          {mayOwn ? 'They name the site and counts, never an address or a secret.' : 'Only owners can change this.'}
        </p>
        {NOTICE_KINDS.map((kind) => (
          <Switch
            key={kind}
            size="sm"
            classNames={{ description: desktopClasses.says ?? '' }}
            label={NOTICE_WORDS[kind].name}
            description={NOTICE_WORDS[kind].says}
            checked={wanted[kind]}
            disabled={!mayOwn || save.isPending}
            onChange={(event) => save.mutate({ wanted: { ...wanted, [kind]: event.currentTarget.checked } })}
          />
        ))}
      </section>
    </>
  )
}

const SAYS: Readonly<Record<BrowserNotices, string>> = {
  shell: 'The desktop window shows them while it is not in front of you. A click opens what it is about.',
  unsupported: 'This browser has no notifications.',
  'not-asked': 'They are shown by this browser while the panel is open and not in front of you. The browser asks you first.',
  refused: 'This browser was told not to show them. Allow notifications for this address in the browser’s own settings.',
  off: 'This browser may show them, and does not.',
  on: 'Shown by this browser while the panel is open and not in front of you. A click opens what it is about.',
}

function Here() {
  const state = useBrowserNotices()
  return (
    <section className={classes.card} aria-label="Here">
      <h2>{state === 'shell' ? 'On this machine' : 'In this browser'}</h2>
      <p>{SAYS[state]}</p>
      <div className={classes.buttons}>
        {state === 'not-asked' && <Button onClick={() => void askForBrowserNotices()}>Show notifications here…</Button>}
        {state === 'off' && <Button onClick={() => wantBrowserNotices(true)}>Show notifications here</Button>}
        {state === 'on' && (
          <Button variant="default" onClick={() => wantBrowserNotices(false)}>
            Stop showing them here
          </Button>
        )}
      </div>
    </section>
  )
}

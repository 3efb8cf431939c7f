import { Button } from '@mantine/core'
import type { LaterSwitch } from '#shared/deploys.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useCancelLater } from './mutations.ts'
import classes from './deploys.module.css'

/** A change of release that waits until what is under way has ended, or why it did not begin. */
export function LaterBanner({ later, mayAct }: { readonly later: LaterSwitch; readonly mayAct: boolean }) {
  const site = useSite()
  const cancel = useCancelLater()
  const release = `“${later.to.title}” (${later.to.id})`
  const failed = later.problem !== null
  return (
    <section className={classes.banner} aria-label={failed ? 'Did not begin' : 'Waits to begin'}>
      <div>
        <p>
          <strong>{failed ? `Visitors were not given ${release}` : `Visitors get ${release} in a moment`}</strong>{' '}
          <span className={classes.quiet}>
            asked for <TimeAgo atMs={later.sinceMs} /> by {later.by}
          </span>
        </p>
        <p className={failed ? classes.problem : undefined}>
          {later.problem ??
            `${later.waitsFor ?? 'Something was under way a moment ago.'} When that has ended, this begins by itself, also after a restart. Until it has begun, no other purge starts, and no build by itself.`}
        </p>
      </div>
      {mayAct && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ siteId: site.id })}>
          {failed ? 'Dismiss' : 'Cancel'}
        </Button>
      )}
    </section>
  )
}

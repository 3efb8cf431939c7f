import { Button } from '@mantine/core'
import type { Pin } from '#shared/deploys.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useUnpin } from './mutations.ts'
import classes from './deploys.module.css'

interface PinBannerProps {
  readonly pin: Pin
  readonly mayAct: boolean
  /** Shows what going to a release would do. */
  readonly onSwitch: (release: { readonly id: string; readonly title: string }) => void
}

/** Says that the site is held at a release, and how to let it go on. */
export function PinBanner({ pin, mayAct, onSwitch }: PinBannerProps) {
  const site = useSite()
  const unpin = useUnpin()
  const { forward, overruledBy, release } = pin
  const leadsOn = forward !== null && forward.id !== overruledBy?.id
  return (
    <section className={classes.banner} aria-label="Pinned">
      <div>
        <p>
          <strong>
            Pinned to “{release.title}” ({release.id})
          </strong>{' '}
          <span className={classes.quiet}>
            <TimeAgo atMs={pin.sinceMs} /> by {pin.by}
          </span>
        </p>
        {overruledBy ? (
          <p className={classes.problem}>
            Visitors get “{overruledBy.title}” ({overruledBy.id}) all the same: somebody published it outside Frostline.
          </p>
        ) : (
          <p>A rebuild is built and stays unpublished to visitors while the site is pinned.</p>
        )}
      </div>
      {mayAct && overruledBy && (
        <Button variant="default" onClick={() => onSwitch(release)}>
          Roll back again…
        </Button>
      )}
      {mayAct && (
        <Button
          variant="default"
          loading={unpin.isPending}
          onClick={() => (leadsOn ? onSwitch(forward) : unpin.mutate({ siteId: site.id }))}
        >
          {leadsOn ? `Unpin and go forward to ${forward.id}…` : 'Unpin'}
        </Button>
      )}
    </section>
  )
}

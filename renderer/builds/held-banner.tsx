import { Button } from '@mantine/core'
import type { Published } from '#shared/published.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { shortId } from './build-words.tsx'
import { useLetGo } from './mutations.ts'
import classes from './deploys.module.css'

/** Says that the build service itself holds the site at a deploy, and how to let it go on. */
export function HeldBanner({ held }: { readonly held: NonNullable<Published['held']> }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const letGo = useLetGo()
  return (
    <section className={classes.banner} aria-label="Locked">
      <div>
        <p>
          <strong>
            Locked to {held.title === null ? held.releaseId : `“${held.title}” (${shortId(held.releaseId)})`} at{' '}
            {site.builder?.host}
          </strong>
        </p>
        <p>What is built stays unpublished, and nothing is built by itself.</p>
      </div>
      {mayAct && (
        <Button
          variant="default"
          loading={letGo.isPending}
          onClick={() => letGo.mutate({ siteId: site.id })}
          title="The next build that succeeds is published. Visitors keep what they get until then."
        >
          Unlock
        </Button>
      )}
    </section>
  )
}

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { usePlanPurgeOf } from './mutations.ts'
import { deploysQueries } from './queries.ts'
import classes from './builds.module.css'

/** What it takes to have visitors see what a release has changed. */
export function ReleasePurge({ releaseId }: { readonly releaseId: string }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const navigate = useNavigate()
  const found = useQuery(deploysQueries.purgeOf(site.id, releaseId))
  const plan = usePlanPurgeOf((planId) => void navigate(`/purges/${planId}`))
  const purge = found.data
  if (!purge) return null
  if (purge.itemCount === 0) return <p className={classes.quiet}>The edge holds no old copy of what it changed.</p>
  return (
    <div className={classes.purge}>
      <span>
        The edge holds old copies of {countOf(purge.pageCount, 'page')}: {countOf(purge.itemCount, 'purge item')},{' '}
        <PriceText
          microDollars={purge.priceMicroDollars}
          items={purge.itemCount}
          freeBefore={purge.allowanceBefore}
          atMost={purge.allowanceAtMost}
        />
        {purge.alsoCold > 0 && `, and ${formatCount(purge.alsoCold)} other pages go cold`}.
      </span>
      {mayAct && (
        <Button variant="default" loading={plan.isPending} onClick={() => plan.mutate({ siteId: site.id, releaseId })}>
          Plan the purge…
        </Button>
      )}
    </div>
  )
}

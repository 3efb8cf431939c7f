import { Checkbox, NumberInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CrawlLimits } from '#shared/discovery.ts'
import type { Site } from '#shared/sites.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { countOf } from '#renderer/ui/format.ts'
import { useFind } from './mutations.ts'
import { discoveryQueries } from './queries.ts'
import { SourceFrame } from './source-frame.tsx'
import classes from './discovery.module.css'

interface SourceProps {
  readonly site: Site
  readonly onStarted: (jobId: string) => void
}

const FIELDS: readonly { readonly name: keyof CrawlLimits; readonly label: string; readonly decimals?: boolean }[] = [
  { name: 'pagesAtMost', label: 'Requests at most' },
  { name: 'rendersAtMost', label: 'Renders at most' },
  { name: 'depthAtMost', label: 'Links deep' },
  { name: 'requestsPerSecond', label: 'Requests a second, each host', decimals: true },
  { name: 'atOnce', label: 'At once, each host' },
]

/** Says what it may cost before it starts. */
export function CrawlSource({ site, onStarted }: SourceProps) {
  const [typed, setTyped] = useState<Record<keyof CrawlLimits, number | string>>(CrawlLimits.parse({}))
  const [goOn, setGoOn] = useState(false)
  const read = CrawlLimits.safeParse(typed)
  const [asked] = useDebouncedValue(read.success ? read.data : CrawlLimits.parse({}), 200)
  const cost = useQuery(discoveryQueries.crawlCost(site.id, asked))
  const find = useFind(onStarted)
  const wrong = (name: string) => (read.success ? undefined : read.error.issues.find((issue) => issue.path[0] === name)?.message)
  const waiting = cost.data?.waiting ?? 0
  return (
    <SourceFrame
      does="Follows the links of the pages from each zone’s front page, as far as robots.txt allows. For sites whose sitemap is missing or not whole."
      costs={cost.data?.sentence ?? '…'}
      limits="This site’s hosts only. Links marked nofollow are left alone. Cancel in the jobs menu keeps what was found, and a later crawl can go on from there."
      button={goOn && waiting > 0 ? 'Go on' : 'Crawl'}
      ready={read.success && cost.data !== undefined}
      busy={find.isPending}
      failure={find.isError ? describeFailure(find.error) : null}
      onStart={() =>
        read.success && find.mutate({ siteId: site.id, source: { kind: 'crawl', limits: read.data, goOn: goOn && waiting > 0 } })
      }
    >
      <div className={classes.grid}>
        {FIELDS.map(({ name, label, decimals = false }) => (
          <NumberInput
            key={name}
            label={label}
            hideControls
            allowDecimal={decimals}
            thousandSeparator=","
            value={typed[name]}
            error={wrong(name)}
            onChange={(value) => setTyped((now) => ({ ...now, [name]: value }))}
          />
        ))}
      </div>
      {waiting > 0 && (
        <Checkbox
          size="xs"
          label={`Go on where the last crawl ended: ${countOf(waiting, 'address', 'addresses')} wait`}
          checked={goOn}
          onChange={(event) => setGoOn(event.currentTarget.checked)}
        />
      )}
    </SourceFrame>
  )
}

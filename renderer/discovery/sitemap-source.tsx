import type { Site } from '#shared/sites.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useFind } from './mutations.ts'
import { SourceFrame } from './source-frame.tsx'

interface SourceProps {
  readonly site: Site
  readonly onStarted: (jobId: string) => void
}

export function SitemapSource({ site, onStarted }: SourceProps) {
  const find = useFind(onStarted)
  return (
    <SourceFrame
      does="Reads robots.txt of every zone and the sitemaps that it names, or /sitemap.xml: indexes, packed files, plain lists and translations. Frostline also does this by itself from time to time."
      costs="One request for each file. Nothing is rendered or purged; up to 20 new pages are checked afterwards."
      limits="2,000 files of 50 MiB each, 2,000,000 pages, addresses of this site’s zones only."
      button="Read the sitemaps"
      busy={find.isPending}
      failure={find.isError ? describeFailure(find.error) : null}
      onStart={() => find.mutate({ siteId: site.id, source: { kind: 'sitemaps' } })}
    />
  )
}

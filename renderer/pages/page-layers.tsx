import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { pairHeaders } from '#shared/header-pairs.ts'
import type { Layer, Layers } from '#shared/layers.ts'
import type { PageDetail } from '#shared/pages.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatBytes, formatDuration } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { LayerRow, LayersTable } from './layers-table.tsx'
import { pagesQueries } from './queries.ts'
import classes from './page-layers.module.css'

/** The edge's copy beside the origin's: what each answered, with differences marked. The origin is asked on demand. */
export function PageLayers({ page }: { readonly page: PageDetail }) {
  const stored = useQuery(pagesQueries.edgeLayer(page.id, page.observedAtMs))
  const asked = useQuery(pagesQueries.originLayer(page.id))
  if (stored.isError) return <FailureNote {...describeFailure(stored.error)} onTryAgain={() => void stored.refetch()} />
  if (!stored.data) return <LateSkeleton rows={4} />
  const origin = asked.data?.origin ?? stored.data.origin
  const { edge } = stored.data
  const left = edge.state === 'seen' ? edge.layer : null
  const right = origin.state === 'seen' ? origin.layer : null
  return (
    <section aria-label="Layers" className={classes.layers}>
      <div className={classes.ask}>
        <p className={classes.cost}>{stored.data.cost}</p>
        <Button variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          {origin.state === 'not-asked' ? 'Ask the origin' : 'Ask again'}
        </Button>
      </div>
      {asked.isError && <FailureNote {...describeFailure(asked.error)} />}
      {left && right && <SameBytes edge={left} origin={right} />}
      <LayersTable edgeTitle={edgeTitle(edge)} originTitle={originTitle(origin)}>
        {facts(left, right)}
        {pairHeaders(withoutEtag(left), withoutEtag(right)).map((pair) => (
          <LayerRow
            key={pair.name}
            name={pair.name}
            mono
            edge={left && (pair.edge ?? <None />)}
            origin={right && (pair.origin ?? <None />)}
            differs={left !== null && right !== null && pair.difference === 'differs'}
            quiet={pair.difference === 'edge-own'}
          />
        ))}
      </LayersTable>
    </section>
  )
}

/** It has a line of its own above. */
const withoutEtag = (layer: Layer | null) => layer?.headers.filter(([name]) => name !== 'etag') ?? []

function edgeTitle(edge: Layers['edge']) {
  if (edge.state === 'none') return <span className={classes.why}>{edge.why}</span>
  return (
    <>
      seen <TimeAgo atMs={edge.layer.atMs} />
      {edge.vantage !== null && ` from here (${edge.vantage})`}
    </>
  )
}

function originTitle(origin: Layers['origin']) {
  switch (origin.state) {
    case 'not-asked':
      return 'not asked yet'
    case 'failed':
      return <span className={classes.why}>cannot be asked: {origin.why}</span>
    case 'seen':
      return (
        <>
          asked <TimeAgo atMs={origin.layer.atMs} /> ({origin.askedHost})
        </>
      )
  }
}

function SameBytes({ edge, origin }: { readonly edge: Layer; readonly origin: Layer }) {
  const same = edge.bodyHash === origin.bodyHash
  return (
    <p className={classes.bytes} data-same={same} role="status">
      {same
        ? 'Both have the same bytes.'
        : 'They have other bytes: the copy seen at the edge is not what the origin gives now. The body diff shows where.'}
    </p>
  )
}

type Shown = (layer: Layer) => string | null

const FACTS: readonly (readonly [name: string, shown: Shown, compared: boolean])[] = [
  ['Status', (layer) => String(layer.status), true],
  ['Age when asked', (layer) => formatDuration(layer.ageSeconds * 1_000), false],
  ['Lifetime', lifetimeOf, true],
  ['Rule', ruleOf, true],
  ['ETag', (layer) => layer.etag, true],
  ['Hash', (layer) => layer.bodyHash, true],
  ['Size', (layer) => (layer.sizeBytes === null ? null : formatBytes(layer.sizeBytes)), true],
]

function facts(edge: Layer | null, origin: Layer | null) {
  const both = edge !== null && origin !== null
  return [
    ...FACTS.map(([name, shown, compared]) => {
      const [left, right] = [edge && shown(edge), origin && shown(origin)]
      return (
        <LayerRow
          key={`fact ${name}`}
          name={name}
          mono={name === 'Hash' || name === 'ETag'}
          edge={edge && (left ?? <None />)}
          origin={origin && (right ?? <None />)}
          differs={both && compared && left !== null && right !== null && left !== right}
        />
      )
    }),
    <LayerRow
      key="fact Tags"
      name="Tags"
      edge={edge && <Tags tags={edge.tags} />}
      origin={origin && <Tags tags={origin.tags} />}
      differs={both && tagsOf(edge) !== tagsOf(origin)}
    />,
  ]
}

function lifetimeOf({ lifetimeSeconds }: Layer): string | null {
  if (lifetimeSeconds === null) return null
  return lifetimeSeconds === 0 ? 'none: asked every time' : formatDuration(lifetimeSeconds * 1_000)
}

function ruleOf({ lifetimeRule, lifetimeBasis }: Layer): string | null {
  if (lifetimeRule === null) return null
  return `${lifetimeRule} (${lifetimeBasis === 'headers' ? 'as the headers claim' : "by the edge's policy"})`
}

const tagsOf = (layer: Layer) =>
  layer.tags
    .map(({ tag }) => tag.toLowerCase())
    .sort()
    .join(' ')

function None() {
  return <span className={classes.none}>–</span>
}

function Tags({ tags }: { readonly tags: Layer['tags'] }) {
  if (tags.length === 0) return <None />
  return (
    <ul className={classes.tags}>
      {tags.map(({ tag, html, header }) => (
        <li key={tag}>
          <Link to={`/pages?tag=${encodeURIComponent(tag)}`}>
            <TagPill tag={tag} />
          </Link>
          <span className={classes.source}>{html && header ? 'page and header' : html ? 'page only' : 'header only'}</span>
        </li>
      ))}
    </ul>
  )
}

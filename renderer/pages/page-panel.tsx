import { ActionIcon, Button, Tabs } from '@mantine/core'
import { IconArrowsDiagonal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { PageDetail } from '#shared/pages.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { PathText } from '#renderer/ui/path-text.tsx'
import { describeFailure } from '#renderer/lib/failure.ts'
import { whyPath } from '#renderer/lib/why-address.ts'
import { Chain } from '#renderer/ui/chain.tsx'
import { CopyLinkButton } from '#renderer/ui/copy-link-button.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { lastCheckFailed } from './freshness-cell.tsx'
import { PageBodyDiff } from './page-body-diff.tsx'

import { PageEntrySection } from './page-entry.tsx'
import { PageFacts } from './page-facts.tsx'
import { PageHistory } from './page-history.tsx'
import { PageLayers } from './page-layers.tsx'
import { PageRaw } from './page-raw.tsx'
import { pagesQueries } from './queries.ts'
import classes from './page-panel.module.css'

interface PagePanelProps {
  readonly pageId: number
  /** It fills the screen, so there is nothing to open wider. */
  readonly full?: boolean
}

/** One page: the sentence that says what visitors get, the way of its content to them, and the evidence below. */
export function PagePanel({ pageId, full = false }: PagePanelProps) {
  const detail = useQuery(pagesQueries.get(pageId))
  if (detail.isError)
    return (
      <div className={classes.panel}>
        <FailureNote {...describeFailure(detail.error)} onTryAgain={() => void detail.refetch()} />
      </div>
    )
  if (!detail.data) return <LateSkeleton />
  const page = detail.data
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <div className={classes.name}>
          <h2 className={classes.path}>
            <PathText path={page.path} />
          </h2>
          <a className={classes.host} href={page.url} target="_blank" rel="noreferrer">
            {page.zoneHost}
          </a>
        </div>
        <span className={classes.tools}>
          <CopyLinkButton link={{ kind: 'page', site: page.zoneHost, path: page.path }} />
          {!full && (
            <ActionIcon
              component={Link}
              to={`/pages/${page.id}`}
              variant="subtle"
              color="gray"
              aria-label="Open wide"
              title="Open wide"
            >
              <IconArrowsDiagonal size={16} />
            </ActionIcon>
          )}
        </span>
      </div>
      <Verdict page={page} />
      <Chain chain={page.chain} />
      <PageActs page={page} />
      <PageFacts page={page} />
      <PageEntrySection pageId={page.id} />
      <PageTabs page={page} />
    </div>
  )
}

function Verdict({ page }: { readonly page: PageDetail }) {
  const failed = lastCheckFailed(page)
  return (
    <section className={classes.verdict} aria-label="What visitors get">
      <FreshnessMark word={page.word} proven={page.proven} />
      <p className={classes.sentence}>{page.sentence}</p>
      {failed !== null && <p className={classes.failed}>{failed}</p>}
      {page.filledByCheck && page.firstAnswer !== null && (
        <p className={classes.quiet}>The first answer of the check: {page.firstAnswer}.</p>
      )}
    </section>
  )
}

function PageActs({ page }: { readonly page: PageDetail }) {
  const acts = useActs()
  const { mayAct } = useAccess()
  const target: Target = { selection: { kind: 'pages', pageIds: [page.id] }, words: page.path }
  return (
    <div className={classes.acts}>
      <Button variant="default" onClick={() => acts.check(target)}>
        Check
      </Button>
      <Button variant="default" component={Link} to={whyPath({ url: page.url, atMs: null })}>
        Why?
      </Button>
      {mayAct && (
        <Button variant="default" onClick={() => acts.plan(target)}>
          Plan
        </Button>
      )}
      {mayAct && (
        <Button variant="default" onClick={() => acts.markAsChanged(target)}>
          Mark as changed…
        </Button>
      )}
    </div>
  )
}

const TABS = [
  { key: 'layers', label: 'Layers', Content: PageLayers },
  { key: 'body', label: 'Body diff', Content: PageBodyDiff },
  { key: 'history', label: 'History', Content: PageHistory },
  { key: 'raw', label: 'Raw', Content: PageRaw },
] as const

function PageTabs({ page }: { readonly page: PageDetail }) {
  const [search, setSearch] = useSearchParams()
  const tab = TABS.find(({ key }) => key === search.get('tab')) ?? TABS[0]
  const choose = (key: string | null) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now)
        next.set('tab', key ?? TABS[0].key)
        return next
      },
      { replace: true },
    )
  return (
    <Tabs className={classes.tabs} value={tab.key} onChange={choose} keepMounted={false}>
      <Tabs.List aria-label="Evidence">
        {TABS.map(({ key, label }) => (
          <Tabs.Tab key={key} value={key}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map(({ key, Content }) => (
        <Tabs.Panel key={key} value={key} pt={10}>
          <Content page={page} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

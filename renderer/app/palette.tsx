import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useContext, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { automationQueries, useSetPaused } from '#renderer/automation/queries.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { paletteStore } from '#renderer/lib/palette.ts'
import { looksLikeAddress, whyPath } from '#renderer/lib/why-address.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { tagsQueries } from '#renderer/tags/queries.ts'
import { freshnessLook } from '#renderer/ui/freshness-words.ts'

interface PaletteProps {
  readonly sites: readonly Site[]
  readonly onChooseSite: (siteId: string) => void
}

const PAUSE_MS = 150

/** Every screen, act, page, tag and site by a few letters. */
export function Palette({ sites, onChooseSite }: PaletteProps) {
  const site = useContext(CurrentSite)
  const acts = useActs()
  const { mayAct, mayOwn } = useAccess()
  const navigate = useNavigate()
  const pause = useQuery(automationQueries.pause())
  const setPaused = useSetPaused()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const pages = useQuery(pagesQueries.find(site?.id ?? '', site ? asked : ''))
  const tags = useQuery({ ...tagsQueries.find(site?.id ?? '', asked), enabled: site !== null && asked.length > 1 })
  const go = (label: string, to: string): SpotlightActionData => ({
    id: `go ${to}`,
    label,
    description: 'Screen',
    onClick: () => void navigate(to),
  })
  const act = (label: string, description: string, onClick: () => void): SpotlightActionData => ({
    id: `act ${label}`,
    label,
    description,
    onClick,
  })
  const why = (url: string): SpotlightActionData => ({
    id: 'why',
    label: `Why is ${url} old?`,
    description: 'Asks every layer between the visitor and the content',
    keywords: url,
    onClick: () => void navigate(whyPath({ url, atMs: null })),
  })
  const actions = [
    // What was typed last, so that pasting and Enter at once finds it.
    ...(looksLikeAddress(text) ? [why(text.trim())] : []),
    go('Home', '/home'),
    go('Pages', '/pages'),
    go('Tags', '/tags'),
    go('Purges', '/purges'),
    go('Budget', '/budget'),
    go('Builds', '/builds'),
    go('Hooks', '/hooks'),
    go('Activity', '/activity'),
    go('Why?', '/why'),
    go('Sites', '/sites'),
    ...(site && mayAct
      ? [
          act('Rebuild now', 'Makes the whole site new', acts.rebuild),
          act('New purge…', 'From pasted paths or addresses', acts.newPurge),
          act('Purge everything…', 'For incidents: says first what filling the edge again takes', acts.purgeEverything),
          act('Find pages…', 'From sitemaps, a crawl, a list or a build', acts.findPages),
          act('Mark as changed…', 'A tag whose content has changed', () => acts.markAsChanged(null)),
          act('Show old copies', 'Pages', () => void navigate('/pages?freshness=outdated')),
        ]
      : []),
    ...(mayAct && pause.data !== undefined
      ? [
          pause.data === null
            ? act('Pause all automation', 'Schedules and what starts by itself', () => setPaused.mutate({ paused: true }))
            : act('Resume automation', 'Schedules and what starts by itself', () => setPaused.mutate({ paused: false })),
        ]
      : []),
    ...(mayOwn ? [act('Add site…', 'Sites', () => void navigate('/sites?add=site'))] : []),
    ...sites
      .filter((other) => other.id !== site?.id)
      .map((other) => act(`Go to ${other.name}`, 'Site', () => onChooseSite(other.id))),
  ]
  const found = [
    ...(pages.data?.rows ?? []).map((row): SpotlightActionData => ({
      id: `page ${row.id}`,
      label: row.path,
      description: ['Page', site && hostOf(site, row.zoneId), freshnessLook(row.word, row.proven).says]
        .filter(Boolean)
        .join(' · '),
      keywords: asked,
      onClick: () => void navigate(`/pages?text=${encodeURIComponent(row.path)}&page=${row.id}`),
    })),
    ...(tags.data?.rows ?? []).slice(0, 6).map((row): SpotlightActionData => ({
      id: `tag ${row.tag}`,
      label: row.tag,
      description: 'Tag',
      keywords: asked,
      onClick: () => void navigate(`/pages?tag=${encodeURIComponent(row.tag)}`),
    })),
  ]
  const arrived = asked.length > 1 ? found.length : 0
  useEffect(() => {
    if (arrived > 0) selectFirst()
  }, [arrived])
  return (
    <Spotlight
      store={paletteStore}
      shortcut={['mod + K', '/']}
      query={text}
      onQueryChange={setText}
      actions={asked.length > 1 ? [...actions, ...found] : actions}
      limit={16}
      nothingFound="No screen, act, page or tag has this in it"
      highlightQuery
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': 'Search or do anything' } }}
      searchProps={{ placeholder: 'Search or do anything…', 'aria-label': 'Search or do anything' }}
    />
  )
}

/** A site of one zone needs no host to tell its pages apart. */
function hostOf(site: Site, zoneId: number): string | undefined {
  return site.zones.length < 2 ? undefined : site.zones.find((zone) => zone.id === zoneId)?.host
}

/** The palette selects by itself when its text changes, and what is found arrives later: Enter must do something then, too. */
function selectFirst(): void {
  const list = document.getElementById(paletteStore.getState().listId)
  if (!list || list.querySelector('[data-selected]')) return
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  paletteStore.updateState((state) => ({ ...state, selected: 0 }))
}

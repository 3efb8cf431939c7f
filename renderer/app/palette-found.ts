import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { panelAddressOf } from '#shared/deep-link.ts'
import type { Site } from '#shared/sites.ts'
import { buildsQueries } from '#renderer/builds/queries.ts'
import type { Command } from '#renderer/lib/commands.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { looksLikeAddress, whyPath } from '#renderer/lib/why-address.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { viewAddress } from '#renderer/pages/view-address.ts'
import { viewsQueries } from '#renderer/pages/view-queries.ts'
import { plansQueries } from '#renderer/plans/queries.ts'
import { tagsQueries } from '#renderer/tags/queries.ts'
import { freshnessLook } from '#renderer/ui/freshness-words.ts'

/** A pasted address is a question, a pasted link is opened: known at once, so that pasting and Enter is enough. */
export function askedNow(text: string): Command[] {
  const asked = text.trim()
  const to = panelAddressOf(asked)
  if (to !== null) return [{ id: 'open link', group: 'Asked now', label: 'Open this link', says: asked, does: to }]
  if (!looksLikeAddress(asked)) return []
  return [
    {
      id: 'why',
      group: 'Asked now',
      label: `Why is ${asked} old?`,
      says: 'Asks every layer between the visitor and the content',
      does: whyPath({ url: asked, atMs: null }),
    },
  ]
}

/** What has to be looked for: pages, tags, views, purges and builds. */
export function useFoundCommands(asked: string): { readonly commands: readonly Command[]; readonly isPending: boolean } {
  const site = useContext(CurrentSite)
  const siteId = site?.id ?? ''
  const enabled = site !== null && asked.length > 1
  const pages = useQuery({ ...pagesQueries.find(siteId, asked), enabled })
  const tags = useQuery({ ...tagsQueries.find(siteId, asked), enabled })
  const views = useQuery({ ...viewsQueries.list(siteId), enabled })
  const plans = useQuery({ ...plansQueries.list(siteId), enabled })
  const builds = useQuery({ ...buildsQueries.list(siteId), enabled })
  const all = [pages, tags, views, plans, builds]
  if (!enabled) return { commands: [], isPending: false }
  return {
    isPending: all.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
    commands: [
      ...(pages.data?.rows ?? []).map((row): Command => ({
        id: `page ${row.id}`,
        group: 'Pages',
        label: row.path,
        says: [hostOf(site, row.zoneId), freshnessLook(row.word, row.proven).says].filter(Boolean).join(' · '),
        // The core has found it by its own rules, such as a whole address that was pasted.
        also: pages.isPlaceholderData ? '' : asked,
        does: `/pages?text=${encodeURIComponent(row.path)}&page=${row.id}`,
      })),
      ...(tags.data?.rows ?? []).map((row): Command => ({
        id: `tag ${row.tag}`,
        group: 'Tags',
        label: row.tag,
        says: 'Tag',
        does: `/tags?openTag=${encodeURIComponent(row.tag)}`,
      })),
      ...(views.data ?? []).map((view): Command => ({
        id: `view ${view.id}`,
        group: 'Views',
        label: view.name,
        says: 'View of the list of pages',
        does: viewAddress(view),
      })),
      ...(plans.data ?? []).map((plan): Command => ({
        id: `plan ${plan.id}`,
        group: 'Purges',
        label: plan.result ?? plan.title,
        says: `by ${plan.by}`,
        also: `plan ${plan.title}`,
        does: `/purges/${plan.id}`,
      })),
      ...(builds.data ?? []).map((build): Command => ({
        id: `build ${build.id}`,
        group: 'Builds',
        label: build.title,
        says: build.release === null ? build.state : `deploy ${build.release.id}`,
        also: build.causes.join(' '),
        does: `/builds?build=${encodeURIComponent(build.id)}`,
      })),
    ],
  }
}

/** A site of one zone needs no host to tell its pages apart. */
function hostOf(site: Site, zoneId: number): string | undefined {
  return site.zones.length < 2 ? undefined : site.zones.find((zone) => zone.id === zoneId)?.host
}

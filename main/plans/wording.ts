import { dollarsText } from '#shared/budget.ts'
import type { Plan } from '#shared/plans.ts'

export function pagesText(count: number): string {
  return count === 1 ? '1 page' : `${count.toLocaleString('en-US')} pages`
}

export function purgesText(count: number): string {
  return count === 1 ? '1 purge' : `${count.toLocaleString('en-US')} purges`
}

/** "free", "$0.06", "$0.005". */
export function priceText(microDollars: number): string {
  return microDollars === 0 ? 'free' : dollarsText(microDollars)
}

type Draft = Pick<Plan, 'purge' | 'counts' | 'build' | 'refresh'> & { readonly warm?: Pick<Plan['warm'], 'wanted' | 'total'> }

/** What becomes of the pages that are not purged now, as the end of a sentence; empty when there are none. */
export function laterText({ whenVisited, expires }: Pick<Plan['counts'], 'whenVisited' | 'expires'>): string {
  const visited = whenVisited === 0 ? [] : [`${pagesText(whenVisited)} purged when visited`]
  const left = expires === 0 ? [] : [`${pagesText(expires)} left to expire`]
  return [...visited, ...left].join(' · ')
}

/** The outcome, before it is started. */
export function draftTitle(draft: Draft): string {
  const later = laterText(draft.counts)
  if (later === '') return titleNow(draft)
  if (draft.purge.itemCount > 0) return `${titleNow(draft)} · ${later}`
  const { build, refresh } = draft
  return build.wanted || refresh.wanted ? `${firstText(build.wanted, refresh.wanted)}, then ${later}` : later
}

function titleNow({ purge, counts, build, refresh, warm }: Draft): string {
  if (purge.itemCount === 0 && !build.wanted && !refresh.wanted && warm?.wanted && warm.total > 0)
    return `${pagesText(warm.total)} requested through the edge · nothing is purged`
  if (purge.itemCount === 0 && counts.heldBack > 0)
    return `${pagesText(counts.heldBack)} held back: ${firstText(build.needed, refresh.needed).toLowerCase()} first`
  if (purge.itemCount === 0 && !build.wanted && !refresh.wanted) {
    if (counts.refused === 0) return 'Nothing needs a purge'
    const refused = counts.refused === 1 ? '1 was refused' : `${counts.refused.toLocaleString('en-US')} were refused`
    return counts.notNeeded === 0 ? `Nothing can be purged: ${refused}` : `Nothing needs a purge, and ${refused}`
  }
  if (purge.itemCount === 0) return `${firstText(build.wanted, refresh.wanted)}, then nothing to purge`
  const cold = `${purge.alsoCold.toLocaleString('en-US')} other ${purge.alsoCold === 1 ? 'page goes' : 'pages go'} cold`
  const atMost = purge.atMost ? 'at most ' : ''
  const replaced = `${pagesText(purge.pageCount)} replaced`
  const start = build.wanted || refresh.wanted ? `${firstText(build.wanted, refresh.wanted)}, then ${replaced}` : replaced
  return `${start} with ${atMost}${purgesText(purge.itemCount)} · ${priceText(purge.priceMicroDollars)} · ${cold}`
}

/** What the edge said of a purge. Few edges count what went; of an item whose objects are null none does. */
export function completedMessage(gone: readonly { readonly item: string; readonly objects: number | null }[]): string {
  const counted = gone.flatMap(({ objects }) => (objects === null ? [] : [objects]))
  const others = gone.flatMap(({ item, objects }) => (objects === null ? [item] : []))
  const sum = counted.reduce((all, objects) => all + objects, 0)
  const went = sum === 1 ? '1 object went.' : `${sum.toLocaleString('en-US')} objects went.`
  return [
    'The edge reports it completed.',
    counted.length === 0 ? '' : sum === 0 ? 'It held none of it.' : went,
    others.length === 0 ? '' : `How many went by ${someOf(others, 2)} is not known to it.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** What became of items that went with other purges; empty when none did. */
export function coveredMessage(
  covers: readonly { readonly items: readonly string[]; readonly by: { readonly person: string } }[],
  over: boolean,
): string {
  const items = covers.reduce((sum, cover) => sum + cover.items.length, 0)
  if (items === 0) return ''
  const people = someOf([...new Set(covers.map(({ by }) => by.person))], 3)
  const what = items === 1 ? '1 item' : `${items.toLocaleString('en-US')} items`
  return over
    ? `${what} went with a purge of ${people}, and ${items === 1 ? 'is' : 'are'} charged there.`
    : `${what} ${items === 1 ? 'goes' : 'go'} with a purge of ${people}: when that is completed, this goes on.`
}

/** What a build is for, as it is listed among the others: its release keeps this title while it is live. */
export function buildTitle({ purge }: Pick<Plan, 'purge'>): string {
  const items = purge.items.map(({ item }) => item)
  return items.length === 0 ? 'Build of a purge plan' : `Rebuild for the purge of ${someOf(items, 2)}`
}

/** Why a draft cannot be started; null when it can. */
export function blockedBecause({ purge, counts, build, refresh, warm }: Draft): string | null {
  if (build.wanted && !build.possible) return build.message
  if (build.wanted || refresh.wanted || purge.itemCount > 0 || counts.whenVisited > 0 || counts.expires > 0) return null
  if (warm?.wanted && warm.total > 0) return null
  if (counts.heldBack > 0) {
    return `${pagesText(counts.heldBack)} held back: the origin is still old. Purging now would only store the old page again. ${firstText(build.needed, refresh.needed)} first.`
  }
  if (counts.refused > 0 && counts.notNeeded === 0) return 'Nothing can be sent: every line was refused. The reasons are below.'
  return 'Nothing to purge: the edge holds no old copy of these pages.'
}

/** The visits afterwards, before the plan is started. `pages`: those that the edge will not hold, at most. */
export function draftedVisits(wanted: boolean, pages: number): Plan['warm'] {
  const message = !wanted
    ? 'Left out: the first visitor of each page waits for it.'
    : pages === 0
      ? 'The edge holds all of these pages.'
      : `At most ${pagesText(pages)} ${pages === 1 ? 'is' : 'are'} requested through the edge, so that no visitor waits. This fills only the edge location that answers here.`
  return { wanted, state: wanted ? 'waiting' : 'skipped', startedAtMs: null, total: pages, done: 0, stored: 0, message }
}

const SKIPPED = { all: 'are purged with everything and stored again as they are', some: 'are held back' } as const

/** The first step, before it is started. `reach`: where everything is purged, no page can be held back. */
export function buildMessage(wanted: boolean, possible: boolean, needed: boolean, reach: keyof typeof SKIPPED): string {
  if (!possible)
    return needed ? 'This site has no build hook. Build it where it is built, then plan again.' : 'This site has no build hook.'
  if (wanted)
    return needed ? 'The origin is old: a build makes it new first.' : 'Builds first, although the origin is not known to be old.'
  return needed ? `Skipped: pages whose origin is old ${SKIPPED[reach]}.` : 'Not needed: the origin is not known to be old.'
}

/** The same for pages that a renderer keeps; empty when there are none to refresh. */
export function refreshMessage(
  wanted: boolean,
  possible: boolean,
  needed: boolean,
  pages: number,
  reach: keyof typeof SKIPPED,
): string {
  if (!needed) return ''
  if (!possible) return `This site has no renderer any more: its rendered pages ${SKIPPED[reach]}.`
  return wanted
    ? `The renderer keeps ${pages === 1 ? 'an old page' : 'old pages'}: ${pagesText(pages)} ${pages === 1 ? 'is' : 'are'} refreshed first.`
    : `Skipped: pages that the renderer keeps and that are old ${SKIPPED[reach]}.`
}

function firstText(build: boolean, refresh: boolean): string {
  if (build && refresh) return 'Build and refresh'
  return refresh ? 'Refresh' : 'Build'
}

/** The names of the first few, and how many more. */
export function someOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}

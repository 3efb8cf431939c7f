import type { PlanItem } from '#shared/plan-items.ts'
import type { CoverAnswer } from './cover/cover-task.ts'
import type { Circumstances, Subject } from './work-out.ts'
import { pagesText, purgesText, someOf } from './wording.ts'

/** What a person should know of the items beside their numbers, as sentences. */
export function notesOf(subject: Subject, about: Circumstances, items: readonly PlanItem[], chosen: CoverAnswer): string[] {
  return [...capNotes(about, chosen), ...tagNotes(subject, about, items), ...prefixNotes(about, items), chosen.elsewhere].filter(
    Boolean,
  )
}

function tagNotes({ selection }: Subject, about: Circumstances, items: readonly PlanItem[]): string[] {
  if (!about.purgesTags) {
    const because = about.noTagsBecause === undefined ? '' : `, since ${about.noTagsBecause}`
    return [`Tags cannot be used: ${about.edgeLabel} stores none${because}. It would accept a tag and purge nothing.`]
  }
  if (selection.kind !== 'tag' || selection.tag.includes(':')) return []
  const ids = items.flatMap(({ item }) => (item.toLowerCase().startsWith(`#${selection.tag.toLowerCase()}:`) ? [item] : []))
  const here = ids.length === 0 ? '' : ` Here: ${someOf(ids, 3)}.`
  return [`${selection.tag} has no id: edges match exact tags, so each of its ids is an item of its own.${here}`]
}

function prefixNotes({ prefixesPerRequest }: Circumstances, items: readonly PlanItem[]): string[] {
  const prefixes = items.filter(({ kind }) => kind === 'prefix')
  if (prefixes.length === 0) return []
  const unlisted = prefixes.reduce((sum, { risk }) => sum + (risk?.unlisted ?? 0), 0)
  const notes =
    unlisted === 0
      ? []
      : [
          `An item that ends in * also reaches pages that are in no list here: about ${unlisted.toLocaleString('en-US')}, judged by how much of the list was never checked.`,
        ]
  if (prefixesPerRequest !== undefined && prefixes.length > prefixesPerRequest) {
    const turns = Math.ceil(prefixes.length / prefixesPerRequest)
    notes.push(
      `The edge takes ${prefixesPerRequest} items that end in * at a time: these ${prefixes.length} need ${turns} turns, one after another.`,
    )
  }
  return notes
}

function capNotes(about: Circumstances, { nearest, capped }: CoverAnswer): string[] {
  if (nearest === null) {
    const room = roomOf(about.budget)
    return capped && about.approvedItems === undefined && room !== null
      ? [`The hard stop leaves ${purgesText(room)}: ways with more items are left out.`]
      : []
  }
  const fewest = purgesText(nearest.all.length)
  if (about.approvedItems !== undefined) {
    const left = nearest.leftOutIds.length + nearest.leftOutPaths.length
    return [
      `${purgesText(about.approvedItems)} ${about.approvedItems === 1 ? 'was' : 'were'} agreed to, and all of it would take ${fewest} now: ${pagesText(left)} ${left === 1 ? 'waits for a plan of its' : 'wait for a plan of their'} own.`,
    ]
  }
  const { leaveOut, pages, most } = overCapOf(about, nearest)
  if (leaveOut.length === nearest.all.length)
    return [`The hard stop leaves ${purgesText(most)}, and this needs ${fewest} at least.`]
  return [
    `The hard stop leaves ${purgesText(most)}, and everything together takes ${fewest} at least. Without ${someOf(leaveOut, 3)} (${pagesText(pages)}) the rest stays below it.`,
  ]
}

/** What to leave out so that the rest stays below the hard stop. */
export function overCapOf(about: Pick<Circumstances, 'budget'>, nearest: NonNullable<CoverAnswer['nearest']>) {
  const kept = new Set(nearest.within)
  return {
    most: roomOf(about.budget) ?? nearest.all.length,
    leaveOut: nearest.all.filter((item) => !kept.has(item)).map(({ item }) => item),
    pages: nearest.leftOutIds.length + nearest.leftOutPaths.length,
  }
}

/** Items that the hard stops of the account and of the site leave; null without any. */
export function roomOf(budget: Circumstances['budget']): number | null {
  const { site } = budget
  const rooms = [
    ...(budget.hardStop === null ? [] : [budget.hardStop - budget.used - budget.reserved]),
    ...(site === null || site.hardStop === null ? [] : [site.hardStop - site.used - site.reserved]),
  ]
  return rooms.length === 0 ? null : Math.max(0, Math.min(...rooms))
}

import * as z from 'zod'
import { dollarsText } from './budget.ts'
import { read } from './calls.ts'

/** What a piece of advice is about: all pages below a path (`/lists/*`), or all with a tag of a class. */
export const AdviceAbout = z.object({ kind: z.enum(['route', 'tag']), name: z.string() })
export type AdviceAbout = z.infer<typeof AdviceAbout>

export const Advice = z.object({
  kind: z.enum(['shorter-lifetime', 'longer-lifetime', 'browser-lifetime']),
  about: AdviceAbout,
  /** What to do and why. */
  says: z.string(),
  /** What it rests on, each with its name. */
  figures: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type Advice = z.infer<typeof Advice>

/** What is known of some pages. Private ones are not counted. */
export interface GroupFacts {
  readonly about: AdviceAbout
  readonly pages: number
  /** For how many days they have been looked at; changes and items are those of this time. */
  readonly days: number
  /** How often a page of them changed a day, as checks have seen it: at least. */
  readonly changesADay: number
  /** Items a day that were sent for them. */
  readonly itemsADay: number
  /** For how long the edge keeps the most of them; null when that is not known. */
  readonly lifetimeSeconds: number | null
  /** What it costs to fetch one of them again, in micro-dollars; parts of one count. */
  readonly fetchMicroDollars: number
  /** Of pages whose browsers may keep them: how many, and the `max-age` and `s-maxage` that most of them have. */
  readonly browser: { readonly pages: number; readonly maxAgeSeconds: number; readonly sharedSeconds: number | null } | null
}

const DAY_SECONDS = 86_400
const LIFETIMES = [60, 300, 3_600]
/** Of the time between two changes, how much of it visitors may see the old page. */
const OLD_SHARE = 30
/** Fewer changes than these let a purge be the simpler answer. */
const LEAST_CHANGES_A_DAY = 2
const SHORT_SECONDS = 600
const LONG_SECONDS = 86_400
/** Silence is told from luck after so many days. */
const LEAST_DAYS = 7

/** What could be set otherwise for some pages, from their own history. `priceMicroDollars`: of an item. */
export function adviceFor(facts: GroupFacts, priceMicroDollars: number): Advice[] {
  return [shorterLifetime(facts, priceMicroDollars), longerLifetime(facts), browserLifetime(facts)].filter(
    (advice): advice is Advice => advice !== null,
  )
}

function shorterLifetime(facts: GroupFacts, price: number): Advice | null {
  const { about, pages, changesADay, itemsADay, lifetimeSeconds, fetchMicroDollars } = facts
  if (price === 0 || pages === 0 || changesADay < LEAST_CHANGES_A_DAY) return null
  const longest = DAY_SECONDS / changesADay / OLD_SHARE
  const seconds = LIFETIMES.findLast((lifetime) => lifetime <= longest) ?? 60
  if (lifetimeSeconds === null || lifetimeSeconds <= seconds) return null
  // One item a change is the least that purging takes, with a tag or a wildcard.
  const purging = Math.max(itemsADay, changesADay) * price
  const fetching = pages * (DAY_SECONDS / seconds) * fetchMicroDollars
  if (fetching >= purging) return null
  return {
    kind: 'shorter-lifetime',
    about,
    says: `Changes ${number(changesADay)} × a day on ${pagesWord(pages)}: a lifetime of ${secondsWord(seconds)} is cheaper than purging.`,
    figures: [
      {
        name: 'Purging',
        value: `${number(Math.max(itemsADay, changesADay))} ${Math.max(itemsADay, changesADay) === 1 ? 'item' : 'items'} a day, ${money(purging)} beyond the free ones`,
      },
      { name: `Lifetime of ${secondsWord(seconds)}`, value: `at most ${money(fetching)} a day to fetch them again` },
      { name: 'Lifetime now', value: secondsWord(lifetimeSeconds) },
    ],
  }
}

function longerLifetime({ about, pages, days, changesADay, lifetimeSeconds }: GroupFacts): Advice | null {
  if (pages === 0 || days < LEAST_DAYS || lifetimeSeconds === null) return null
  if (lifetimeSeconds === 0 || lifetimeSeconds > SHORT_SECONDS || changesADay * 30 >= 1) return null
  const saved = Math.round(pages * (DAY_SECONDS / lifetimeSeconds - DAY_SECONDS / LONG_SECONDS))
  const seen = changesADay === 0 ? `Has not changed in ${Math.floor(days)} days` : 'Changes less than once a month'
  return {
    kind: 'longer-lifetime',
    about,
    says: `${seen} and lives ${secondsWord(lifetimeSeconds)}: a lifetime of 1 day and a purge when it changes spare fetches.`,
    figures: [
      { name: 'Pages', value: pages.toLocaleString('en-US') },
      { name: 'Fetches spared', value: `up to ${saved.toLocaleString('en-US')} a day` },
    ],
  }
}

function browserLifetime({ about, pages, browser }: GroupFacts): Advice | null {
  if (!browser || browser.pages === 0) return null
  const shared = browser.sharedSeconds ?? browser.maxAgeSeconds
  return {
    kind: 'browser-lifetime',
    about,
    says: `max-age=${browser.maxAgeSeconds} also reaches browsers, and no purge does: send max-age=0, s-maxage=${shared}.`,
    figures: [
      { name: 'Pages', value: `${browser.pages.toLocaleString('en-US')} of ${pages.toLocaleString('en-US')}` },
      { name: 'A visitor may keep the old one', value: `for ${secondsWord(browser.maxAgeSeconds)} after a purge` },
    ],
  }
}

/** The route of a path, with all that lies beside it: `/lists/*`; pages at the top are `/`. */
export function routeOf(path: string): string {
  const end = path.indexOf('/', 1)
  return end < 0 ? '/' : `${path.slice(0, end)}/*`
}

function number(count: number): string {
  return String(count >= 10 ? Math.round(count) : Math.round(count * 10) / 10)
}

function pagesWord(pages: number): string {
  return pages === 1 ? '1 page' : `${pages.toLocaleString('en-US')} pages`
}

function money(microDollars: number): string {
  return dollarsText(Math.round(microDollars / 100) * 100)
}

function secondsWord(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 2 * DAY_SECONDS ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / DAY_SECONDS)} days`
}

export const advice = {
  /** From what is stored of the site; with a plan, only what is about its pages. */
  list: read
    .input(z.object({ siteId: z.string(), planId: z.string().optional() }))
    .output(z.object({ advice: z.array(Advice), privatePages: z.number() })),
}

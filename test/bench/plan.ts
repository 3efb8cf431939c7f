import { priceOfItems, type CoverInput } from '#main/plans/cover/cover-input.ts'
import { planCover } from '#main/plans/cover/plan-cover.ts'

/**
 * `npm run bench:plan`: plans a purge of 100,000 pages of a site with 1,000,000, and compares the time with sorting the
 * same paths once, and the items with what simpler rules would send. Sizes: `--pages N --targets N --rounds N`.
 */
const option = (name: string, or: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? or : Number(process.argv[at + 1])
}
const PAGES = option('pages', 1_000_000)
const TARGETS = option('targets', 100_000)
const ROUNDS = option('rounds', 3)

/** The same numbers at every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** News by date, products by category, locales, and lists with query strings. */
function makePaths(count: number): string[] {
  const next = random(1)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!
  const locales = ['', '/de', '/fr', '/es', '/pt-br', '/ja']
  const categories = Array.from({ length: 200 }, (_, at) => `category-${at}`)
  const words = ['spring', 'menu', 'lolly', 'harbour', 'city', 'guide', 'k%C3%A4se', 'review', 'winter', 'sale']
  const paths = new Set<string>()
  while (paths.size < count) {
    const locale = pick(locales)
    const kind = next()
    const day = `${2015 + Math.floor(next() * 12)}/${String(1 + Math.floor(next() * 12)).padStart(2, '0')}/${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`
    if (kind < 0.4) paths.add(`${locale}/news/${day}/${pick(words)}-${pick(words)}-${Math.floor(next() * 10_000)}`)
    else if (kind < 0.85) paths.add(`${locale}/products/${pick(categories)}/${pick(words)}-${Math.floor(next() * 1_000_000)}`)
    else if (kind < 0.95)
      paths.add(`${locale}/products/${pick(categories)}?page=${Math.floor(next() * 400)}&sort=${pick(['price', 'new'])}`)
    else paths.add(`${locale}/authors/${pick(words)}-${Math.floor(next() * 100_000)}/index.html`)
  }
  return [...paths]
}

/** A third changes by month, a third by category, the rest here and there. */
function chooseTargets(paths: readonly string[], count: number): Uint8Array {
  const next = random(2)
  const must = new Uint8Array(paths.length)
  let left = count
  const share = (most: number, test: (path: string) => boolean, chance: number) => {
    for (let at = 0; at < paths.length && most > 0; at++) {
      if (must[at] === 1 || !test(paths[at]!) || next() > chance) continue
      must[at] = 1
      most--
      left--
    }
  }
  share(count / 3, (path) => /\/news\/2026\/(0[1-6])\//.test(path), 0.95)
  share(count / 3, (path) => /\/products\/category-1\d?\d?\//.test(path), 0.6)
  while (left > 0) {
    const at = Math.floor(next() * paths.length)
    if (must[at] === 1) continue
    must[at] = 1
    left--
  }
  return must
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

const made = makePaths(PAGES)
const paths = [...made].sort()
const must = chooseTargets(paths, TARGETS)
const input: CoverInput = {
  paths,
  pathOf: Int32Array.from(paths, (_path, at) => at),
  must,
  keep: new Uint8Array(PAGES),
  held: Uint8Array.from(paths, () => 1),
  refillCost: new Float64Array(PAGES).fill(50),
  unchecked: Uint8Array.from(paths, (_path, at) => Number(at % 8 === 0)),
  enumerated: new Uint8Array(paths.length),
  unlistedCost: 50,
  tags: [],
  price: { freeItems: 1_000, shadowMicroDollars: 500, microDollars: 5_000 },
  mostItems: null,
}
const sorts: number[] = []
const plans: number[] = []
let plan = planCover(input)
for (let round = 0; round < ROUNDS; round++) {
  const unsorted = [...made]
  let from = performance.now()
  unsorted.sort()
  sorts.push(performance.now() - from)
  from = performance.now()
  plan = planCover(input)
  plan.cover(plan.balanced!)
  plans.push(performance.now() - from)
}
const cover = plan.cover(plan.balanced!)

/** What simpler rules send, and what other pages go cold by them. */
const wanted = paths.filter((_path, at) => must[at] === 1)
const routeOf = (path: string) =>
  path
    .split(/[?/]/)
    .slice(0, path.startsWith('/products') || path.startsWith('/news') ? 3 : 4)
    .join('/')
const routes = new Set(wanted.map(routeOf))
const coldBy = (reaches: (path: string) => boolean) => paths.filter((path, at) => must[at] === 0 && reaches(path)).length
const worth = (items: number, cold: number) => priceOfItems(input.price, items) + cold * 50
const others = [
  { rule: 'naive list', items: wanted.length, cold: 0 },
  { rule: 'more than 1,000 → /*', items: 1, cold: PAGES - TARGETS },
  { rule: 'longest common prefix', items: 1, cold: PAGES - TARGETS },
  { rule: 'one wildcard per route', items: routes.size, cold: coldBy((path) => routes.has(routeOf(path))) },
]
const line = (rule: string, items: number, cold: number) =>
  console.log(
    `${rule.padEnd(26)} ${String(items).padStart(8)} items ${String(cold).padStart(9)} cold  $${(worth(items, cold) / 1e6).toFixed(2)}`,
  )
for (const { rule, items, cold } of others) line(rule, items, cold)
line('planned', cover.items.length, cover.coldPages)
console.log(
  `curve: ${plan.curve.filter(({ exact }) => exact).length} exact points, ${plan.curve.filter(({ exact }) => !exact).length} on the hull; sort ${median(sorts).toFixed(0)} ms, plan ${median(plans).toFixed(0)} ms`,
)
console.log(
  JSON.stringify({
    bench: 'plan',
    ratio: Number((median(plans) / median(sorts)).toFixed(2)),
    items: cover.items.length,
    cold: cover.coldPages,
    naiveItems: wanted.length,
    wholeSiteCold: PAGES - TARGETS,
    routeItems: routes.size,
    routeCold: others.at(-1)!.cold,
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CAUSES, type CauseId } from '#shared/diagnosis.ts'
import { CACHES, type CacheName } from '../../../support/caches/cache.ts'
import { SCENARIOS } from './all-scenarios.ts'
import { BEHIND, LAYERS } from './layers.ts'
import { STACK } from './stack.ts'

const DOCUMENT = fileURLToPath(new URL('../../../../docs/causes/coverage.md', import.meta.url))

/** Where no scenario can be, whatever is done. */
const NOTHING_SENT = 'Frostline sends this cache nothing, so it knows of no such thing under way'
const CANNOT: Partial<Readonly<Record<CauseId, string>>> = {
  'purge-in-progress': NOTHING_SENT,
  'switch-in-progress': NOTHING_SENT,
}

const NAMES: Readonly<Record<CacheName, string>> = {
  varnish: 'Varnish',
  nginx: 'nginx',
  squid: 'Squid',
  'demo edge': 'demo edge (CloudFront’s rules)',
}

const titlesOf = (cause: CauseId, cache: CacheName): string[] => [
  ...SCENARIOS.filter((scenario) => scenario.cause === cause && scenario.cannot?.[cache] === undefined).map(({ title }) => title),
  ...LAYERS.filter((scenario) => scenario.cause === cause).map(({ title }) => `${title} (${BEHIND[cache]})`),
  ...(cache === 'demo edge' ? STACK.filter((scenario) => scenario.cause === cause).map(({ title }) => title) : []),
]

/** Why a cache cannot come into a cause; null when it can, or when nobody has said. */
const reasonOf = (cause: CauseId, cache: CacheName): string | null =>
  titlesOf(cause, cache).length > 0
    ? null
    : (CANNOT[cause] ??
      SCENARIOS.find((scenario) => scenario.cause === cause && scenario.cannot?.[cache])?.cannot?.[cache] ??
      null)

const all = CAUSES.flatMap((cause) => CACHES.map((cache) => ({ cause, cache, count: titlesOf(cause, cache).length })))

test('every cause is really produced by some cache', () => {
  expect(CAUSES.filter((cause) => all.every((one) => one.cause !== cause || one.count === 0))).toEqual([])
})

test('where a cache produces none, the reason is given', () => {
  expect(all.filter(({ cause, cache, count }) => count === 0 && reasonOf(cause, cache) === null)).toEqual([])
})

test('the table in the documentation says the same', async () => {
  await expect(document()).toMatchFileSnapshot(DOCUMENT)
})

function document(): string {
  const reasons = [...new Set(all.flatMap(({ cause, cache }) => reasonOf(cause, cache) ?? []))]
  const cell = (cause: CauseId, cache: CacheName) => {
    const reason = reasonOf(cause, cache)
    return reason === null ? String(titlesOf(cause, cache).length) : `cannot happen here [${reasons.indexOf(reason) + 1}]`
  }
  const rows = CAUSES.map((cause) => `| [\`${cause}\`](${cause}.md) | ${CACHES.map((cache) => cell(cause, cache)).join(' | ')} |`)
  const done = CAUSES.map((cause) => {
    const titles = [
      ...new Set(CACHES.flatMap((cache) => titlesOf(cause, cache).map((title) => title.replace(/ \([a-z]+\)$/, '')))),
    ]
    return `- \`${cause}\`: ${titles.join('; ')}.`
  })
  return `# Which cache shows which cause

In \`test/main/diagnosis/scenarios/\` each cause is produced by really doing it to a page behind a real cache, and the diagnosis,
asked as the panel asks it, has to name it first. It sees what it would see in production: the answers of the cache, the
origin, and what a build service tells. The figures are scenarios.

| cause | ${CACHES.map((cache) => NAMES[cache]).join(' | ')} |
|---|${CACHES.map(() => '---').join('|')}|
${rows.join('\n')}

${reasons.map((reason, index) => `${index + 1}. ${reason}.`).join('\n')}

Varnish, nginx and Squid are Debian's packages, started by the tests; where one is not installed its scenarios are skipped, and
a line says so. Caches in a row: ${CACHES.map((cache) => `${cache} before ${BEHIND[cache]}`).join(', ')}.

## What is done

${done.join('\n')}
`
}

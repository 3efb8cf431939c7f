import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type HookRule, readyRules, RuleInput, RuleToSave, ruleSentence } from '#shared/hook-rules.ts'
import { SOURCE_KINDS } from '#shared/hook-sources.ts'
import { didSentences, workOf } from '#main/hooks/effects.ts'
import { judgeRule, type Kept } from '#main/hooks/judge.ts'
import { flatValues, valuesAt, valuesKept } from '#main/hooks/payload.ts'
import { readEvent } from '#main/hooks/read-event.ts'
import { visitSnippet } from '#main/hooks/visit-snippet.ts'

const rule = (to: Partial<HookRule>): HookRule => ({
  ...RuleInput.parse({
    sourceId: null,
    events: [],
    targets: [{ kind: 'path', text: '/x' }],
    purge: 'no',
    rebuild: false,
    refresh: false,
    notify: false,
  }),
  id: 'r',
  ...to,
})
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const contentful = (topic: string, payload: object) =>
  readEvent('contentful', new Map([['x-contentful-topic', `ContentManagement.Entry.${topic}`]]), bytes(payload))
const entry = {
  sys: { id: 'e1', contentType: { sys: { id: 'lolly' } }, environment: { sys: { id: 'master' } } },
  fields: { slug: { 'en-US': 'cola', de: 'kola' } },
}
const judged = (of: ReturnType<typeof rule>, facts: ReturnType<typeof contentful>, kept: Kept = null) =>
  judgeRule(of, 's', facts, kept)
const texts = (of: ReturnType<typeof judged>) => of.targets.map(({ text, problem }) => problem ?? text)

describe('what a delivery says', () => {
  test('Contentful: its topic, the content type, and the id within its environment', () => {
    expect(contentful('publish', entry)).toMatchObject({ event: 'published', type: 'lolly', contentId: 'master/e1' })
    expect(contentful('unpublish', { sys: entry.sys })).toMatchObject({ event: 'unpublished', contentId: 'master/e1' })
    expect(contentful('auto_save', entry)).toMatchObject({ event: 'saved' })
  })
  test('Strapi and Payload: a draft is saved, and published when it is no draft', () => {
    const strapi = (event: string) =>
      readEvent(
        'header',
        new Map([['x-strapi-event', event]]),
        bytes({ event, model: 'article', entry: { documentId: 'd', slug: 'a' } }),
      )
    expect(strapi('entry.publish')).toMatchObject({ event: 'published', type: 'article', contentId: 'd' })
    expect(strapi('entry.delete')).toMatchObject({ event: 'deleted' })
    expect(strapi('entry.update')).toMatchObject({ event: 'saved' })
    const payload = (value: object) => readEvent('hmac', new Map(), bytes({ collection: 'pages', id: 7, ...value }))
    expect(payload({ operation: 'update', _status: 'draft' })).toMatchObject({ event: 'saved', type: 'pages', contentId: '7' })
    expect(payload({ operation: 'update', _status: 'published' })).toMatchObject({ event: 'published' })
    expect(payload({ operation: 'delete' })).toMatchObject({ event: 'deleted' })
  })
  test('GitHub: the branch of a push, also when the JSON is a field of a form', () => {
    const form = new Map([
      ['x-github-event', 'push'],
      ['content-type', 'application/x-www-form-urlencoded'],
    ])
    const body = new TextEncoder().encode(new URLSearchParams({ payload: JSON.stringify({ ref: 'refs/heads/main' }) }).toString())
    expect(readEvent('github', form, body)).toMatchObject({ event: 'pushed', type: 'main' })
    expect(readEvent('github', new Map([['x-github-event', 'ping']]), bytes({ zen: 'x' }))).toMatchObject({
      event: 'other',
      rawEvent: 'ping',
    })
  })
})

describe('what a rule means', () => {
  test('a placeholder is a path into the payload, a star means each, and each pair of two of them', () => {
    expect(
      texts(judged(rule({ targets: [{ kind: 'path', text: '/lolly/{fields.slug.en-US}' }] }), contentful('publish', entry))),
    ).toEqual(['/lolly/cola'])
    expect(
      texts(judged(rule({ targets: [{ kind: 'tag', text: 'lolly:{fields.slug.*}' }] }), contentful('publish', entry))),
    ).toEqual(['lolly:cola', 'lolly:kola'])
    const pushed = readEvent('github', new Map(), bytes({ commits: [{ modified: ['a.md', 'b.md'] }, { modified: ['c.md'] }] }))
    expect(valuesAt(pushed.payload, 'commits.*.modified.*')).toEqual(['a.md', 'b.md', 'c.md'])
  })
  test('hostile values make no tag and no path', () => {
    const facts = (slug: string) => contentful('publish', { ...entry, fields: { slug: { de: slug } } })
    const paths = rule({ targets: [{ kind: 'path', text: '/lolly/{fields.slug.de}' }] })
    for (const slug of ['a\n/b', 'a b', '*', 'x\\y'])
      expect(judged(paths, facts(slug)).targets[0]?.problem).toContain('This is no path')
    const tags = rule({ targets: [{ kind: 'tag', text: 'lolly:{fields.slug.de}' }] })
    for (const slug of ['a,b', 'a b', 'ü']) expect(judged(tags, facts(slug)).targets[0]?.problem).not.toBeNull()
    expect(texts(judged(rule({ targets: [{ kind: 'path', text: '/{__proto__}{constructor.name}' }] }), facts('x')))).toEqual([
      expect.stringContaining('has no __proto__'),
    ])
  })
  test('what a deletion leaves out is taken from what was kept; without that it says so', () => {
    const gone = contentful('delete', { sys: entry.sys })
    const wanted = rule({ targets: [{ kind: 'path', text: '/lolly/{fields.slug.de}' }] })
    expect(texts(judged(wanted, gone))).toEqual([expect.stringContaining('The delivery has no fields.slug.de')])
    expect(texts(judged(wanted, gone, flatValues(entry)))).toEqual(['/lolly/kola'])
  })
  test('conditions are held against the payload', () => {
    const facts = contentful('publish', entry)
    const holds = (field: string, is: 'is' | 'is-not' | 'begins-with' | 'exists', value = '') =>
      judged(rule({ conditions: [{ field, is, value }] }), facts).whyNot === null
    expect(holds('fields.slug.de', 'is', 'kola')).toBe(true)
    expect(holds('fields.slug.*', 'is', 'cola')).toBe(true)
    expect(holds('fields.slug.de', 'is-not', 'kola')).toBe(false)
    expect(holds('fields.slug.de', 'begins-with', 'ko')).toBe(true)
    expect(holds('fields.title', 'exists')).toBe(false)
    expect(judged(rule({ sourceId: 'other' }), facts).whyNot).toBe('It came from another source.')
  })
  test('what is kept of a payload is found by the same paths, stars among them', () => {
    const flat = flatValues({ a: { b: [{ c: 1 }, { c: 'two' }] }, long: 'x'.repeat(400) })
    expect(flat).toEqual({ 'a.b.0.c': '1', 'a.b.1.c': 'two' })
    expect(valuesKept(flat, 'a.b.*.c')).toEqual(['1', 'two'])
  })
  test.each([
    ['path', '/lists/{fields.nosuch', 'has a { without its }'],
    ['tag', 'lolly:slug}', 'has a } without its {'],
    ['tag', 'lolly:{}', 'has an empty { }'],
    ['path', 'lists/{slug}', 'does not begin with a slash. Write /lists/{slug}'],
  ] as const)('the %s %s is refused in its field, and read where it was kept before', (kind, text, words) => {
    const broken = rule({
      targets: [
        { kind: 'tag', text: 'fine:{slug}' },
        { kind, text },
      ],
    })
    expect(RuleToSave.safeParse(broken).error?.issues).toMatchObject([
      { path: ['targets', 1, 'text'], message: expect.stringContaining(words) },
    ])
    expect(RuleInput.safeParse(broken).success).toBe(true)
  })
  test('a path may begin with a value, which brings its slash', () => {
    expect(RuleToSave.safeParse(rule({ targets: [{ kind: 'path', text: '{fields.path.*}' }] })).success).toBe(true)
  })
  test('all that follows is told: a build before a purge, and rendering in its plan', () => {
    const told = (to: Partial<HookRule>) => {
      const one = rule({ targets: [], ...to })
      return didSentences(one, [], new Map(), workOf([{ rule: one, pageIds: [1] }]).get(one) ?? [])
    }
    const builds = 'Builds first, in the plan of the purge'
    expect(told({ rebuild: true, purge: 'when-visited' })).toEqual([builds, 'Purges each page when somebody visits it'])
    expect(told({ rebuild: true, refresh: true, purge: 'now', notify: true })).toEqual([
      builds,
      'Has the pages rendered again, in the plan of the purge',
      'Makes the origin new and purges what changed',
      'Writes it in the activity log',
    ])
    expect(told({ rebuild: true })).toEqual(['Asks for a build'])
  })
  test('the rules that are ready for a source are whole sentences', () => {
    for (const kind of SOURCE_KINDS)
      for (const ready of readyRules(kind, 's')) {
        expect(RuleInput.safeParse(ready).success).toBe(true)
        expect(ruleSentence(ready, 'X')).toMatch(/^When \*\*X\*\* sends .+ → .+\.$/)
      }
  })
})

test('the snippet that is copied is the one that is documented', () => {
  const documented = readFileSync(new URL('../../../docs/hooks/visit-check.js', import.meta.url), 'utf8')
  expect(visitSnippet('https://hooks.example.com/visit/KEY', 5)).toBe(`<script>\n${documented}</script>`)
})

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ROLES } from '#shared/calls.ts'
import { leastPolicy } from '#shared/iam-policy.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const INDEX = 'docs/README.md'
/** The files of the project below some places, as paths from the root. */
const listed = (...args: readonly string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...args], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)))

const pages = listed('README.md', 'docs').filter((file) => file.endsWith('.md'))
const headings = new Map(pages.map((page) => [page, anchorsOf(page)]))
const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, ...link })))

const sourcesOf = (folder: string) =>
  listed(folder)
    .filter((file) => /\.(tsx?|html)$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')

/** A page's text without what code shows: commands and examples hold no links. */
function proseOf(page: string): string {
  const text = readFileSync(join(root, page), 'utf8')
  return text.replaceAll(/^ *(```+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, '')
}

/** The links of a page to places of this repository: the file as a path from the root, and the heading where one is named. */
function linksOf(page: string): { readonly target: string; readonly anchor: string }[] {
  const prose = proseOf(page).replaceAll(/`[^`\n]*`/g, 'code')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return []
    const [path = '', anchor = ''] = link.split('#')
    return [{ target: path === '' ? page : posix.join(dirname(page), path), anchor }]
  })
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>()
  return new Set(
    [...proseOf(page).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
      const anchor = heading
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
        .replaceAll(' ', '-')
      const times = seen.get(anchor) ?? 0
      seen.set(anchor, times + 1)
      return times === 0 ? anchor : `${anchor}-${times}`
    }),
  )
}

describe('the documentation', () => {
  test('every link leads to a file or folder of this repository', () => {
    expect(links.length).toBeGreaterThan(100)
    const broken = links.filter(({ target }) => target.startsWith('..') || !existsSync(join(root, target)))
    expect(broken.map(({ page, target }) => `${page} → ${target}`)).toEqual([])
  })

  test('every heading that a link names is on its page', () => {
    const broken = links.filter(({ target, anchor }) => anchor !== '' && headings.get(target)?.has(anchor) !== true)
    expect(broken.map(({ page, target, anchor }) => `${page} → ${target}#${anchor}`)).toEqual([])
  })

  test('every page is reached from the index, and the index from the first page', () => {
    const reached = new Set([INDEX])
    for (const page of reached) {
      for (const link of links) {
        if (link.page !== page) continue
        const folder = existsSync(join(root, link.target)) && statSync(join(root, link.target)).isDirectory()
        reached.add(folder ? posix.join(link.target, 'README.md') : posix.normalize(link.target))
      }
    }
    expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([])
    expect(links.some(({ page, target }) => page === 'README.md' && target === INDEX)).toBe(true)
  })

  test('what stands in bold in the first steps and the pages of the roles stands on a screen', () => {
    const screens = ['renderer', 'shared', 'demo'].map(sourcesOf).join('\n')
    const [, steps = ''] = proseOf('README.md').split('## Your first purge')
    const told = [['README.md', steps] as const, ...ROLES.map((role) => [`docs/${role}.md`, proseOf(`docs/${role}.md`)] as const)]
    const labels = told.flatMap(([page, text]) =>
      [...text.matchAll(/\*\*(.+?)\*\*/gs)].flatMap(([, bold = '']) =>
        bold.split(' → ').map((label) => ({ page, label: label.replaceAll(/\s+/g, ' ') })),
      ),
    )
    expect(labels.length).toBeGreaterThan(50)
    const isKey = (label: string) => /^(Ctrl )?.$/.test(label)
    const unknown = labels.filter(({ label }) => !isKey(label) && !screens.includes(label))
    expect(unknown).toEqual([])
  })

  test('every file of the project that is named is there', () => {
    const named = pages.flatMap((page) =>
      [...proseOf(page).matchAll(/`((?:main|renderer|shared|test|demo|docs)\/[\w./-]+)`/g)].map(([, file = '']) => ({
        page,
        file,
      })),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([])
  })

  test('the policies are those that the panel prints', () => {
    const policiesOf = (page: string): unknown[] =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/```json\n(.*?)```/gs)].map(([, json = '']): unknown =>
        JSON.parse(json),
      )
    const wish = { distributionId: '', account: '111122223333', rollBack: true, countOthers: true, bucket: null }
    const ofBucket = (publish: boolean) => {
      const { Version, Statement } = leastPolicy({ ...wish, bucket: { name: 'BUCKET', prefix: '', publish } })
      return { Version, Statement: Statement.filter(({ Resource }) => Resource.includes('BUCKET')) }
    }
    expect(policiesOf('docs/providers/cloudfront.md')).toEqual([leastPolicy(wish)])
    expect(policiesOf('docs/providers/s3.md')).toEqual([ofBucket(false), ofBucket(true)])
  })
})

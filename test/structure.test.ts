import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = /\.(ts|tsx)$/
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => SOURCE.test(file) && !file.endsWith('.d.ts'))
const sources = files.filter((file) => /^(main|renderer|shared|demo)\//.test(file))

/** The files of ours that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].flatMap(([, target = '']) => {
    // Data is nobody's program.
    if (target.endsWith('.json')) return []
    if (target.startsWith('#')) return [target.slice(1)]
    return target.startsWith('.') ? [posix.normalize(posix.join(dirname(file), target))] : []
  })
}

/** The law of a folder: what a file in it may import, besides its own folder. */
function allowed(file: string): RegExp {
  const [top = '', second = '', third] = file.split('/')
  const inFolder = third !== undefined
  if (top === 'shared') return second === 'http-cache' ? /^shared\/http-cache\// : /^shared\//
  if (top === 'demo') return /^demo\//
  if (top === 'renderer') {
    if (!inFolder || second === 'app') return /^(renderer|shared)\//
    if (second === 'ui' || second === 'lib') return /^(renderer\/(ui|lib)|shared)\//
    return new RegExp(`^(renderer/(${second}|ui|lib)|shared)/`)
  }
  // main/: the files beside the folders are the shells' and the core's lists.
  if (!inFolder) return /^(main|shared)\//
  if (second === 'platform') return /^(main\/platform|shared)\//
  if (second === 'providers') return /^(main\/(platform|providers)|shared)\//
  if (second === 'preload') return /^main\/preload\//
  if (second === 'desktop' || second === 'web') return /^(main\/(desktop|web|platform|core-[a-z]+)|shared)/
  return new RegExp(`^(main/(${second}|platform)/|main/providers/(?!vendors)[a-z-]+\\.ts|shared/)`)
}

describe('the laws of the folders', () => {
  test('every import is one that the folder may make', () => {
    const broken = sources.flatMap((file) => {
      const law = allowed(file)
      return importsOf(file)
        .filter((target) => !law.test(target))
        .map((target) => `${file} → ${target}`)
    })
    expect(broken).toEqual([])
  })

  test('only the desktop shell and its bridge know Electron', () => {
    const knows = sources.filter((file) => /from 'electron'|import\('electron'\)/.test(readFileSync(join(root, file), 'utf8')))
    expect(knows.filter((file) => !/^main\/(desktop|preload)\//.test(file))).toEqual([])
  })

  test('node modules are imported by the platform, the shells and the lists beside them, not by features or providers', () => {
    const features = sources.filter((file) => /^main\/(?!platform|desktop|preload|web)[a-z]+\/./.test(file))
    const broken = features.filter((file) => /from 'node:/.test(readFileSync(join(root, file), 'utf8')))
    expect(broken).toEqual([])
  })
})

describe('the sizes', () => {
  const lengths = sources
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)

  test('no file is above 300 lines, nine in ten are at most 200, half at most 80', () => {
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
    expect(lengths[Math.floor(lengths.length * 0.9)]?.lines).toBeLessThanOrEqual(200)
    expect(lengths[Math.floor(lengths.length * 0.5)]?.lines).toBeLessThanOrEqual(80)
  })

  test('folders are three deep at most, those of tests four', () => {
    const depth = (file: string) => file.split('/').length - 1
    expect(sources.filter((file) => depth(file) > 3)).toEqual([])
    expect(files.filter((file) => file.startsWith('test/') && depth(file) > 4)).toEqual([])
  })

  test('there are no barrels and no drawers', () => {
    const barrel = (file: string) => /^(\s*export (\*|\{[^}]*\}) from .*\n?)+$/.test(readFileSync(join(root, file), 'utf8'))
    expect(sources.filter(barrel)).toEqual([])
    expect(sources.filter((file) => /^(utils?|helpers?|common|misc)\b/.test(basename(file)))).toEqual([])
  })

  test('nothing else lies at the top', () => {
    const tops = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]))
    expect(tops).toEqual(new Set(['demo', 'main', 'renderer', 'shared', 'test']))
  })
})

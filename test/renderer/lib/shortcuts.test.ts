import { describe, expect, test } from 'vitest'
import { ariaKeys, createStrokeReader, keyWords, SHORTCUTS, strokeName } from '#renderer/lib/shortcuts.ts'

const stroke = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

describe('Shortcuts', () => {
  test('no two have the same keys, and none begins like a sequence', () => {
    const heard = Object.values(SHORTCUTS).filter((shortcut) => !('native' in shortcut))
    const keys = heard.flatMap((shortcut): string[] => [...shortcut.keys])
    expect(new Set(keys).size).toBe(keys.length)
    const starts = new Set(keys.filter((each) => each.includes(' ')).map((each) => each.split(' ')[0]))
    expect(keys.filter((each) => starts.has(each))).toEqual([])
  })

  test('a sequence is two strokes within a moment; what comes between or too late is read by itself', () => {
    const read = createStrokeReader()
    expect(read('G', 0)).toBe('begun')
    expect(read('P', 400)).toBe('go.pages')
    expect(read('P', 800)).toBe('pages.plan')
    expect(read('G', 1_000)).toBe('begun')
    expect(read('P', 9_000)).toBe('pages.plan')
    expect(read('G', 10_000)).toBe('begun')
    expect(read('Q', 10_100)).toBeNull()
    expect(read('P', 10_200)).toBe('pages.plan')
  })

  test('Ctrl is Ctrl, on a Mac ⌘; what the system composes or keeps is left to it', () => {
    expect(strokeName(stroke('k', { ctrlKey: true }), false)).toBe('Mod+K')
    expect(strokeName(stroke('k', { metaKey: true }), true)).toBe('Mod+K')
    expect(strokeName(stroke('k', { ctrlKey: true }), true)).toBeNull()
    expect(strokeName(stroke('k', { metaKey: true }), false)).toBeNull()
    expect(strokeName(stroke('p', { altKey: true }), false)).toBeNull()
    expect(strokeName(stroke('Dead'), false)).toBeNull()
    expect(strokeName(stroke('?'), false)).toBe('?')
  })

  test('are written as the machine writes them', () => {
    expect(keyWords('Mod+K', false)).toBe('Ctrl K')
    expect(keyWords('Mod+K', true)).toBe('⌘K')
    expect(keyWords('G P', false)).toBe('G then P')
    expect(keyWords('Home End', false)).toBe('Home End')
    expect(ariaKeys('palette', true)).toBe('Meta+K')
    expect(ariaKeys('close', false)).toBe('Escape')
    expect(ariaKeys('go.home', false)).toBeUndefined()
  })
})

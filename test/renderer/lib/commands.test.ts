import { describe, expect, test } from 'vitest'
import { commandsFor, recentFirst, withRecent, type Command } from '#renderer/lib/commands.ts'

const command = (id: string, group: Command['group'], label: string, more: Partial<Command> = {}): Command => ({
  id,
  group,
  label,
  does: () => {},
  ...more,
})
const ids = (commands: readonly Command[]) => commands.map(({ id }) => id)

const HOME = command('home', 'Go to', 'Home', { does: '/home' })
const PURGE = command('purge', 'Do', 'New purge…', { says: 'From pasted paths', also: 'invalidate' })
const PURGES = command('purges', 'Go to', 'Purges', { does: '/purges' })
const PAGE = command('page 1', 'Pages', '/purge-policy', { does: '/pages?page=1' })

describe('The palette', () => {
  test('finds by every word, in any of the words that belong to a command', () => {
    expect(ids(commandsFor('pasted new', [HOME, PURGE, PURGES]))).toEqual(['purge'])
    expect(ids(commandsFor('INVALIDATE', [HOME, PURGE, PURGES]))).toEqual(['purge'])
    expect(ids(commandsFor('nothing', [HOME, PURGE]))).toEqual([])
  })

  test('keeps groups in one order, so that what is found later comes below what was there', () => {
    const before = commandsFor('purge', [PURGES, PURGE])
    const after = commandsFor('purge', [PAGE, PURGES, PURGE])
    expect(ids(before)).toEqual(['purge', 'purges'])
    expect(ids(after)).toEqual([...ids(before), 'page 1'])
  })

  test('puts what begins like the text first in its group', () => {
    const list = [command('a', 'Do', 'Show all tags'), command('b', 'Do', 'Tag a page'), command('c', 'Do', 'Untagged')]
    expect(ids(commandsFor('tag', list))).toEqual(['b', 'a', 'c'])
  })

  test('offers again what was done last, pages too, each once', () => {
    const recent = withRecent(withRecent([], PAGE), HOME)
    const again = recentFirst([HOME, PURGE], recent)
    expect(again.map(({ id, group }) => [id, group])).toEqual([
      ['home', 'Recent'],
      ['page 1', 'Recent'],
      ['purge', 'Do'],
    ])
    expect(again[1]).toMatchObject({ label: '/purge-policy', does: '/pages?page=1' })
  })

  test('forgets acts that cannot be done any more, and the oldest after six', () => {
    expect(ids(recentFirst([HOME], withRecent([], PURGE)))).toEqual(['home'])
    const many = Array.from({ length: 9 }, (_, index) => command(`c${index}`, 'Do', 'x'))
    const recent = many.reduce<ReturnType<typeof withRecent>>((all, each) => withRecent(all, each), [])
    expect(recent.map(({ id }) => id)).toEqual(['c8', 'c7', 'c6', 'c5', 'c4', 'c3'])
  })
})

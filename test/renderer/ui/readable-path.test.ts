import { describe, expect, test } from 'vitest'
import { readablePath, readablePaths } from '#renderer/ui/readable-path.ts'

describe('A path', () => {
  test.each([
    ['/menu-card/cr%C3%A8me-br%C3%BBl%C3%A9e', '/menu-card/crème-brûlée'],
    ['/k%c3%a4se', '/käse'],
    ['/k%C3%A4se%20alt', '/käse%20alt'],
    ['/%E2%80%AEgnp.exe', '/%E2%80%AEgnp.exe'],
  ])('%s is read as %s', (path, text) => {
    expect(readablePath(path)).toBe(text)
  })

  test.each(['/100%', '/a%20b%2Fc', '/k%C3%A4se%41', '/käse%C3%A4', '/k%E4se'])(
    '%s is shown as it is, since it could not be written from what is read',
    (path) => {
      expect(readablePath(path)).toBe(path)
    },
  )
})

test('Of two paths of one list that would look the same both are shown as they are', () => {
  const paths = ['/k%C3%A4se', '/k%c3%a4se', '/br%C3%BBl%C3%A9e', '/br%C3%BBl%C3%A9e', '/plain']
  const name = readablePaths(paths.map((path) => ({ path })))
  expect(paths.map(name)).toEqual(['/k%C3%A4se', '/k%c3%a4se', '/brûlée', '/brûlée', '/plain'])
  expect(readablePaths([{ path: '/käse' }, { path: '/k%C3%A4se' }])('/k%C3%A4se')).toBe('/k%C3%A4se')
})

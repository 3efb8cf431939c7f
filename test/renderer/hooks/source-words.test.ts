import { expect, test } from 'vitest'
import { outsideAddress } from '#renderer/hooks/source-words.ts'

test('an address made before a public one was entered is shown as it is from outside', () => {
  const made = 'http://127.0.0.1:4870/in/KEY'
  expect(outsideAddress(made, null)).toBe(made)
  expect(outsideAddress(made, 'https://hooks.example.com/frost')).toBe('https://hooks.example.com/frost/in/KEY')
  expect(outsideAddress('https://hooks.example.com/in/KEY', 'https://other.example')).toBe('https://hooks.example.com/in/KEY')
})

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CAUSES } from '#shared/diagnosis.ts'

const folder = fileURLToPath(new URL('../../../docs/causes/', import.meta.url))
const SECTIONS = ['## What one sees', '## Why it happens', '## How Frostline knows', '## What to do', '## Example']

test('each cause has its page, and each page its cause', () => {
  const names = readdirSync(folder).filter((name) => name !== 'README.md')
  expect(names.sort()).toEqual(CAUSES.map((cause) => `${cause}.md`).sort())
})

test.each(CAUSES)('the page of %s says what one sees, why, how it is known, what to do, and shows headers', (cause) => {
  const text = readFileSync(`${folder}${cause}.md`, 'utf8')
  expect(text).toContain(`\`${cause}\``)
  expect(SECTIONS.filter((section) => !text.includes(section))).toEqual([])
  expect(text).toMatch(/```http\n.+\n/)
})

test('the index names every cause in the order of the ranking', () => {
  const index = readFileSync(`${folder}README.md`, 'utf8')
  expect([...index.matchAll(/^\| \[`([a-z-]+)`\]/gm)].map(([, cause]) => cause)).toEqual([...CAUSES])
})

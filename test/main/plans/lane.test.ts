import { beforeEach, describe, expect, test } from 'vitest'
import { createLane, MERGE_MS, type Lane, type Turn } from '#main/plans/lane.ts'
import type { Ticket } from '#main/plans/lane-ticket.ts'

const QUOTAS = { inProgress: { items: 3_000, prefixes: 15 }, perSecond: { items: 150, prefixes: 1 } }
let nowMs: number
let isPaused: boolean
let lane: Lane
let granted: string[]
let turns: Map<string, Turn>
let said: Map<string, string>
const none = new AbortController().signal

beforeEach(() => {
  nowMs = 1_000_000
  isPaused = false
  granted = []
  turns = new Map()
  said = new Map()
  lane = createLane({ paused: () => isPaused, nowMs: () => nowMs, random: () => 1 })
})

function ask(purgeId: string, more: Partial<Ticket> & { readonly by?: 'person' | 'automatic' } = {}): void {
  const { by = 'person', ...rest } = more
  const ticket = { purgeId, target: 'E1', items: 1, prefixes: 0, quotas: QUOTAS, automatic: () => by === 'automatic', ...rest }
  lane
    .turn(ticket, (wait) => void said.set(purgeId, wait.reason), none)
    .then(
      (turn) => {
        granted.push(purgeId)
        turns.set(purgeId, turn)
      },
      () => granted.push(`${purgeId} refused`),
    )
}
const settled = () => new Promise((resolve) => setImmediate(resolve))
async function after(milliseconds: number): Promise<string[]> {
  nowMs += milliseconds
  lane.look()
  await settled()
  return granted.splice(0)
}
const accept = (purgeId: string) => turns.get(purgeId)?.accepted()

describe('The lane of an account', () => {
  test('lets a purge go at once when nothing else is sent', async () => {
    ask('a', { by: 'automatic' })
    expect(await after(0)).toEqual(['a'])
  })

  test('lets people go before what runs by itself, and keeps a call for them', async () => {
    ask('first', { by: 'automatic' })
    expect(await after(0)).toEqual(['first'])
    ask('second', { by: 'automatic' })
    ask('person')
    expect(await after(MERGE_MS)).toEqual(['person'])
    expect(said.get('second')).toBe('calls')
    accept('first')
    accept('person')
    expect(await after(0)).toEqual(['second'])
  })

  test('has what runs by itself wait for others after the first', async () => {
    ask('first', { by: 'automatic' })
    await after(0)
    accept('first')
    ask('second', { by: 'automatic' })
    expect(await after(MERGE_MS - 1)).toEqual([])
    expect(said.get('second')).toBe('merging')
    expect(await after(1)).toEqual(['second'])
  })

  test('sends one wildcard a second, and paths meanwhile', async () => {
    for (const name of ['w1', 'w2', 'w3']) ask(name, { prefixes: 1 })
    ask('path')
    expect(await after(0)).toEqual(['w1', 'path'])
    expect(said.get('w2')).toBe('prefixes-per-second')
    expect(said.get('w3')).toBe('prefixes-per-second')
    accept('w1')
    accept('path')
    expect(await after(999)).toEqual([])
    expect(await after(1)).toEqual(['w2'])
  })

  test('counts a slow call from its answer on', async () => {
    ask('w1', { prefixes: 1 })
    await after(600)
    nowMs += 600
    accept('w1')
    ask('w2', { prefixes: 1 })
    expect(await after(900)).toEqual([])
    expect(await after(100)).toEqual(['w2'])
  })

  test('never has more in progress at a distribution than it works on, whatever the seconds allow', async () => {
    for (let at = 1; at <= 16; at += 1) {
      ask(`w${at}`, { prefixes: 1 })
      await after(1_000)
      accept(`w${at}`)
    }
    expect([turns.size, said.get('w16')]).toEqual([15, 'prefixes-in-progress'])
    ask('elsewhere', { prefixes: 1, target: 'E2' })
    expect(await after(1_000)).toEqual(['elsewhere'])
    accept('elsewhere')
    lane.ended('w3')
    expect(await after(1_000)).toEqual(['w16'])
  })

  test('keeps some of what may be in progress for people', async () => {
    for (let at = 1; at <= 12; at += 1) {
      ask(`w${at}`, { prefixes: 1, by: 'automatic' })
      await after(MERGE_MS)
      accept(`w${at}`)
    }
    ask('automatic', { prefixes: 1, by: 'automatic' })
    ask('person', { prefixes: 1 })
    expect(await after(MERGE_MS)).toEqual(['person'])
    expect(said.get('automatic')).toBe('prefixes-in-progress')
  })

  test('remembers after a restart what is in progress', async () => {
    lane.resumed({ purgeId: 'old', target: 'E1', items: 2_999, prefixes: 0, quotas: QUOTAS, automatic: () => false })
    ask('two', { items: 2 })
    expect(await after(5_000)).toEqual([])
    expect(said.get('two')).toBe('items-in-progress')
    lane.ended('old')
    expect(await after(0)).toEqual(['two'])
  })

  test('waits for everybody when the vendor asks to, longer each time', async () => {
    ask('a')
    await after(0)
    turns.get('a')?.throttled()
    ask('a')
    ask('b')
    expect(await after(999)).toEqual([])
    expect([said.get('a'), said.get('b'), Math.round(lane.backOffMs())]).toEqual(['throttled', 'throttled', 1])
    expect(await after(1)).toEqual(['a', 'b'])
    turns.get('a')?.throttled()
    expect(Math.round(lane.backOffMs())).toBe(2_000)
  })

  test('stops what runs by itself while automation is paused, and nothing else', async () => {
    isPaused = true
    ask('automatic', { by: 'automatic' })
    ask('person')
    expect(await after(60_000)).toEqual(['person'])
    expect(said.get('automatic')).toBe('paused')
    accept('person')
    isPaused = false
    expect(await after(0)).toEqual(['automatic'])
  })

  test('of an edge without quotas only keeps the order', async () => {
    ask('a', { quotas: null, items: 50_000, prefixes: 5_000 })
    ask('b', { quotas: null, items: 50_000, prefixes: 5_000 })
    expect(await after(0)).toEqual(['a', 'b'])
  })
})

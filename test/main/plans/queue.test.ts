import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '#shared/plans.ts'
import { AppError } from '#shared/errors.ts'
import { eventually } from '../../support/core-client.ts'
import { ACCOUNT, refused, SITE, throttled, unreachable, type PlansOptions, type PlansWorld } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'

let plans: RunningPlans
let pauses: { paused: boolean; listeners: (() => void)[] }
beforeEach(async () => {
  plans = await runningPlans()
  pauses = { paused: false, listeners: [] }
})
afterEach(() => plans.end())

const automation = { paused: () => pauses.paused, onChange: (listener: () => void) => void pauses.listeners.push(listener) }
function setPaused(paused: boolean): void {
  pauses.paused = paused
  for (const listener of pauses.listeners) listener()
}
const worldOf = (options: PlansOptions = {}) => plans.worldOf({ purgesTags: false, automation, ...options })

async function begun(world: PlansWorld, text: string, origin: Plan['origin'] = 'person', by = 'Ada'): Promise<string> {
  const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text }, by, { origin })
  await world.feature.plans.start(id, by)
  return id
}
const planAt = (world: PlansWorld, id: string, right: (plan: Plan) => boolean) =>
  eventually(async () => world.feature.store.read(id), right)
const waiting = ({ queue, purge }: Plan) => queue.stage === 'waiting' && purge.message !== ''
const over = (world: PlansWorld, id: string) => planAt(world, id, ({ endedAtMs }) => endedAtMs !== null)
const kinds = () => plans.ledgerRows().map(({ kind, items }) => `${kind} ${items}`)

describe('Items that others in the queue purge too', () => {
  test('go with them: their reservation is given back, and the plan says so', async () => {
    setPaused(true)
    const world = worldOf()
    const wide = await begun(world, '/a\n/b\n/c', 'automatic', 'A rule')
    await planAt(world, wide, waiting)
    const narrow = await begun(world, '/b\n/d', 'automatic', 'Another rule')
    await planAt(world, narrow, waiting)
    expect(world.ledger.budget(ACCOUNT)).toMatchObject({ reserved: 4 })
    setPaused(false)
    expect(await world.ended(narrow)).toMatchObject({
      state: 'done',
      queue: { coveredItems: 1 },
      result: expect.stringMatching(/^1 purge used \(free\)\. 1 purge went with others\./),
      purge: { message: expect.stringContaining('1 item went with a purge of A rule, and is charged there.') },
    })
    await world.ended(wide)
    expect(world.sent.map(({ items }) => items)).toEqual([['/a', '/b', '/c'], ['/d']])
    expect(world.ledger.budget(ACCOUNT)).toMatchObject({ used: 4, reserved: 0 })
  })

  test('of a person never go with one that runs by itself, which may wait longer', async () => {
    setPaused(true)
    const world = worldOf()
    const automatic = await begun(world, '/a\n/b', 'automatic', 'A rule')
    await planAt(world, automatic, waiting)
    const person = await begun(world, '/a')
    expect(await over(world, person)).toMatchObject({ state: 'done', queue: { coveredItems: 0 } })
    expect(world.sent.map(({ items }) => items)).toEqual([['/a']])
  })

  test('get a purge of their own when the other one is cancelled', async () => {
    setPaused(true)
    const world = worldOf()
    const other = await begun(world, '/a\n/b', 'automatic', 'A rule')
    await planAt(world, other, waiting)
    const plan = await begun(world, '/a', 'automatic', 'Another rule')
    await planAt(world, plan, ({ purge }) => purge.message.includes('goes with a purge of A rule'))
    expect(kinds()).toEqual(['reserve 2', 'reserve 1', 'release 1'])
    world.feature.plans.cancel(other)
    await over(world, other)
    await eventually(
      async () => kinds(),
      (rows) => rows.length === 5,
    )
    setPaused(false)
    expect(await world.ended(plan)).toMatchObject({ state: 'done', queue: { coveredItems: 0 } })
    expect(world.sent.map(({ items }) => items)).toEqual([['/a']])
    expect(kinds()).toEqual(['reserve 2', 'reserve 1', 'release 1', 'release 2', 'reserve 1', 'commit 1'])
  })

  test('are still known to go with the other one after a restart', async () => {
    setPaused(true)
    const world = worldOf()
    const other = await begun(world, '/a\n/b', 'automatic', 'A rule')
    await planAt(world, other, waiting)
    const plan = await begun(world, '/a', 'automatic', 'Another rule')
    await planAt(world, plan, ({ purge }) => purge.message.includes('goes with'))
    const next = plans.keep(world.restart())
    setPaused(false)
    expect(await next.ended(plan)).toMatchObject({ state: 'done', queue: { coveredItems: 1 } })
    expect(next.sent.map(({ items }) => items)).toEqual([['/a', '/b']])
  })
})

describe('A paused automation', () => {
  test('holds what runs by itself until somebody has it run now', async () => {
    setPaused(true)
    const world = worldOf()
    const id = await begun(world, '/a', 'automatic', 'A rule')
    expect((await planAt(world, id, waiting)).purge.message).toBe('Automation is paused. Resume it, or run this one now.')
    expect(world.sent).toEqual([])
    world.feature.plans.runNow(id, 'Ada')
    expect(await world.ended(id)).toMatchObject({ state: 'done', origin: 'automatic', queue: { pushedBy: 'Ada' } })
  })

  test('may be cancelled in, and nothing is charged', async () => {
    setPaused(true)
    const world = worldOf()
    const id = await begun(world, '/a', 'automatic', 'A rule')
    await planAt(world, id, waiting)
    world.feature.plans.cancel(id)
    expect(await world.ended(id)).toMatchObject({ state: 'cancelled' })
    expect([world.sent, kinds()]).toEqual([[], ['reserve 1', 'release 1']])
  })
})

describe('What runs by itself', () => {
  test('may not use what is kept for incidents; a person may', async () => {
    plans.site.db.raw
      .exec(`INSERT INTO budget_settings (account, allowance, price_micro_dollars, incident_reserve, changed_at, changed_by)
      VALUES ('${ACCOUNT}', 2, 5000, 1, 0, 'Ada')`)
    const world = worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text: '/a\n/b' }, 'A rule', { origin: 'automatic' })
    await expect(world.feature.plans.start(id, 'A rule')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('kept for incidents'),
    })
    expect(await world.ended(await begun(world, '/a\n/b'))).toMatchObject({ state: 'done' })
  })

  test('is sent in requests that leave people their share of each second', async () => {
    const quotas = { inProgress: { items: 100, prefixes: 15 }, perSecond: { items: 4, prefixes: 1 } }
    const world = worldOf({ quotas })
    await world.ended(await begun(world, '/a\n/b\n/c', 'automatic', 'A rule'))
    expect(world.sent.map(({ items }) => items)).toEqual([['/a', '/b'], ['/c']])
  })
})

describe('An answer that was lost', () => {
  const listed = (world: () => PlansWorld, arrived: () => boolean): NonNullable<PlansOptions['account']> => ({
    distributions: async () => ({ ids: ['ETEST'], next: null }),
    list: async () => ({
      purges: arrived()
        ? [
            { remoteId: 'I-other', createdAtMs: Date.now() },
            { remoteId: 'I-lost', createdAtMs: Date.now() },
          ]
        : [],
      next: null,
    }),
    read: async (_id, remoteId) => ({
      remoteId,
      createdAtMs: Date.now(),
      reference: remoteId === 'I-lost' ? (world().sent[0]?.reference ?? '') : 'others',
      items: ['/a'],
    }),
  })

  test('is looked up before anything is repeated', async () => {
    const world: PlansWorld = worldOf({
      purge: async () => {
        throw unreachable()
      },
      account: listed(
        () => world,
        () => true,
      ),
    })
    const id = await begun(world, '/a')
    expect(await world.ended(id)).toMatchObject({ state: 'done' })
    expect([world.sent.length, kinds()]).toEqual([1, ['reserve 1', 'commit 1']])
  })

  test('is found although the clock here was hours ahead when it was sent', async () => {
    const createdAtMs = Date.now() - 5 * 3_600_000
    const account = listed(
      () => world,
      () => true,
    )
    const world: PlansWorld = worldOf({
      purge: async () => {
        throw unreachable()
      },
      account: { ...account, list: async () => ({ purges: [{ remoteId: 'I-lost', createdAtMs }], next: null }) },
    })
    expect(await world.ended(await begun(world, '/a'))).toMatchObject({ state: 'done' })
    expect(world.sent).toHaveLength(1)
  })

  test('and is in no list gives its reservation back when the purge is refused for good', async () => {
    const world: PlansWorld = worldOf({
      purge: async (_items, _reference, attempt) => {
        throw attempt === 1 ? unreachable() : refused()
      },
      account: listed(
        () => world,
        () => false,
      ),
    })
    expect(await world.ended(await begun(world, '/a'))).toMatchObject({
      state: 'failed',
      result: 'These credentials may not purge. Enter others.',
    })
    expect(kinds()).toEqual(['reserve 1', 'release 1'])
  })

  test('and cannot be looked up stays reserved with clear words, until the list may be read', async () => {
    let denied = true
    const account = listed(
      () => world,
      () => true,
    )
    const world: PlansWorld = worldOf({
      purge: async (_items, _reference, attempt) => {
        throw attempt === 1 ? unreachable() : refused()
      },
      account: {
        ...account,
        async list(...of) {
          if (denied)
            throw new AppError(
              'CREDENTIALS_REFUSED',
              'These AWS credentials may not call cloudfront:ListInvalidations on ETEST.',
              {
                fix: 'Allow cloudfront:ListInvalidations in the IAM policy of this user or role.',
              },
            )
          return account.list(...of)
        },
      },
    })
    const { result } = await world.ended(await begun(world, '/a'))
    expect(result).toContain(
      'it could not be looked up: These AWS credentials may not call cloudfront:ListInvalidations on ETEST. Allow',
    )
    await world.feature.settle()
    expect(kinds()).toEqual(['reserve 1'])
    denied = false
    await world.feature.settle()
    expect([kinds(), plans.purgeStates()]).toEqual([['reserve 1', 'commit 1'], ['completed']])
  })

  test('under a reference that exists is followed when its items are the same', async () => {
    const exists = () => new AppError('PROVIDER_REFUSED', 'Another list exists under this reference.', { field: 'reference' })
    const world: PlansWorld = worldOf({
      purge: async () => {
        throw exists()
      },
      account: listed(
        () => world,
        () => true,
      ),
    })
    expect(await world.ended(await begun(world, '/a'))).toMatchObject({ state: 'done' })
    expect(kinds()).toEqual(['reserve 1', 'commit 1'])
  })
})

test('A vendor that asks one plan to slow down is asked by none meanwhile', async () => {
  let busy = true
  const world = worldOf({
    purge: async (_items, reference) => {
      if (busy) throw throttled()
      return { remoteId: reference }
    },
  })
  const first = await begun(world, '/a')
  await planAt(world, first, waiting)
  const second = await begun(world, '/b')
  expect((await planAt(world, second, waiting)).purge.waitsUntilMs).not.toBeUndefined()
  busy = false
  expect(await world.ended(second)).toMatchObject({ state: 'done' })
  expect(await world.ended(first)).toMatchObject({ state: 'done' })
})

test('A plan that is run now does not wait for one that waits, and takes the item from it', async () => {
  setPaused(true)
  const world = worldOf()
  const wide = await begun(world, '/a\n/b', 'automatic', 'A rule')
  await planAt(world, wide, waiting)
  const plan = await begun(world, '/a\n/c', 'automatic', 'Another rule')
  await planAt(world, plan, waiting)
  world.feature.plans.runNow(plan, 'Ada')
  expect(await over(world, plan)).toMatchObject({ state: 'done', queue: { coveredItems: 0 } })
  setPaused(false)
  expect(await world.ended(wide)).toMatchObject({ state: 'done', queue: { coveredItems: 1 } })
  expect(world.sent.flatMap(({ items }) => items).sort()).toEqual(['/a', '/b', '/c'])
  expect(world.ledger.budget(ACCOUNT)).toMatchObject({ used: 3, reserved: 0 })
})

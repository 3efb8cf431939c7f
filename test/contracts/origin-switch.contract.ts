import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Edge, OriginSwitch } from '#main/providers/edge.ts'
import { refusalOf } from './edge.contract.ts'

/** An edge that can be pointed at another release, and the same vendor in the ways in which it can be unusable. */
export interface SwitchUnderTest {
  readonly edge: Edge
  /** Two origin paths that it may be pointed at. */
  readonly paths: readonly [string, string]
  readonly missing: Edge
  readonly refused: Edge
  readonly unreachable: Edge
  stop(): Promise<void>
}

/** What every edge must do whose origin can be switched. */
export function originSwitchContract(name: string, make: () => Promise<SwitchUnderTest>): void {
  describe(`${name} can be switched`, () => {
    let under: SwitchUnderTest
    let origin: OriginSwitch
    beforeAll(async () => {
      under = await make()
      origin = switchOf(under.edge)
    }, 120_000)
    afterAll(async () => {
      await under.stop()
    })

    test('says at once where it fetches from, and later that every location does', async () => {
      for (const path of under.paths) {
        await origin.switchTo(path, (await origin.read()).etag)
        expect((await origin.read()).originPath).toBe(path)
        await untilDeployed(origin)
      }
    })

    test('has not arrived everywhere while it is under way', async () => {
      await origin.switchTo(under.paths[0], (await origin.read()).etag)
      expect(await origin.deployed()).toBe(false)
      await untilDeployed(origin)
    })

    test('changes nothing but its origin path', async () => {
      const before = await under.edge.describe()
      await origin.switchTo(under.paths[1], (await origin.read()).etag)
      await untilDeployed(origin)
      expect(await under.edge.describe()).toEqual(before)
    })

    test('refuses a change that was decided on an older reading, and keeps what it has', async () => {
      const { etag } = await origin.read()
      await origin.switchTo(under.paths[0], etag)
      const refusal = await refusalOf(origin.switchTo(under.paths[1], etag))
      expect(refusal).toMatchObject({ code: 'CONFLICT', details: { retryable: false } })
      expect(refusal.details.fix).toBeTruthy()
      expect((await origin.read()).originPath).toBe(under.paths[0])
      await untilDeployed(origin)
    })

    test('says when it does not exist, when credentials are refused and when nothing answers', async () => {
      const attempts = (edge: Edge) => [
        () => switchOf(edge).read(),
        () => switchOf(edge).switchTo('/x', 'E1'),
        () => switchOf(edge).deployed(),
      ]
      for (const attempt of attempts(under.missing)) expect(await refusalOf(attempt())).toMatchObject({ code: 'NOT_FOUND' })
      for (const attempt of attempts(under.refused)) {
        expect(await refusalOf(attempt())).toMatchObject({ code: 'CREDENTIALS_REFUSED' })
      }
      for (const attempt of attempts(under.unreachable)) {
        expect(await refusalOf(attempt())).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
      }
    })
  })
}

function switchOf(edge: Edge): OriginSwitch {
  if (!edge.switchOrigin) throw new Error('This edge cannot be switched.')
  return edge.switchOrigin
}

async function untilDeployed(origin: OriginSwitch): Promise<void> {
  const giveUpAt = Date.now() + 25_000
  while (!(await origin.deployed())) {
    if (Date.now() > giveUpAt) throw new Error('The switch did not arrive within 25 s.')
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}

import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes half a minute and more, the longest first. */
const SLOW = [
  'main/durability',
  'main/publishing/kills',
  'renderer/screens',
  'main/providers/real-builds',
  'renderer/why-screen',
  'renderer/settings-screen',
  'main/ssr-story',
  'main/rollback',
  'main/inspection/runs',
  'main/publishing/deploys',
  'main/hooks/story',
  'npm-ci',
  'main/story',
  'main/budget/',
  'main/refusals',
]

/** Runs long files first, so that no worker is left alone with one at the end. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.findIndex((name) => moduleId.replaceAll('\\', '/').includes(`/test/${name}`))
      return at === -1 ? SLOW.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

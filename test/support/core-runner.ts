import { flushCompileCache } from 'node:module'
import { keepCompiledCode } from '#main/platform/compiled-code.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { startTestCore } from './core-client.ts'

// A core in a process of its own, so that a test can end it like a power cut does. See core-process.ts.
interface Call {
  readonly id: number
  readonly path: readonly string[]
  readonly input: unknown
}
type Client = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

const dataFolder = process.argv[2] ?? ''
const panel = await startTestCore({ dataFolder, secrets: keyFileSecrets(dataFolder) })
process.on('disconnect', () => process.exit())
process.on('message', ({ id, path: [feature = '', name = ''], input }: Call) => {
  const call = (panel.client as unknown as Client)[feature]?.[name]
  void call?.(input).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
// A process that is killed later would keep nothing of what it has compiled.
keepCompiledCode()
flushCompileCache()
process.send?.({ ready: true })

import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { CoreData, FromCore, Identity, ToCore } from './core-protocol.ts'
import { threadEnvironment } from './platform/compiled-code.ts'
import { serveSecrets } from './platform/secrets-port.ts'
import type { Secrets } from './platform/secrets.ts'
import { abilitiesOf, PLAIN_SHELL, serveShell, type Shell } from './platform/shell-port.ts'
import type { Log } from './platform/log.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly secrets: Secrets
  /** What only this shell can do; missing: nothing. */
  readonly shell?: Shell
  readonly log: Log
  readonly version: string
  readonly demo: boolean
  /** Another program for the core thread: tests pass a stub. */
  readonly threadUrl?: URL
}

/** A running core, seen from its shell. */
export interface CoreHandle {
  /** Opens a connection for one person. Frames are strings and ArrayBuffers; closing either end closes the other. */
  connect(identity: Identity): MessagePort
  /** Whose sign-in link this is; null when it is unknown or revoked, or the core does not answer. */
  signIn(secret: string): Promise<Identity | null>
  /** Calls back when a sign-in link was revoked. */
  onRevoked(listener: (personId: string) => void): void
  /** What is queued or running, one line each for a person to read. Empty once the core has ended. */
  busy(): Promise<readonly string[]>
  /** Tells the core that the machine sleeps or wakes. */
  power(event: 'suspend' | 'resume'): void
  /** Ends the core. What is queued stays in the database for the next start. */
  close(): Promise<void>
  /** Settles when the core thread is gone: with the error if it fell, with null if it was closed. */
  readonly exited: Promise<Error | null>
}

const EXTENSION = extname(new URL(import.meta.url).pathname)
const CLOSE_TIMEOUT_MS = 10_000
const ANSWER_TIMEOUT_MS = 5_000

/** Starts the core in a thread of its own and waits until it answers. Rejects with the core's own sentence. */
export async function startCore(options: CoreOptions): Promise<CoreHandle> {
  const worker = startThread(options)
  const exited = exitOf(worker)
  await ready(worker, exited)

  const waiting = new Map<number, (answer: FromCore) => void>()
  const onRevoked: ((personId: string) => void)[] = []
  let nextId = 0
  let closing = false
  worker.on('message', (message: FromCore) => {
    if (message.type === 'busy' || message.type === 'signed-in') waiting.get(message.id)?.(message)
    if (message.type === 'revoked') for (const tell of onRevoked) tell(message.personId)
  })
  const send = (message: ToCore, transfer: MessagePort[] = []): void => worker.postMessage(message, transfer)
  const ended = exited.then((error) => {
    if (error && !closing) options.log.error({ err: error }, 'the core thread fell')
    return closing ? null : (error ?? new Error('The core ended by itself.'))
  })

  /** The core's answer, or null when it does not come. */
  async function ask(question: (id: number) => ToCore): Promise<FromCore | null> {
    const id = nextId++
    const answer = new Promise<FromCore>((resolve) => waiting.set(id, resolve))
    send(question(id))
    const silent = later(ANSWER_TIMEOUT_MS, null)
    const answered = await Promise.race([answer, silent.promise, ended.then(() => 'gone' as const)])
    silent.cancel()
    waiting.delete(id)
    return answered === 'gone' ? { type: 'closed' } : answered
  }

  return {
    exited: ended,
    power: (event) => send({ type: 'power', event }),
    connect(identity) {
      const { port1, port2 } = new MessageChannel()
      send({ type: 'connect', port: port2, identity }, [port2])
      return port1
    },
    async busy() {
      const answer = await ask((id) => ({ type: 'busy', id }))
      if (answer === null) return ['Work that has not answered for 5 seconds']
      return answer.type === 'busy' ? answer.work : []
    },
    async signIn(secret) {
      const answer = await ask((id) => ({ type: 'sign-in', id, secret }))
      return answer?.type === 'signed-in' ? answer.identity : null
    },
    onRevoked: (listener) => void onRevoked.push(listener),
    async close() {
      if (!closing) send({ type: 'close' })
      closing = true
      const late = later(CLOSE_TIMEOUT_MS, undefined)
      await Promise.race([exited, closed(worker), late.promise])
      late.cancel()
      await worker.terminate()
    },
  }
}

/** The core's threads lie side by side, beside this file: as `.ts` in the sources, as `.js` in the bundle. */
function beside(name: string, file: string | URL): URL {
  return new URL(name + extname(new URL(file).pathname), file)
}

/** Programs beside a packed panel lie outside its archive, where a process can have its folder. */
function realFolder(folder: string): string {
  return folder.replace(/\.asar([\\/]?)$/, '.asar.unpacked$1')
}

function startThread(options: CoreOptions): Worker {
  const thread = options.threadUrl ?? beside('core-thread', import.meta.url)
  const { port1, port2 } = new MessageChannel()
  serveSecrets(port1, options.secrets)
  const shell = options.shell ?? PLAIN_SHELL
  const shellChannel = new MessageChannel()
  serveShell(shellChannel.port1, shell)
  const workerData: CoreData = {
    dataFolder: options.dataFolder,
    secretsPort: port2,
    shellPort: shellChannel.port2,
    shellAbilities: abilitiesOf(shell),
    version: options.version,
    demo: options.demo,
    programFolder: realFolder(fileURLToPath(new URL(EXTENSION === '.ts' ? '..' : '../..', import.meta.url))),
    workThreadUrl: beside('work-thread', thread).href,
    readThreadUrl: beside('read-thread', thread).href,
  }
  const worker = new Worker(thread, {
    name: 'core',
    workerData,
    env: threadEnvironment(),
    transferList: [port2, shellChannel.port2],
  })
  worker.once('exit', () => {
    port1.close()
    shellChannel.port1.close()
  })
  return worker
}

function exitOf(worker: Worker): Promise<Error | null> {
  return new Promise((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error : new Error(String(error))))
    worker.once('exit', (code) => resolve(code === 0 ? null : new Error(`The core thread ended with code ${code}.`)))
  })
}

async function ready(worker: Worker, exited: Promise<Error | null>): Promise<void> {
  const answer = new Promise<void>((resolve, reject) => {
    worker.on('message', function listen(message: FromCore) {
      if (message.type !== 'ready' && message.type !== 'failed') return
      worker.off('message', listen)
      if (message.type === 'ready') resolve()
      else reject(new Error(message.message))
    })
  })
  const fell = exited.then((error) => {
    throw error ?? new Error('The core ended before it was ready.')
  })
  try {
    await Promise.race([answer, fell])
  } catch (error) {
    await worker.terminate()
    throw error
  }
}

function closed(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.on('message', (message: FromCore) => {
      if (message.type === 'closed') resolve()
    })
  })
}

function later<T>(ms: number, value: T): { promise: Promise<T>; cancel(): void } {
  const { promise, resolve } = Promise.withResolvers<T>()
  const timer = setTimeout(() => resolve(value), ms)
  return { promise, cancel: () => clearTimeout(timer) }
}

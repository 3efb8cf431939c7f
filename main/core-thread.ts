import { parentPort, workerData } from 'node:worker_threads'
import type { CoreData, FromCore, ToCore } from './core-protocol.ts'
import { openData } from './open-data.ts'
import { keepCompiledCode } from './platform/compiled-code.ts'
import { systemClock } from './platform/clock.ts'
import { logFolderOf } from './platform/data-place.ts'
import { NewerDatabaseError } from './platform/database.ts'
import { markDamaged } from './platform/database-check.ts'
import { isDamage } from './platform/failure-code.ts'
import { createKnownSecrets, rememberingSecrets } from './platform/known-secrets.ts'
import { openLog } from './platform/log.ts'
import { storageSentence } from './platform/storage-failure.ts'
import { secretsOverPort } from './platform/secrets-port.ts'
import { shellOverPort } from './platform/shell-port.ts'

/** A window has its first rows by then. */
const LEISURE_MS = 1_500
// The shell that starts this thread fills in exactly this shape.
const data = workerData as CoreData
keepCompiledCode()
const logFolder = logFolderOf(data.dataFolder)
const knownSecrets = createKnownSecrets()
for (const [name, value = ''] of Object.entries(process.env)) {
  // Of a proxy in the environment only a password is a secret.
  if (/_proxy$/i.test(name) && value.includes('@')) knownSecrets.remember(value)
}
const log = openLog(logFolder, 'core', knownSecrets.scrub)
const say = (message: FromCore) => parentPort?.postMessage(message)
let ready = false

try {
  const db = await openData(data.dataFolder, systemClock, log)
  // What can keep a person from starting has been tried: the shell opens its window while the rest is read.
  say({ type: 'ready' })
  ready = true
  const { createCore } = await import('./core.ts')
  const core = await createCore({
    ...data,
    db,
    log,
    leisureMs: LEISURE_MS,
    clock: systemClock,
    logFolder,
    knownSecrets,
    secrets: rememberingSecrets(secretsOverPort(data.secretsPort), knownSecrets),
    shell: shellOverPort(data.shellPort, data.shellAbilities),
    environment: process.env,
    workThreadUrl: new URL(data.workThreadUrl),
    readThreadUrl: new URL(data.readThreadUrl),
    onRevoked: (personId) => say({ type: 'revoked', personId }),
  })
  parentPort?.on('message', (message: ToCore) => {
    switch (message.type) {
      case 'connect':
        return core.connect(message.port, message.identity)
      case 'busy':
        return say({ type: 'busy', id: message.id, work: core.busy() })
      case 'sign-in':
        return say({ type: 'signed-in', id: message.id, identity: core.signIn(message.secret) })
      case 'power':
        log.info({ event: message.event }, 'power')
        return message.event === 'resume' ? core.wake() : undefined
      case 'close':
        return void core.close().then(() => say({ type: 'closed' }))
    }
  })
} catch (error) {
  log.error({ err: error }, 'the core could not start')
  if (isDamage(error)) markDamaged(data.dataFolder)
  // The shell shows a window by now: for it, the core has fallen.
  if (ready) throw error
  const known = error instanceof NewerDatabaseError ? error.message : storageSentence(error, data.dataFolder)
  say({
    type: 'failed',
    message: known ?? `Frostline could not start with the data in ${data.dataFolder}. ${logFolder} has the details.`,
  })
}

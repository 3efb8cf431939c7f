import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { createReceiver, type ReceiveInput, type ReceiverNews } from './hooks/receive-task.ts'
import type { Known } from './hooks/receive.ts'
import { systemClock } from './platform/clock.ts'
import { openDatabase } from './platform/database.ts'
import { serveTasks } from './platform/workers.ts'

/** The thread that takes deliveries of other systems: a storm of them delays nothing that a person waits for. */
const { dataFolder } = z.object({ dataFolder: z.string() }).parse(workerData)
const { raw: db } = await openDatabase(join(dataFolder, 'frostline.db'), { migrate: false })
db.pragma('cache_size = -8192')
const receiver = createReceiver(db, systemClock)

const tasks = {
  receive: (input: ReceiveInput, report: (news: ReceiverNews) => void, signal: AbortSignal) =>
    receiver.receive(input, report, signal),
  know: (input: Known) => receiver.know(input),
}
export type HookTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)

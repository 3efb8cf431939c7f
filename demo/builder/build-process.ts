import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isWorkerMessage, type BuildJob, type WorkerMessage } from './worker-messages.ts';

const demoFolder = fileURLToPath(new URL('..', import.meta.url));
const workerFile = fileURLToPath(new URL('./build-worker.ts', import.meta.url));

export type BuildOutcome = { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly sentence: string };

/** One build in a process of its own. */
export class BuildProcess {
  readonly #child: ChildProcess;
  /** Never rejects. */
  readonly outcome: Promise<BuildOutcome>;

  constructor(job: BuildJob, onMessage: (message: WorkerMessage) => void) {
    const child = fork(workerFile, [], {
      cwd: demoFolder, serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [],
    });
    this.#child = child;
    let ended: BuildOutcome | null = null;
    child.on('message', (message) => {
      if (!isWorkerMessage(message)) return;
      if (message.kind === 'done') ended = { kind: 'succeeded' };
      else if (message.kind === 'failed') ended = { kind: 'failed', sentence: message.sentence };
      else onMessage(message);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n')) if (line.trim() !== '') onMessage({ kind: 'line', text: line });
      });
    }
    this.outcome = new Promise((resolve) => {
      child.once('error', (error) => resolve({ kind: 'failed', sentence: `The build process could not start: ${error.message}` }));
      child.once('close', (code, signal) =>
        resolve(ended ?? { kind: 'failed', sentence: `The build process ended unexpectedly (${signal ?? `exit code ${String(code)}`}).` }));
    });
    child.send(job, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

import type { MessagePort } from 'node:worker_threads'
import type { Role } from '#shared/calls.ts'
import type { ShellAbilities } from './platform/shell-port.ts'

/** Who is at the other end of a connection. Bound when the connection is handed over; the core judges every call by it. */
export interface Identity {
  readonly person: string
  readonly role: Role
  /** Of a sign-in link; missing for whoever is at the machine itself. */
  readonly personId?: string
  /** The desktop window itself, for its tray and notifications. */
  readonly shell?: true
}

/** What the core thread is started with (`workerData`). */
export interface CoreData {
  readonly dataFolder: string
  /** Served by the shell; wrap it with `secretsOverPort`. */
  readonly secretsPort: MessagePort
  /** Served by the shell as well; wrap it with `shellOverPort`. */
  readonly shellPort: MessagePort
  readonly shellAbilities: ShellAbilities
  readonly version: string
  /** Whether the built-in stack is offered and started. */
  readonly demo: boolean
  /** The program's own folder: `package.json` and `demo/` lie in it, in sources and beside the bundle. */
  readonly programFolder: string
  /** Where the programs of the work thread and the read thread are: beside the core thread's, in sources and in the bundle. */
  readonly workThreadUrl: string
  readonly readThreadUrl: string
}

/** What a shell says to the core thread. */
export type ToCore =
  | { readonly type: 'connect'; readonly port: MessagePort; readonly identity: Identity }
  | { readonly type: 'busy'; readonly id: number }
  | { readonly type: 'sign-in'; readonly id: number; readonly secret: string }
  | { readonly type: 'power'; readonly event: 'suspend' | 'resume' }
  | { readonly type: 'close' }

/** What the core thread says to its shell. `failed` comes instead of `ready`, with a sentence for the person. */
export type FromCore =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'busy'; readonly id: number; readonly work: readonly string[] }
  | { readonly type: 'signed-in'; readonly id: number; readonly identity: Identity | null }
  | { readonly type: 'revoked'; readonly personId: string }
  | { readonly type: 'closed' }

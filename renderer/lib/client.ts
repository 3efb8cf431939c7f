import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '#shared/contract.ts'
import { createConnection } from './connection.ts'
import { line } from './line.ts'
import { sessionsOver } from './transport.ts'

export const connection = createConnection(sessionsOver(line.open))

/** Every call of the core, typed by the contract. */
export const client: ContractRouterClient<Contract> = createORPCClient(connection.link)

/** The same calls as TanStack Query options and key trees. */
export const orpc = createTanstackQueryUtils(client)

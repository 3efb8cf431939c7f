import type { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { AppError } from '#shared/errors.ts'
import type { AccountPurges } from '../edge.ts'
import { cloudFrontFailure, notCloudFront, type Attempt } from './failure.ts'

interface AccountParts {
  client(): Promise<CloudFrontClient>
  attempt(action: string, signal: AbortSignal | undefined, about: string): Attempt
}

/** The most that a list call answers with. Source: API reference, ListInvalidations and ListDistributions. */
const ROWS_PER_CALL = 100

/** What was purged with an account: ListDistributions, ListInvalidations and GetInvalidation. */
export function createAccountPurges({ client, attempt }: AccountParts): AccountPurges {
  const ask = async <T>(asked: Attempt, call: (client: CloudFrontClient) => Promise<T | undefined>): Promise<T> => {
    try {
      const answer = await call(await client())
      if (answer === undefined) throw notCloudFront(asked)
      return answer
    } catch (error) {
      throw cloudFrontFailure(error, asked)
    }
  }
  return {
    async distributions(cursor, signal) {
      const { ListDistributionsCommand } = await import('@aws-sdk/client-cloudfront')
      const list = await ask(attempt('cloudfront:ListDistributions', signal, 'this account'), async (client) => {
        const command = new ListDistributionsCommand({ MaxItems: ROWS_PER_CALL, ...(cursor === null ? {} : { Marker: cursor }) })
        return (await client.send(command, { abortSignal: signal })).DistributionList
      })
      return { ids: (list.Items ?? []).flatMap(({ Id }) => Id ?? []), next: nextOf(list, cursor) }
    },

    async list(distributionId, cursor, signal) {
      const { ListInvalidationsCommand } = await import('@aws-sdk/client-cloudfront')
      const list = await ask(attempt('cloudfront:ListInvalidations', signal, distributionId), async (client) => {
        const where = { DistributionId: distributionId, MaxItems: ROWS_PER_CALL, ...(cursor === null ? {} : { Marker: cursor }) }
        try {
          return (await client.send(new ListInvalidationsCommand(where), { abortSignal: signal })).InvalidationList
        } catch (error) {
          if (cursor === null || !(error instanceof Error) || error.name !== 'InvalidArgument') throw error
          throw new AppError('BAD_INPUT', 'CloudFront does not know this place in its list any more.', { field: 'cursor' })
        }
      })
      const purges = (list.Items ?? []).flatMap(({ Id, CreateTime }) =>
        Id === undefined ? [] : [{ remoteId: Id, createdAtMs: instantOf(CreateTime) }],
      )
      return { purges, next: nextOf(list, cursor) }
    },

    async read(distributionId, remoteId, signal) {
      const { GetInvalidationCommand } = await import('@aws-sdk/client-cloudfront')
      try {
        const found = await ask(attempt('cloudfront:GetInvalidation', signal, distributionId), async (client) => {
          const command = new GetInvalidationCommand({ DistributionId: distributionId, Id: remoteId })
          return (await client.send(command, { abortSignal: signal })).Invalidation
        })
        return {
          remoteId,
          createdAtMs: instantOf(found.CreateTime),
          reference: found.InvalidationBatch?.CallerReference ?? '',
          items: found.InvalidationBatch?.Paths?.Items ?? [],
        }
      } catch (error) {
        if (error instanceof AppError && error.code === 'NOT_FOUND') return null
        throw error
      }
    },
  }
}

/** A list that names its own place as the next one would never end. */
function nextOf(
  list: { readonly IsTruncated?: boolean | undefined; readonly NextMarker?: string | undefined },
  cursor: string | null,
): string | null {
  const next = list.IsTruncated === true ? (list.NextMarker ?? null) : null
  return next === '' || next === cursor ? null : next
}

function instantOf(created: Date | undefined): number | null {
  const atMs = created?.getTime() ?? Number.NaN
  return Number.isNaN(atMs) ? null : atMs
}

import type { CloudFrontClient, Invalidation } from '@aws-sdk/client-cloudfront'
import { AppError, type ErrorDetails } from '#shared/errors.ts'
import type { Edge, PurgeReceipt } from '../edge.ts'
import { createAccountPurges } from './account-purges.ts'
import { createClient, type ClientOptions } from './client.ts'
import { describeDistribution, ITEMS_PER_REQUEST, WILDCARDS_PER_REQUEST } from './describe.ts'
import { cloudFrontFailure, notCloudFront, type Attempt } from './failure.ts'
import { createOriginSwitch } from './origin-switch.ts'
import { checkItem } from './purge-items.ts'

export interface CloudFrontOptions extends ClientOptions {
  readonly distributionId: string
}

/** One CloudFront distribution. Throws what `Edge` names. */
export function createCloudFront(options: CloudFrontOptions): Edge {
  const { distributionId, credentials } = options
  const lazy = createClient(options)
  const host = options.endpoint === undefined ? 'cloudfront.amazonaws.com' : (URL.parse(options.endpoint)?.host ?? 'the endpoint')
  const attemptOf = (action: string, signal: AbortSignal | undefined, about = distributionId): Attempt => ({
    distributionId: about,
    action,
    credentials,
    host,
    signal,
  })

  /** Runs one call and reads the purge that it answers with. */
  const invalidation = async (
    attempt: Attempt,
    call: (client: CloudFrontClient) => Promise<{ readonly Invalidation?: Invalidation | undefined }>,
  ): Promise<PurgeReceipt> => {
    try {
      const answer = await call(await lazy.get())
      return toReceipt(answer.Invalidation) ?? fail(notCloudFront(attempt))
    } catch (error) {
      throw cloudFrontFailure(error, attempt)
    }
  }

  return {
    async describe(signal) {
      const newAttempt = (action: string): Attempt => attemptOf(action, signal)
      try {
        return await describeDistribution(await lazy.get(), distributionId, newAttempt)
      } catch (error) {
        throw cloudFrontFailure(error, newAttempt('cloudfront:GetDistribution'))
      }
    },

    async purge(items, reference, signal) {
      const paths = checkedItems(items)
      const { CreateInvalidationCommand } = await import('@aws-sdk/client-cloudfront')
      try {
        return await invalidation(attemptOf('cloudfront:CreateInvalidation', signal), (client) =>
          client.send(
            new CreateInvalidationCommand({
              DistributionId: distributionId,
              InvalidationBatch: { CallerReference: reference, Paths: { Quantity: paths.length, Items: paths } },
            }),
            { abortSignal: signal },
          ),
        )
      } catch (error) {
        throw tooManyWildcards(error, paths) ?? error
      }
    },

    async purgeStatus(remoteId, signal) {
      const { GetInvalidationCommand } = await import('@aws-sdk/client-cloudfront')
      return await invalidation(attemptOf('cloudfront:GetInvalidation', signal), (client) =>
        client.send(new GetInvalidationCommand({ DistributionId: distributionId, Id: remoteId }), { abortSignal: signal }),
      )
    },

    switchOrigin: createOriginSwitch({ distributionId, client: lazy.get, attempt: attemptOf }),

    account: createAccountPurges({ client: lazy.get, attempt: attemptOf }),

    close: lazy.close,
  }
}

/**
 * The items in one fixed order, each once: CloudFront takes a repeated reference for the same purge only when the whole
 * request is the same, and charges a repeated item again.
 */
function checkedItems(items: readonly string[]): string[] {
  if (items.length === 0) throw new AppError('BAD_INPUT', 'There is nothing to purge.', { field: 'items' })
  if (items.length > ITEMS_PER_REQUEST) {
    throw new AppError('BAD_INPUT', `One purge may have ${ITEMS_PER_REQUEST} items and this one has ${items.length}.`, {
      field: 'items',
      fix: 'Purge in smaller parts, or use a wildcard or a tag.',
    })
  }
  const checked = items.map((text, index) => {
    const check = checkItem(text)
    if (!check.ok) throw new AppError('BAD_INPUT', check.reason, { field: `items.${index}` })
    return check.item
  })
  return [...new Set(checked)].sort()
}

/** A request with more wildcards than may be in progress at all is throttled for ever: waiting does not help it. */
function tooManyWildcards(error: unknown, paths: readonly string[]): AppError | null {
  const wildcards = paths.filter((path) => path.startsWith('/') && path.endsWith('*')).length
  if (!(error instanceof AppError) || error.code !== 'THROTTLED' || wildcards <= WILDCARDS_PER_REQUEST) return null
  const details: ErrorDetails = {
    field: 'items',
    fix: 'Use fewer wildcards: a shorter beginning purges more at once.',
    retryable: false,
  }
  const sentence = `CloudFront works on ${WILDCARDS_PER_REQUEST} wildcards at a time and this purge has ${wildcards}.`
  return new AppError('PROVIDER_REFUSED', sentence, details, error)
}

function toReceipt(invalidation: Invalidation | undefined): PurgeReceipt | undefined {
  const createdAtMs = invalidation?.CreateTime?.getTime()
  if (invalidation?.Id === undefined || createdAtMs === undefined || Number.isNaN(createdAtMs)) return undefined
  return {
    remoteId: invalidation.Id,
    state: invalidation.Status === 'Completed' ? 'completed' : 'in-progress',
    createdAtMs,
  }
}

function fail(error: Error): never {
  throw error
}

import type { CloudFrontClient, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront'
import { AppError } from '#shared/errors.ts'
import type { OriginState, OriginSwitch } from '../edge.ts'
import { cloudFrontFailure, notCloudFront, type Attempt } from './failure.ts'

interface Parts {
  readonly distributionId: string
  client(): Promise<CloudFrontClient>
  attempt(action: string, signal: AbortSignal | undefined): Attempt
}

interface ReadConfig {
  readonly config: DistributionConfig
  readonly origin: Origin
  readonly etag: string
}

/**
 * The OriginPath of the origin behind the default behaviour. Everything else of the configuration is sent back as it was
 * read, since CloudFront takes only whole configurations. Source: API reference, UpdateDistribution.
 */
export function createOriginSwitch({ distributionId, client, attempt }: Parts): OriginSwitch {
  const readConfig = async (signal: AbortSignal | undefined): Promise<ReadConfig> => {
    const { GetDistributionConfigCommand } = await import('@aws-sdk/client-cloudfront')
    const asked = attempt('cloudfront:GetDistributionConfig', signal)
    try {
      const command = new GetDistributionConfigCommand({ Id: distributionId })
      const { DistributionConfig: config, ETag: etag } = await (await client()).send(command, { abortSignal: signal })
      if (config?.DefaultCacheBehavior === undefined || etag === undefined) throw notCloudFront(asked)
      return { config, etag, origin: originOf(config, distributionId) }
    } catch (error) {
      throw cloudFrontFailure(error, asked)
    }
  }
  const pathOf = ({ origin, etag }: ReadConfig): OriginState => ({ originPath: origin.OriginPath ?? '', etag })

  return {
    read: async (signal) => pathOf(await readConfig(signal)),

    async switchTo(originPath, ifMatch, signal) {
      const { config, origin, etag } = await readConfig(signal)
      const asked = attempt('cloudfront:UpdateDistribution', signal)
      if (etag !== ifMatch) throw changedMeanwhile(distributionId)
      const { UpdateDistributionCommand } = await import('@aws-sdk/client-cloudfront')
      const items = config.Origins?.Items?.map((one) => (one === origin ? { ...one, OriginPath: originPath } : one))
      const changed = { ...config, Origins: { Quantity: items?.length ?? 0, Items: items ?? [] } }
      try {
        await (
          await client()
        ).send(new UpdateDistributionCommand({ Id: distributionId, IfMatch: ifMatch, DistributionConfig: changed }), {
          abortSignal: signal,
        })
      } catch (error) {
        if (isStale(error)) throw changedMeanwhile(distributionId, error)
        throw cloudFrontFailure(error, asked)
      }
    },

    async deployed(signal) {
      const { GetDistributionCommand } = await import('@aws-sdk/client-cloudfront')
      const asked = attempt('cloudfront:GetDistribution', signal)
      try {
        const answer = await (await client()).send(new GetDistributionCommand({ Id: distributionId }), { abortSignal: signal })
        if (answer.Distribution?.Status === undefined) throw notCloudFront(asked)
        return answer.Distribution.Status === 'Deployed'
      } catch (error) {
        throw cloudFrontFailure(error, asked)
      }
    },
  }
}

/** The origin that pages come from. An origin group has two, and which one holds the releases cannot be told. */
function originOf(config: DistributionConfig, distributionId: string): Origin {
  const wanted = config.DefaultCacheBehavior?.TargetOriginId
  const origin = config.Origins?.Items?.find(({ Id }) => Id === wanted)
  if (origin) return origin
  throw new AppError('PROVIDER_REFUSED', `The pages of ${distributionId} come from an origin group, not from one origin.`, {
    fix: 'Point the default behaviour at the origin that holds the releases, or switch it in the CloudFront console.',
    retryable: false,
  })
}

function isStale(error: unknown): boolean {
  return error instanceof Error && (error.name === 'PreconditionFailed' || error.name === 'InvalidIfMatchVersion')
}

function changedMeanwhile(distributionId: string, cause?: unknown): AppError {
  return new AppError(
    'CONFLICT',
    `Somebody changed ${distributionId} at the same moment, so nothing was switched.`,
    { fix: 'Look at what visitors get now, then try again.', retryable: false },
    cause instanceof Error ? new Error(cause.name) : undefined,
  )
}

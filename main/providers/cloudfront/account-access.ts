import type { CloudFrontClient, DistributionConfig, DistributionSummary } from '@aws-sdk/client-cloudfront'
import type { ListedDistribution, TriedPermission } from '#shared/add-site.ts'
import { AppError } from '#shared/errors.ts'
import type { EdgeAccount } from '../edge-account.ts'
import { createClient, type ClientOptions } from './client.ts'
import { cloudFrontFailure, isDenied, isUnknownDistribution, type Attempt } from './failure.ts'
import { MANAGED_POLICIES } from './managed-policies.ts'

/** An account of thousands is chosen from by typing an id. */
const LISTED_AT_MOST = 1_000
const ROWS_PER_CALL = 100
/** Of the form that CloudFront gives, and known to nobody: allowed credentials hear that it does not exist. */
const NO_INVALIDATION = 'I0000000000000'
/** Never the version of a configuration: CloudFront refuses it before it changes anything. */
const OLD_VERSION = 'E0000000000000'

type Sdk = typeof import('@aws-sdk/client-cloudfront')

/** What an account of AWS has and what its credentials may do, before a site is added. */
export function createAccountAccess(options: ClientOptions): EdgeAccount {
  const lazy = createClient(options)
  const host = options.endpoint === undefined ? 'cloudfront.amazonaws.com' : (URL.parse(options.endpoint)?.host ?? 'the endpoint')
  const attemptOf = (action: string, about: string, signal: AbortSignal | undefined): Attempt => ({
    distributionId: about,
    action,
    credentials: options.credentials,
    host,
    signal,
  })

  return {
    async distributions(signal) {
      const attempt = attemptOf('cloudfront:ListDistributions', 'this account', signal)
      const distributions: ListedDistribution[] = []
      try {
        const [client, sdk] = await Promise.all([lazy.get(), import('@aws-sdk/client-cloudfront')])
        let marker: string | undefined
        do {
          const where = { MaxItems: ROWS_PER_CALL, ...(marker === undefined ? {} : { Marker: marker }) }
          const { DistributionList: list } = await client.send(new sdk.ListDistributionsCommand(where), { abortSignal: signal })
          distributions.push(...(list?.Items ?? []).map(listed))
          marker = list?.IsTruncated === true && list.NextMarker !== marker ? list.NextMarker : undefined
        } while (marker !== undefined && distributions.length < LISTED_AT_MOST)
        return { distributions, complete: marker === undefined }
      } catch (error) {
        throw cloudFrontFailure(error, attempt)
      }
    },

    async tryPermissions(distributionId, wants, signal) {
      const sdk = await import('@aws-sdk/client-cloudfront')
      let client: CloudFrontClient
      try {
        client = await lazy.get()
      } catch (error) {
        throw cloudFrontFailure(error, attemptOf('cloudfront:GetDistribution', distributionId, signal))
      }
      const abort = { abortSignal: signal }
      const trying = async (action: string, says: string, call: () => Promise<unknown>, fine: readonly string[] = []) => {
        const attempt = attemptOf(`cloudfront:${action}`, distributionId, signal)
        return await tried(attempt, says, call, fine)
      }
      const config = client.send(new sdk.GetDistributionConfigCommand({ Id: distributionId }), abort)
      // Two of the tries below look at it; whether it fails the first of them says.
      config.catch(() => {})
      const where = { Id: distributionId }
      return await Promise.all([
        trying('ListDistributions', 'The distributions of the account can be listed.', () =>
          client.send(new sdk.ListDistributionsCommand({ MaxItems: 1 }), abort),
        ),
        trying('GetDistribution', 'The distribution can be read.', () =>
          client.send(new sdk.GetDistributionCommand(where), abort),
        ),
        trying('GetDistributionConfig', 'Its configuration can be read.', () => config),
        trying('GetCachePolicy', 'How long pages are kept can be read.', async () =>
          client.send(new sdk.GetCachePolicyCommand({ Id: policyOf(await config.catch(() => null)) }), abort),
        ),
        trying('ListInvalidations', 'Its purges can be listed.', () =>
          client.send(new sdk.ListInvalidationsCommand({ DistributionId: distributionId, MaxItems: 1 }), abort),
        ),
        trying(
          'GetInvalidation',
          'A purge can be followed.',
          () => client.send(new sdk.GetInvalidationCommand({ DistributionId: distributionId, Id: NO_INVALIDATION }), abort),
          ['NoSuchInvalidation'],
        ),
        purgeTry(attemptOf('cloudfront:CreateInvalidation', distributionId, signal), client, sdk),
        ...(wants.rollBack ? [trying(...updateTry(client, sdk, distributionId, config, signal))] : []),
      ])
    },

    close: lazy.close,
  }
}

/**
 * A purge that cannot be one: its number of items is wrong, and its path has no slash in front. Only a refusal of the
 * credentials says something for sure.
 *
 * Source: CloudFront API reference, CreateInvalidation, errors.
 */
async function purgeTry(attempt: Attempt, client: CloudFrontClient, sdk: Sdk): Promise<TriedPermission> {
  const { action, distributionId, signal } = attempt
  const InvalidationBatch = { CallerReference: 'frostline-try', Paths: { Quantity: 2, Items: ['frostline-try'] } }
  const command = new sdk.CreateInvalidationCommand({ DistributionId: distributionId, InvalidationBatch })
  const refused = await tried(attempt, '', () => client.send(command, { abortSignal: signal }), [])
  if (refused.state === 'missing') return refused
  const message = 'These credentials were not refused, but a whole try would be a purge. The first purge shows it.'
  return { action, state: 'not-tried', message, fix: null }
}

/** A change that CloudFront refuses for its outdated version, when the credentials may change anything at all. */
function updateTry(
  client: CloudFrontClient,
  sdk: Sdk,
  id: string,
  config: Promise<{ readonly DistributionConfig?: DistributionConfig | undefined }>,
  signal: AbortSignal | undefined,
): [action: string, says: string, call: () => Promise<unknown>, fine: readonly string[]] {
  const call = async () => {
    const { DistributionConfig: unchanged } = await config
    const command = new sdk.UpdateDistributionCommand({ Id: id, IfMatch: OLD_VERSION, DistributionConfig: unchanged })
    return await client.send(command, { abortSignal: signal })
  }
  const says = 'It may be pointed at another release: tried with an outdated version, which is refused before anything changes.'
  return ['UpdateDistribution', says, call, ['PreconditionFailed', 'InvalidIfMatchVersion']]
}

async function tried(
  attempt: Attempt,
  says: string,
  call: () => Promise<unknown>,
  fine: readonly string[],
): Promise<TriedPermission> {
  const { action } = attempt
  try {
    await call()
    return { action, state: 'allowed', message: says, fix: null }
  } catch (error) {
    if (error instanceof Error && fine.includes(error.name)) return { action, state: 'allowed', message: says, fix: null }
    const failure = cloudFrontFailure(error, attempt)
    if (!(failure instanceof AppError)) throw failure
    const state = isDenied(error) ? 'missing' : 'failed'
    const told = { action, state, message: failure.message, fix: failure.details.fix ?? null } as const
    return isUnknownDistribution(error) ? { ...told, wrongId: true } : told
  }
}

/** The policy of the default behaviour, or one of AWS's own, which every account has. */
function policyOf(answer: { readonly DistributionConfig?: DistributionConfig | undefined } | null): string {
  const [managed = ''] = MANAGED_POLICIES.keys()
  return answer?.DistributionConfig?.DefaultCacheBehavior?.CachePolicyId ?? managed
}

function listed({ Id, ARN, DomainName, Aliases, Comment, Enabled, Origins }: DistributionSummary): ListedDistribution {
  return {
    id: Id ?? '',
    arn: ARN ?? '',
    domainName: DomainName ?? '',
    aliases: [...(Aliases?.Items ?? [])],
    comment: Comment ?? '',
    enabled: Enabled ?? true,
    origins: (Origins?.Items ?? []).map(({ DomainName: host, OriginPath }) => `${host ?? ''}${OriginPath ?? ''}`),
  }
}

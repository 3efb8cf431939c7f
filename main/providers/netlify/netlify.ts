import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { parseHttpUrl } from '#main/platform/http-url.ts'
import type { Http } from '#main/platform/http.ts'
import { acceptedBuild } from '../accepted-build.ts'
import type { BuildCost, Builder, RemoteBuild } from '../builder.ts'
import { hookRefusal } from '../hook/refusals.ts'
import { createAsk, NETLIFY_API } from './client.ts'
import { Deploy, Id, toBuild } from './deploys.ts'

export interface NetlifyOptions {
  readonly siteId: string
  readonly token: string
  /** Triggers through this build hook rather than with the token. A secret. */
  readonly hookUrl?: string | undefined
  /** Missing: the site's production branch. */
  readonly branch?: string | undefined
  readonly clearCache?: boolean
  /** Of the API. */
  readonly baseUrl?: string | undefined
  readonly http: Pick<Http, 'oneCall' | 'requestText'>
  /** How long to wait before the deploys are read again for the one of a hook, in milliseconds. */
  readonly lookAgainMs?: number
}

/** The 15 are what a user was billed, not a published price; the page says how credits work. */
export const NETLIFY_COST: BuildCost = {
  amount: 15,
  unit: 'credits',
  note: 'Plans hold 300, 1,000 or 5,000 credits a month, and a production deploy takes 15. Without credits, Netlify pauses every site of a free team.',
  source: 'https://docs.netlify.com/manage/accounts-and-billing/billing/billing-for-credit-based-plans/how-credits-work',
}

/** 500 requests a minute are allowed, for every program of the account together. */
const POLL_MS = 5_000
const LOOKS = 4
const LOOK_AGAIN_MS = 1_000
const LOOKED_THROUGH = 20
/** Its clock may be behind ours by this. */
const SKEW_MS = 300_000

const Build = z.object({ deploy_id: Id })
const Site = z.object({ id: Id, published_deploy: Deploy.nullish() })

/**
 * A site at Netlify, by the official client: builds, cancelling, restoring a deploy, and locking. Netlify gives logs to people
 * only, and tells no files of a deploy. Throws what `Builder` names.
 */
export function createNetlifyBuilder(options: NetlifyOptions): Builder {
  const { siteId, token, hookUrl, branch, clearCache = false, http } = options
  const base = (options.baseUrl ?? NETLIFY_API).replace(/\/$/, '')
  const ask = createAsk({ token, baseUrl: base, http })
  const site = Id.safeParse(siteId).data ?? ''

  /** The id of the deploy that one of our own addresses names. */
  const deployOf = (address: string): string => {
    const url = parseHttpUrl(address)
    const id = url.href.startsWith(`${base}/deploys/`) ? url.pathname.split('/deploys/')[1]?.split('/', 1)[0] : undefined
    if (Id.safeParse(id).success && id !== undefined) return id
    throw new AppError('PROVIDER_REFUSED', `${url.host} is not the API of Netlify that this site uses, and is not asked.`, {
      fix: 'Check the base address of the builder.',
      retryable: false,
    })
  }
  const deploy = async (deployId: string, signal?: AbortSignal) =>
    toBuild(await ask('The deploy', Deploy, (api, call) => api.getDeploy({ deploy_id: deployId }, call), signal), base)
  const deploys = (perPage: number, signal?: AbortSignal) =>
    ask(
      'The site',
      z.array(Deploy),
      (api, call) =>
        api.listSiteDeploys(
          { site_id: site, per_page: perPage, ...(branch === undefined ? { production: true } : { branch }) },
          call,
        ),
      signal,
    )

  async function triggerHook(hook: URL, title: string, clears: boolean, signal?: AbortSignal): Promise<RemoteBuild> {
    const known = new Set((await deploys(LOOKED_THROUGH, signal)).map(({ id }) => id))
    const asked = new URL(hook)
    asked.searchParams.set('trigger_title', title)
    if (branch !== undefined) asked.searchParams.set('trigger_branch', branch)
    if (clears) asked.searchParams.set('clear_cache', 'true')
    const sinceMs = Date.now() - SKEW_MS
    const answer = await http.requestText(asked, { method: 'POST', json: {}, signal, privateAllowed: true })
    if (answer.status < 200 || answer.status > 299) throw hookRefusal(answer)
    // A hook tells no id: its deploy is the new one of this title.
    for (let look = 0; look < LOOKS; look += 1) {
      if (look > 0) await pause(options.lookAgainMs ?? LOOK_AGAIN_MS)
      const listed = await deploys(LOOKED_THROUGH, signal).catch(() => [])
      const mine = listed.find((one) => !known.has(one.id) && one.title === title && one.created_at >= sinceMs)
      if (mine) return ours(toBuild(mine, base))
    }
    return acceptedBuild(title)
  }

  return {
    cost: NETLIFY_COST,
    pollMs: POLL_MS,

    async trigger(title, signal, triggered) {
      const clears = triggered?.clearCache ?? clearCache
      if (hookUrl !== undefined) return triggerHook(parseHttpUrl(hookUrl), title, clears, signal)
      const { deploy_id: deployId } = await ask(
        'The site',
        Build,
        (api, call) =>
          api.createSiteBuild(
            { site_id: site, title, ...(branch === undefined ? {} : { branch }), ...(clears ? { clear_cache: true } : {}) },
            call,
          ),
        signal,
      )
      // It has begun: that it cannot be read at once is no failure of it.
      return deploy(deployId, signal).then(ours, () => ({
        ...acceptedBuild(title),
        remoteId: deployId,
        state: 'queued' as const,
        statusUrl: `${base}/deploys/${deployId}`,
        cancelUrl: `${base}/deploys/${deployId}/cancel`,
      }))
    },

    status: async (statusUrl, signal) => deploy(deployOf(statusUrl), signal),

    async list(limit, signal) {
      const [known, listed] = await Promise.all([
        ask('The site', Site, (api, call) => api.getSite({ site_id: site }, call), signal),
        deploys(Math.min(limit, 100), signal),
      ])
      const live = known.published_deploy ?? null
      const shown = live === null || listed.some(({ id }) => id === live.id) ? listed : [...listed, live]
      return {
        liveReleaseId: live?.id ?? null,
        heldReleaseId: live?.locked === true ? live.id : null,
        builds: shown.map((one) => toBuild(one, base)),
        listUrl: null,
      }
    },

    async cancel(cancelUrl, signal) {
      const id = deployOf(cancelUrl)
      await ask('The deploy', Deploy, (api, call) => api.cancelSiteDeploy({ deploy_id: id }, call), signal)
    },

    /** Never asked for, since no build names a log: its link is for people. */
    async *log(logUrl) {
      yield `Netlify shows the log of ${deployOf(logUrl)} to people only: open it there.`
    },

    async manifest(manifestUrl) {
      deployOf(manifestUrl)
      throw new AppError('NOT_FOUND', 'Netlify does not tell the files of a deploy.', { retryable: false })
    },

    publishing: {
      async restore(releaseId, signal) {
        await ask(
          'The deploy',
          Deploy,
          (api, call) => api.restoreSiteDeploy({ site_id: site, deploy_id: releaseId }, call),
          signal,
        )
      },
      async hold(releaseId, signal) {
        await ask('The deploy', Deploy, (api, call) => api.lockDeploy({ deploy_id: releaseId }, call), signal)
      },
      async letGo(releaseId, signal) {
        await ask('The deploy', Deploy, (api, call) => api.unlockDeploy({ deploy_id: releaseId }, call), signal)
      },
    },
  }
}

const ours = (build: RemoteBuild): RemoteBuild => ({ ...build, causes: ['frostline', ...build.causes] })

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

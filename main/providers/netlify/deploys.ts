import * as z from 'zod'
import type { RemoteBuild } from '../builder.ts'

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)
const Text = z.string().max(10_000)
/** Ids become a part of addresses, and the client puts them in as they are. */
export const Id = z.string().regex(/^[\w-]{1,100}$/)

/** A deploy of Netlify's API, as far as we need it. Members we do not know are ignored. */
export const Deploy = z.object({
  id: Id,
  state: z.string(),
  title: maybe(Text),
  branch: maybe(Text),
  context: maybe(Text),
  commit_ref: maybe(Text),
  created_at: Instant,
  updated_at: maybe(Instant),
  published_at: maybe(Instant),
  error_message: maybe(Text),
  locked: maybe(z.boolean()),
  skipped: maybe(z.boolean()),
  admin_url: maybe(Text),
  /** In seconds; not in the published description, and there all the same. */
  deploy_time: maybe(z.number().nonnegative()).catch(null),
})
export type Deploy = z.infer<typeof Deploy>

const QUEUED = new Set(['new', 'pending_review', 'enqueued'])
const CANCELLED = /cancell?ed/i

/** The state is a free text; what is not known is taken for running. */
export function stateOf({ state, skipped, error_message: error }: Deploy): RemoteBuild['state'] {
  if (QUEUED.has(state)) return 'queued'
  if (state === 'ready') return 'succeeded'
  if (state === 'rejected' || skipped === true) return 'cancelled'
  if (state !== 'error') return 'running'
  return error !== null && CANCELLED.test(error) ? 'cancelled' : 'failed'
}

/** @param base the address of the API, without a slash at its end. */
export function toBuild(deploy: Deploy, base: string): RemoteBuild {
  const state = stateOf(deploy)
  const ended = state !== 'queued' && state !== 'running'
  const { id, created_at: createdAtMs, deploy_time: seconds } = deploy
  const address = `${base}/deploys/${id}`
  return {
    remoteId: id,
    statusUrl: address,
    state,
    title: deploy.title || `Deploy of ${deploy.branch ?? 'the site'}`,
    causes: deploy.commit_ref ? [`commit ${deploy.commit_ref.slice(0, 7)} on ${deploy.branch ?? 'its branch'}`] : [],
    queuedAtMs: createdAtMs,
    startsAtMs: null,
    startedAtMs: state === 'queued' ? null : createdAtMs,
    endedAtMs: ended ? endOf(deploy, seconds) : null,
    progress: null,
    error: state === 'failed' ? (deploy.error_message ?? 'Netlify does not say why it failed.') : null,
    release:
      state === 'succeeded'
        ? { id, published: deploy.published_at !== null, publishedAtMs: deploy.published_at, manifestUrl: null }
        : null,
    logUrl: null,
    logLink: logLink(deploy),
    cancelUrl: ended ? null : `${address}/cancel`,
  }
}

/** A deploy that is restored or locked is updated again, so its own time comes first. */
function endOf(
  { created_at: createdAtMs, published_at: published, updated_at: updated }: Deploy,
  seconds: number | null,
): number {
  return seconds === null ? (published ?? updated ?? createdAtMs) : createdAtMs + seconds * 1_000
}

/** The log is for people who are signed in at Netlify. */
function logLink({ admin_url: admin, id }: Deploy): string | null {
  const url = admin === null ? null : URL.parse(`${admin.replace(/\/$/, '')}/deploys/${id}`)
  return url?.protocol === 'https:' ? url.href : null
}

import * as z from 'zod'
import { read } from './calls.ts'

const Header = z.tuple([z.string(), z.string()])

/** What one layer holds of a page. Instants are Unix milliseconds. */
export const Layer = z.object({
  atMs: z.number(),
  status: z.number(),
  headers: z.array(Header),
  ageSeconds: z.number(),
  lifetimeSeconds: z.number().nullable(),
  lifetimeRule: z.string().nullable(),
  lifetimeBasis: z.enum(['edge-policy', 'headers']).nullable(),
  etag: z.string().nullable(),
  bodyHash: z.string().nullable(),
  /** Unpacked. */
  sizeBytes: z.number().nullable(),
  tags: z.array(z.object({ tag: z.string(), html: z.boolean(), header: z.boolean() })),
})
export type Layer = z.infer<typeof Layer>

/** The two layers of a page. A layer that could not be asked says why, in a sentence. */
export const Layers = z.object({
  edge: z.discriminatedUnion('state', [
    z.object({ state: z.literal('seen'), vantage: z.string().nullable(), layer: Layer }),
    z.object({ state: z.literal('none'), why: z.string() }),
  ]),
  origin: z.discriminatedUnion('state', [
    z.object({ state: z.literal('seen'), askedHost: z.string(), layer: Layer }),
    z.object({ state: z.literal('not-asked') }),
    z.object({ state: z.literal('failed'), why: z.string() }),
  ]),
  /** What asking the origin costs and may do, as a sentence. */
  cost: z.string(),
})
export type Layers = z.infer<typeof Layers>

/** The most of a body that is compared, of each side, unpacked. */
export const MAX_BODY_BYTES = 1_048_576

const Side = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    status: z.number(),
    sizeBytes: z.number(),
    bodyHash: z.string(),
    vantage: z.string().nullable(),
  }),
  z.object({ ok: z.literal(false), why: z.string() }),
])
export type BodySide = z.infer<typeof Side>

export const BodyDiff = z.object({
  atMs: z.number(),
  edge: Side,
  origin: Side,
  /** Null when they cannot be compared as text; the sides or `note` say why. From the edge's body to the origin's. */
  blocks: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), lines: z.array(z.string()) })).nullable(),
  note: z.string().nullable(),
})
export type BodyDiff = z.infer<typeof BodyDiff>

export const layers = {
  /**
   * What the edge gave at the last check, beside what the origin has. With `askOrigin` the origin is asked once, with the
   * page's host; a page rendered on demand is then rendered for it.
   */
  layers: read.input(z.object({ pageId: z.number(), askOrigin: z.boolean().default(false) })).output(Layers),
  /** Asks the edge and the origin once each, and compares their bodies line by line. */
  bodies: read.input(z.object({ pageId: z.number() })).output(BodyDiff),
}

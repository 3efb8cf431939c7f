import * as z from 'zod'
import { own, read } from './calls.ts'

/** `automatic`: what the environment says, else the system where a shell can ask it. */
export const NETWORK_MODES = ['automatic', 'manual', 'none'] as const
export type NetworkMode = (typeof NETWORK_MODES)[number]

const OneLine = z.string().trim().max(2_000)

export const NetworkInput = z.object({
  mode: z.enum(NETWORK_MODES),
  /** `proxy.example.com:3128`, for `manual`. */
  proxy: OneLine,
  /** Hosts that go without, as in NO_PROXY. */
  noProxy: OneLine,
  signInName: OneLine,
  /** Null keeps what is in the vault; an empty one removes it. */
  password: z.string().max(2_000).nullable(),
  /** The whole path of a PEM file on the machine where Frostline runs; empty: none. */
  caFile: OneLine,
})
export type NetworkInput = z.infer<typeof NetworkInput>

/** One proxy that is in effect, without its password. */
export const ProxyInEffect = z.object({ address: z.string(), signsIn: z.boolean() })

export const CaFile = z.object({
  file: z.string(),
  from: z.enum(['settings', 'environment']),
  certificates: z.number().int(),
  /** Why it is not used; null when it is. */
  problem: z.string().nullable(),
})

export const NetworkView = z.object({
  settings: NetworkInput.omit({ password: true }).extend({ hasPassword: z.boolean() }),
  inEffect: z.object({
    /** Where the proxies come from; `system`: asked for each address. */
    source: z.enum(['settings', 'environment', 'system', 'none']),
    http: ProxyInEffect.nullable(),
    https: ProxyInEffect.nullable(),
    noProxy: z.string(),
  }),
  caFiles: z.array(CaFile),
  /** Whether the system can be asked for its proxy: only from the desktop window's program. */
  asksSystem: z.boolean(),
})
export type NetworkView = z.infer<typeof NetworkView>

/** What became of one connection. */
export const NetworkTrial = z.object({
  ok: z.boolean(),
  /** `proxy.example.com:3128`; null: directly. */
  proxy: z.string().nullable(),
  sentence: z.string(),
  fix: z.string().nullable(),
  /** Who signed the certificate that was presented, as it names itself; null without one. */
  issuer: z.string().nullable(),
  tookMs: z.number(),
})
export type NetworkTrial = z.infer<typeof NetworkTrial>

export const Offline = z.object({
  sinceMs: z.number(),
  /** The proxy that does not answer; null when it is the network itself. */
  proxy: z.string().nullable(),
})

/** How Frostline reaches the rest of the world. */
export const network = {
  get: own.output(NetworkView),
  save: own.input(NetworkInput).output(NetworkView),
  /** Connects to a host by the way that is in effect, speaks TLS and sends nothing. */
  test: own
    .input(z.object({ address: z.string().trim().min(1, 'Enter a host, such as cloudfront.amazonaws.com').max(500) }))
    .output(NetworkTrial),
  /** Null while somebody answers. */
  offline: read.output(Offline.nullable()),
}

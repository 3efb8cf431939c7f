import { parse } from 'smol-toml'
import * as z from 'zod'
import { rule, type ReadRules } from './redirects-file.ts'

const Redirect = z.object({
  from: z.string().min(1),
  to: z.string().optional(),
  status: z.number().int().min(100).max(599).default(301),
  force: z.boolean().default(false),
  query: z.record(z.string(), z.string()).default({}),
  conditions: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
})

const Build = z.object({ command: z.string().optional(), publish: z.string().optional() })
const NetlifyToml = z.object({ build: Build.optional().catch(undefined), redirects: z.array(z.unknown()).default([]) })

export interface NetlifySettings extends ReadRules {
  readonly command: string | null
  /** The output folder, as it is written there. */
  readonly publish: string | null
}

/**
 * What a `netlify.toml` says of redirects and of the build. What cannot be taken is told, and the rest is kept.
 * Source: Netlify docs, "File-based configuration".
 */
export function readNetlifyToml(text: string): NetlifySettings {
  const nothing = { command: null, publish: null, rules: [] }
  let file: z.infer<typeof NetlifyToml>
  try {
    file = NetlifyToml.parse(parse(text))
  } catch (error) {
    const [why = ''] = error instanceof Error ? error.message.split('\n') : []
    return { ...nothing, problems: [`netlify.toml cannot be read: ${why}`] }
  }
  const problems: string[] = []
  const rules = file.redirects.flatMap((entry, index) => {
    const read = Redirect.safeParse(entry)
    if (!read.success) {
      problems.push(`netlify.toml, redirect ${index + 1}: ${read.error.issues[0]?.path.join('.') ?? ''} cannot be read.`)
      return []
    }
    const { conditions, to, ...parts } = read.data
    const named = Object.entries(conditions).map(([name, value]) => `${name}=${[value].flat().join(',')}`)
    return [rule({ ...parts, to: to ?? parts.from, conditions: named })]
  })
  return { command: file.build?.command ?? null, publish: file.build?.publish ?? null, rules, problems }
}

import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { own } from './calls.ts'

export const GENERATORS = ['eleventy', 'hugo', 'astro', 'next-export', 'next', 'gatsby', 'vite', 'command'] as const
export const Generator = z.enum(GENERATORS)
export type Generator = z.infer<typeof Generator>

/** What a project's folder says of how it is built. */
export const Detection = z.object({
  generator: Generator,
  /** What a person calls it. */
  name: z.string(),
  /** Empty when nothing says how it is built. */
  command: z.string(),
  /** Below the project's folder. */
  outputFolder: z.string(),
  /** Whether visitors ask for `/about` where the output has `about.html`. */
  dropHtml: z.boolean(),
  /** In a sentence. */
  reason: z.string(),
})
export type Detection = z.infer<typeof Detection>

const AbsoluteFolder = z
  .string()
  .trim()
  .min(1, 'Enter the folder of the project')
  .max(4_000)
  .refine((text) => /^(\/|[a-z]:[\\/]|\\\\)/i.test(text), {
    error: 'Give the whole path as it is on this machine, such as /home/ada/site',
  })

const Environment = z
  .record(z.string(), z.string().max(10_000))
  .refine((variables) => Object.keys(variables).every((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)), {
    error: 'A variable has letters, digits and underscores, such as CONTENTFUL_TOKEN=…',
  })

const wholeNumber = (least: number, most: number) => {
  const error = () => `Enter a whole number from ${least} to ${most.toLocaleString('en-US')}`
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

/** How a project in a folder of this machine is built. What `environment` holds is secret. */
export const ProjectBuild = z.object({
  folder: AbsoluteFolder,
  command: z.string().trim().min(1, 'Enter the command that builds the site, such as npm run build').max(2_000),
  outputFolder: z
    .string()
    .trim()
    .min(1, 'Enter the folder that the build writes, such as dist')
    .max(500)
    .refine((text) => !/^([\\/]|[a-z]:)/i.test(text) && !text.split(/[\\/]/).includes('..'), {
      error: 'The output must lie below the folder of the project, such as dist',
    }),
  generator: Generator.default('command'),
  dropHtml: z.boolean().default(false),
  environment: Environment.default({}),
  timeoutMinutes: wholeNumber(1, 1_440).default(30),
})
export type ProjectBuild = z.infer<typeof ProjectBuild>

export const LocalBuilderInput = ProjectBuild.extend({
  kind: z.literal('local'),
  /** Older releases are let go of, but for the one that visitors get and the one that the site is pinned to. */
  keepReleases: wholeNumber(2, 500).default(10),
  /** A folder that a web server of this machine serves through the link `current` in it. */
  publish: z.object({ kind: z.literal('folder'), folder: AbsoluteFolder }).optional(),
})
export type LocalBuilderInput = z.infer<typeof LocalBuilderInput>

/** What a try has come to. */
export const TryOutcome = z.object({
  ok: z.boolean(),
  /** What happened, and what to do. */
  message: z.string(),
  tookMs: z.number(),
})
export type TryOutcome = z.infer<typeof TryOutcome>

export const projects = {
  /** Looks at what lies in the folder; nothing of it is run. `problem`: why its command could not be run now. */
  detect: own
    .input(z.object({ folder: AbsoluteFolder }))
    .output(
      z.object({ detection: Detection, problem: z.object({ message: z.string(), fix: z.string().nullable() }).nullable() }),
    ),
  /** The folders in a folder of the machine that runs Frostline, to choose one. Left out: the person's own folder. */
  folders: own.input(z.object({ path: z.string().max(4_000).optional() })).output(
    z.object({
      path: z.string(),
      /** Null at the top. */
      parent: z.string().nullable(),
      folders: z.array(z.string()),
    }),
  ),
  /** Runs the command once and says what it has made. No release is kept, and nothing is published. */
  tryOut: own
    .input(ProjectBuild)
    .output(eventIterator(z.union([z.object({ line: z.string() }), z.object({ outcome: TryOutcome })]))),
}

import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { joinPath, namesIn } from '#main/platform/folders.ts'
import { kindOfPath, readWholeText } from '#main/platform/local-files.ts'
import type { PackageJson, ProjectFiles } from './detect.ts'

const Texts = z.record(z.string(), z.string()).optional().catch(undefined)
const Package = z.object({ scripts: Texts, dependencies: Texts, devDependencies: Texts })

const SETTINGS = /^(netlify\.toml|hugo\.(toml|ya?ml|json)|config\.toml|gatsby-config\..+|\.eleventy\.js|.+\.config\.[cm]?[jt]s)$/
const MOST_BYTES = 1_000_000

/** What `detect` looks at. Throws `NOT_FOUND` when the folder is not on this machine, `BAD_INPUT` when it cannot be read. */
export async function readProject(folder: string, signal: AbortSignal): Promise<ProjectFiles> {
  if ((await kindOfPath(folder)) !== 'folder') {
    throw new AppError('NOT_FOUND', `${folder} is not a folder on the machine that runs Frostline.`, {
      field: 'builder.folder',
      fix: 'Give the whole path of the project, such as /home/ada/site.',
    })
  }
  const names = await namesIn(folder)
  const texts = new Map<string, string>()
  for (const name of names.filter((candidate) => SETTINGS.test(candidate))) {
    const text = await readWholeText(joinPath(folder, name), MOST_BYTES, signal).catch(() => null)
    if (text !== null) texts.set(name, text)
  }
  return { names, texts, packages: names.includes('package.json') ? await readPackage(folder, signal) : null }
}

async function readPackage(folder: string, signal: AbortSignal): Promise<PackageJson> {
  try {
    return Package.parse(JSON.parse(await readWholeText(joinPath(folder, 'package.json'), MOST_BYTES, signal)))
  } catch (error) {
    throw new AppError(
      'BAD_INPUT',
      `The package.json in ${folder} cannot be read.`,
      { field: 'builder.folder', fix: 'Correct it: npm run build would stop at it too.' },
      error,
    )
  }
}

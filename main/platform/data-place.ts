import { join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** The folder named by the person, by FROSTLINE_DATA, or the place that the operating system gives to programs. */
export function chooseDataFolder(named: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return resolve(named ?? (env['FROSTLINE_DATA'] || envPaths('Frostline', { suffix: '' }).data))
}

/** The place that the operating system gives to logs; of a data folder that was chosen, a folder in it. */
export function logFolderOf(dataFolder: string): string {
  const usual = envPaths('Frostline', { suffix: '' })
  return dataFolder === resolve(usual.data) ? usual.log : join(dataFolder, 'logs')
}

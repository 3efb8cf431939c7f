import { localBuilds, localSettings } from './local-project.ts'

// A core that will be killed while a build of it runs.
const [, , dataFolder = '', project = ''] = process.argv
await localBuilds(dataFolder, new AbortController().signal).open(localSettings(project), null).trigger('left behind')

import { join } from 'node:path'
import { app, dialog } from 'electron'
import { chooseDataFolder } from '../platform/data-place.ts'
import { boot } from './boot.ts'
import { collectLinks } from './links.ts'
import { registerPanelScheme } from './protocol.ts'
import { isOnlyInstance } from './single-instance.ts'

// What must be settled before Electron is ready. Nothing here may wait for `whenReady` at the top level: Electron
// becomes ready only after this module has run, so such a wait would never end.
const dataFolder = chooseDataFolder(undefined)
app.setName('Frostline')
app.setPath('userData', join(dataFolder, 'desktop-profile'))
registerPanelScheme()

if (isOnlyInstance()) {
  const links = collectLinks(process.argv)
  void app
    .whenReady()
    .then(() => boot(dataFolder, links))
    .catch((error: unknown) => {
      dialog.showErrorBox('Frostline could not start', error instanceof Error ? error.message : String(error))
      app.exit(1)
    })
} else {
  app.exit(0)
}

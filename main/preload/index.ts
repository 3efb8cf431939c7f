import { contextBridge, ipcRenderer } from 'electron'

// Everything the page may ask of the desktop: a port to the core. What travels on it is the contract's business.
contextBridge.exposeInMainWorld('frostline', {
  connect: (): void => ipcRenderer.send('frostline:connect'),
})

ipcRenderer.on('frostline:open', (_event, route: unknown) => {
  if (typeof route === 'string') window.postMessage({ frostline: 'open', route }, window.location.origin)
})

ipcRenderer.on('frostline:port', (event) => {
  // The bridge cannot hand a port to the page as a value; a message to the page's own window can carry it.
  window.postMessage('frostline:port', window.location.origin, [...event.ports])
})

import { line } from './lib/line.ts'

/** The line opens in a few milliseconds when nothing else runs here, and after everything else when it does. */
const HEAD_START_MS = 100

// The document names the scripts and the styles that come next: they arrive meanwhile.
await Promise.race([line.begin(), new Promise((resolve) => setTimeout(resolve, HEAD_START_MS))])
if (document.readyState === 'loading') {
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}
await import('./main.tsx')

import react from '@vitejs/plugin-react'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import lock from '../package-lock.json' with { type: 'json' }
import { shippedPackages } from '../shared/licences.ts'

/** The document names what its first script asks for only later, so that all of it comes at once. */
const EARLY = ['main', 'home-route', 'pages-route']
const earlyScripts: Plugin = {
  name: 'early-scripts',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      if (!bundle) return []
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const files = new Set<string>()
      const add = (file: string): void => {
        if (files.has(file)) return
        files.add(file)
        chunks.find(({ fileName }) => fileName === file)?.imports.forEach(add)
      }
      for (const name of EARLY) add(chunks.find((chunk) => chunk.name === name)?.fileName ?? missing(name))
      const styles = [...files].flatMap((file) => {
        const chunk = chunks.find(({ fileName }) => fileName === file)
        return [...(chunk?.viteMetadata?.importedCss ?? [])]
      })
      const link = (attrs: Record<string, string>, file: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { ...attrs, crossorigin: true, href: `/${file}` },
        injectTo: 'head',
      })
      return [
        // Fetched and not yet compiled: that would keep the first script waiting.
        ...[...files].filter((file) => !html.includes(file)).map((file) => link({ rel: 'preload', as: 'script' }, file)),
        ...styles.map((file) => link({ rel: 'stylesheet' }, file)),
      ]
    },
  },
}

function missing(name: string): never {
  throw new Error(`No script of the panel is called "${name}".`)
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), earlyScripts],
  define: { __SHIPPED_PACKAGES__: JSON.stringify(shippedPackages(lock)) },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    sourcemap: false,
    // The panel runs in Electron or an installed Chromium; older targets would rewrite `light-dark()` in the styles.
    target: 'chrome130',
    cssTarget: 'chrome130',
    // Fonts and images inlined as data addresses would need a wider content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A file each brings what it needs along: forty small ones take longer than what they save.
          groups: [
            { name: 'begin', test: /lib[\\/]line\.ts$|preload-helper/, priority: 3 },
            { name: 'panel', test: /renderer[\\/]main\.tsx$/, priority: 2 },
            { name: 'first', test: /app[\\/](home|pages)-route\.tsx$/, priority: 1 },
            { name: 'common', test: (id) => !/recharts|d3-|[\\/]charts/.test(id), minShareCount: 2 },
          ],
        },
      },
    },
  },
})

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import lock from '../package-lock.json' with { type: 'json' }
import { shippedPackages } from '../shared/licences.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
  },
})

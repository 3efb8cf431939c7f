import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A specifier of a file beside the importing one, in an import or a `new URL`. */
const SIBLING = /(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g

/**
 * The built-in stack as plain JavaScript, file by file, for the package: Electron's Node runs no TypeScript. Files that it
 * reads by name (templates, style sheets) lie beside it as in the sources.
 */
function buildDemo(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.ts') && !file.endsWith('tsconfig.json') })
  for (const file of globSync('**/*.ts', { cwd: from, exclude: (name) => name.endsWith('.d.ts') })) {
    const script = stripTypeScriptTypes(readFileSync(join(from, file), 'utf8')).replaceAll(SIBLING, '$1$2.js$1')
    const target = join(to, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, script)
  }
  const starter = join(to, 'lollies.js')
  writeFileSync(starter, readFileSync(starter, 'utf8').replaceAll(SIBLING, '$1$2.js$1'))
}

buildDemo(fileURLToPath(new URL('../demo', import.meta.url)), fileURLToPath(new URL('../dist/demo', import.meta.url)))

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import * as z from 'zod'
import { writePrivateFile } from '../platform/private-file.ts'

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300), maximized: z.boolean() })
type Bounds = z.infer<typeof Bounds>

const SETTLED_MS = 500
const FIRST_SIZE = { width: 1280, height: 860 }

/** Where the window was last, if a display still shows that place; else a first size that the system places. */
export function lastBounds(dataFolder: string): Partial<Rectangle> & { readonly maximized: boolean } {
  const bounds = readBounds(dataFolder)
  if (bounds && isVisible(bounds)) return bounds
  return { ...FIRST_SIZE, maximized: bounds?.maximized ?? false }
}

/** Keeps the window's place for the next start, once it has rested. */
export function rememberBounds(window: BrowserWindow, dataFolder: string): void {
  let timer: NodeJS.Timeout | undefined
  const save = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return
    const bounds: Bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    // A place that cannot be kept costs the person one drag; nothing to report.
    void writePrivateFile(file(dataFolder), JSON.stringify(bounds)).catch(() => undefined)
  }
  const settle = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, SETTLED_MS)
  }
  window.on('resize', settle)
  window.on('move', settle)
  window.on('close', save)
  window.on('closed', () => clearTimeout(timer))
}

function readBounds(dataFolder: string): Bounds | null {
  try {
    return Bounds.parse(JSON.parse(readFileSync(file(dataFolder), 'utf8')))
  } catch {
    return null
  }
}

function isVisible(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width)
    const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height)
    return right - Math.max(bounds.x, workArea.x) > 100 && bottom - Math.max(bounds.y, workArea.y) > 50
  })
}

function file(dataFolder: string): string {
  return join(dataFolder, 'window.json')
}

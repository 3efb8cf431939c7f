import { readFileSync } from 'node:fs'
import { logFiles } from './log.ts'

/** The newest lines of a log, over its older files as well; the oldest of them first. */
export function lastLogLines(folder: string, name: string, most: number): string[] {
  let lines: string[] = []
  for (const file of logFiles(folder, name).toReversed()) {
    if (lines.length >= most) break
    lines = [...linesOf(file), ...lines]
  }
  return lines.slice(-most)
}

/** A file that is moved away while it is looked at has no lines. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}

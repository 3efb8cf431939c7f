import { shell } from 'electron'
import type { Log } from '../platform/log.ts'

/** Folders that a person may be shown. What is opened runs the system's own program for it, so nothing else ever is. */
export interface Folders {
  readonly docs: string
  readonly data: string
  readonly logs: string
}

/** Shows one of them in the system's file manager. */
export function folderOpener(folders: Folders, log: Log): (which: keyof Folders) => void {
  return (which) => {
    void shell.openPath(folders[which]).then((problem) => {
      if (problem !== '') log.warn({ problem, which }, 'a folder could not be shown')
    })
  }
}

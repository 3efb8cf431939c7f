import { showDone } from './toast.tsx'

/** Puts a text on the clipboard and says so, or says why it could not. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showDone(`${what} copied`)
  } catch {
    showDone(`${what} could not be copied: this window may not use the clipboard. Click into it and try again.`)
  }
}

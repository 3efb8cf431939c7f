/** Visible ASCII only, as tags must be: marks and other letters are dropped. */
export function asciiOf(text: string): string {
  return text.normalize('NFD').replace(/[^\x21-\x7e]/g, '')
}

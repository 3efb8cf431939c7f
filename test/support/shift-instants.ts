const RFC_3339 = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const HTTP_DATE = /\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g
const UNIX_MS = /(?<![\w.-])\d{13}(?![\w.-])/g

/** Moves every instant of a text that is not before another one, in any of the three forms in which the demo writes them. */
export function shiftInstants(text: string, fromMs: number, bySeconds: number): string {
  const moved = (instantMs: number, written: string, write: (ms: number) => string): string =>
    instantMs < Math.floor(fromMs / 1000) * 1000 ? written : write(instantMs + bySeconds * 1000)
  return text
    .replace(RFC_3339, (written) => moved(Date.parse(written), written, (ms) => new Date(ms).toISOString()))
    .replace(HTTP_DATE, (written) => moved(Date.parse(written), written, (ms) => new Date(ms).toUTCString()))
    .replace(UNIX_MS, (written) => moved(Number(written), written, String))
}

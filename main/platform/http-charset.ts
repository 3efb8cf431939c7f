/** What a byte order mark says wins over the header (WHATWG Encoding §6). */
function markedCharset(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined
}

/**
 * A text from its bytes: by its byte order mark, by the charset that the sender names, or as UTF-8. A charset that nobody
 * knows and bytes that do not fit give replacement characters, never an error.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const named = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]
  try {
    return new TextDecoder(markedCharset(bytes) ?? named).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

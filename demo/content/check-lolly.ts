import type { NewLolly } from './content-store.ts'
import type { LollyList } from './stock.ts'

const nameLimit = 60
const messageLimit = 500

export type CheckedLolly = { readonly lolly: NewLolly } | { readonly problem: string }

/** Checks what a visitor sent; a problem is a sentence for the visitor. An unnamed flavour is the first list's. */
export function checkLolly(fields: ReadonlyMap<string, string>, lists: readonly LollyList[]): CheckedLolly {
  const recipient = (fields.get('to') ?? '').trim()
  const sender = (fields.get('from') ?? '').trim()
  const message = (fields.get('message') ?? '').trim()
  const flavour = (fields.get('flavour') ?? '').trim() || (lists[0]?.slug ?? '')
  if (recipient === '') return { problem: 'Please say whom the lolly is for.' }
  if (sender === '') return { problem: 'Please say whom the lolly is from.' }
  if (message === '') return { problem: 'Please write a message.' }
  if (recipient.length > nameLimit || sender.length > nameLimit) {
    return { problem: `A name may have at most ${String(nameLimit)} characters.` }
  }
  if (message.length > messageLimit) {
    return { problem: `The message has ${String(message.length)} characters; at most ${String(messageLimit)} fit on a stick.` }
  }
  if (!lists.some((list) => list.slug === flavour)) return { problem: 'There is no such flavour.' }
  return { lolly: { recipient, sender, message, flavour } }
}

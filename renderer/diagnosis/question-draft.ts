import { fromLocalInput, toLocalInput } from '#renderer/lib/local-time.ts'
import { keepPaste, pasteOf } from './pastes.ts'
import type { Question } from './queries.ts'
import { slimHar } from './slim-har.ts'

/** The form as it is typed. */
export interface QuestionDraft {
  readonly url: string
  /** As a `datetime-local` field writes it; empty for now. */
  readonly at: string
  readonly paste: string
}

export interface FieldError {
  readonly field: 'url' | 'at' | 'paste'
  readonly message: string
}

/** A frame to the core holds 4 MiB; a character may take several bytes. */
const MOST_PASTED = 1_000_000

export function draftOf(question: Question | null): QuestionDraft {
  return {
    url: question?.url ?? '',
    at: question?.atMs == null ? '' : toLocalInput(question.atMs),
    paste: pasteOf(question?.paste ?? null) ?? '',
  }
}

/** Reads the form; what is wrong names its field and says what to do. The address itself is read by the core;
 * a path alone is one of the open site, whose first zone is `siteUrl`. */
export function readDraft(draft: QuestionDraft, nowMs: number, siteUrl: string | null = null): Question | FieldError {
  const typed = draft.url.trim()
  const url = siteUrl !== null && /^\/(?!\/)/.test(typed) ? siteUrl + typed : typed
  if (url === '') return { field: 'url', message: 'Paste the address of a page, such as https://www.example.com/menu' }
  const atMs = draft.at === '' ? null : fromLocalInput(draft.at, nowMs)
  if (draft.at !== '' && atMs === null) return { field: 'at', message: 'Give a day and a time, or leave it empty for now.' }
  if (atMs !== null && atMs > nowMs)
    return { field: 'at', message: 'This moment has not come yet. Leave it empty to ask about now.' }
  const paste = slimHar(draft.paste, url)
  if (paste.length > MOST_PASTED) {
    return {
      field: 'paste',
      message: 'This is too long to be read. Paste only the response headers of the page itself.',
    }
  }
  return { url, atMs, paste: keepPaste(paste) }
}

/** The field of the form that an error of the core is about; null for none of them. */
export function fieldOf(field: string | null): FieldError['field'] | null {
  if (field === null) return null
  if (field.startsWith('url')) return 'url'
  if (field.startsWith('seenAtMs')) return 'at'
  return field.startsWith('customer') ? 'paste' : null
}

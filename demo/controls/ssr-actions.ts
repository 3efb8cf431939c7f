import { parseTag, tagText } from '../site/html.ts'
import type { SsrArea } from '../ssr/assemble-ssr.ts'
import { ControlProblem, optionalNumber, text, type Action } from './action.ts'

/** The POSTs of the demo controls that are about the SSR area. */
export function ssrActions(ssr: SsrArea): ReadonlyMap<string, Action> {
  const page: Action = (body) => {
    const path = text(body, 'path', 200)
    if (!ssr.content.setText(path, text(body, 'text', 1_000))) throw new ControlProblem(`No page is rendered at “${path}”.`)
    return { sentence: `${path} has a new text; it shows after a refresh of its entry.` }
  }
  const expire: Action = (body) => {
    const path = optionalText(body, 'path')
    const tag = optionalText(body, 'tag')
    if (path === null && tag === null) throw new ControlProblem('Name a tag or a path.')
    const tags = tag === null ? [] : [parseTag(tag)]
    const { marked } = ssr.cache.mark({ paths: path === null ? [] : [path], tags })
    const named = [...tags.map(tagText), ...(path === null ? [] : [path])].join(' and ')
    return { sentence: `${String(marked.length)} entries with ${named} are marked as expired.`, marked: marked.length }
  }
  const visitCheck: Action = (body) => {
    const { settings } = ssr
    const minutes = body['minutes'] ?? settings.checkMinutes
    if (minutes !== 1 && minutes !== 5 && minutes !== 10) throw new ControlProblem('minutes must be 1, 5 or 10.')
    settings.purgesPerHour = optionalNumber(body, 'purgesPerHour', 0, 3_600) ?? settings.purgesPerHour
    settings.checkMinutes = minutes
    return {
      sentence: `A page reports a visit at most once in ${String(minutes)} minutes; visits purge at most ${String(settings.purgesPerHour)} times an hour.`,
    }
  }
  const render: Action = (body) => {
    const { settings } = ssr
    const failing = body['failing'] ?? settings.failing
    if (typeof failing !== 'boolean') throw new ControlProblem('failing must be true or false.')
    settings.renderMs = optionalNumber(body, 'milliseconds', 0, 60_000) ?? settings.renderMs
    settings.failing = failing
    return { sentence: `A render takes ${String(settings.renderMs)} ms and ${failing ? 'fails' : 'succeeds'}.` }
  }
  return new Map([
    ['/api/ssr-page', page],
    ['/api/ssr-expire', expire],
    ['/api/visit-check', visitCheck],
    ['/api/render', render],
  ])
}

/** Null for what is absent or empty, as a field of a form may be. */
function optionalText(body: Readonly<Record<string, unknown>>, name: string): string | null {
  return body[name] === undefined || body[name] === '' ? null : text(body, name, 256)
}

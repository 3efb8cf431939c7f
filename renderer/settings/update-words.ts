import type { UpdateState } from '#shared/desktop.ts'

/** How the window stands with newer versions, as a sentence. */
export function updateSentence(state: UpdateState): string {
  switch (state.kind) {
    case 'off':
    case 'failed':
      return state.why
    case 'idle':
      return 'Nothing has been looked up yet.'
    case 'checking':
      return 'Looking for a newer version…'
    case 'newest':
      return 'This is the newest version.'
    case 'fetching':
      return `Fetching version ${state.version}: ${state.percent} %.`
    case 'ready':
      return `Version ${state.version} is here. It takes the place of this one when Frostline starts again.`
  }
}

import type { Build } from '#shared/builds.ts'

/** Where a person reads the log of a service that gives it to nobody else. */
export function LogLink({ build: { logLink, title } }: { readonly build: Build }) {
  if (logLink === null) return null
  return (
    <a href={logLink} target="_blank" rel="noreferrer" aria-label={`Log of ${title}, at ${new URL(logLink).host}`}>
      Open the log at {new URL(logLink).host}
    </a>
  )
}

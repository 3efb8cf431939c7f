import type { TriedPermission } from '#shared/add-site.ts'
import { countOf } from '#renderer/ui/format.ts'
import { FixText } from '#renderer/ui/fix-text.tsx'
import classes from './add-site.module.css'

const SIGNS: Record<TriedPermission['state'], string> = { allowed: '✓', missing: '✕', failed: '✕', 'not-tried': '–' }
const SAYS: Record<TriedPermission['state'], string> = {
  allowed: 'allowed',
  missing: 'missing',
  failed: 'failed',
  'not-tried': 'not tried',
}

/** Each action that is needed: allowed, missing, or why it was not tried. */
export function Permissions({ permissions }: { readonly permissions: readonly TriedPermission[] }) {
  const wrong = permissions.find(({ wrongId }) => wrongId === true)
  if (wrong)
    return (
      <section className={classes.permissions} role="status" aria-label="Permissions">
        <strong>{wrong.message}</strong> {wrong.fix}
        <p className={classes.quiet}>What these credentials may do shows once the id is right.</p>
      </section>
    )
  const missing = permissions.filter(({ state }) => state === 'missing').length
  const failed = permissions.filter(({ state }) => state === 'failed').length
  const verdict =
    missing > 0
      ? `${countOf(missing, 'permission')} missing. The policy below has what is needed.`
      : failed > 0
        ? 'Not every call got through.'
        : 'Every permission that can be tried is there.'
  return (
    <section className={classes.permissions} role="status" aria-label="Permissions">
      <strong>{verdict}</strong>
      <ul>
        {permissions.map(({ action, state, message, fix }) => (
          <li key={action} data-state={state}>
            <span className={classes.sign} aria-label={SAYS[state]}>
              {SIGNS[state]}
            </span>
            <code>{action}</code>
            <span>
              {message}{' '}
              {fix !== null && (
                <span className={classes.quiet}>
                  <FixText>{fix}</FixText>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

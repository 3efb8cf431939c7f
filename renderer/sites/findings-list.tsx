import type { Finding } from '#shared/sites.ts'
import { FixText } from '#renderer/ui/fix-text.tsx'
import classes from './sites.module.css'

interface FindingsListProps {
  readonly findings: readonly Finding[]
  readonly ok: boolean
}

/** What the connection test found, part by part, each failure with what to do about it. */
export function FindingsList({ findings, ok }: FindingsListProps) {
  return (
    <section className={classes.findings} role="status" aria-label="Connection test">
      <div className={classes.verdict}>{ok ? 'Everything answers.' : 'Not everything answers.'}</div>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.part} ${finding.field} ${finding.message}`} data-ok={finding.ok || undefined}>
            <span className={classes.sign} aria-hidden>
              {finding.ok ? '✓' : '✕'}
            </span>
            <span>
              <strong>{finding.part}</strong> {finding.message}
              {finding.fix !== null && (
                <span className={classes.fix}>
                  {' '}
                  <FixText>{finding.fix}</FixText>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

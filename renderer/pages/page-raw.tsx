import { useQueryClient } from '@tanstack/react-query'
import type { PageDetail } from '#shared/pages.ts'
import { coreNow } from '#renderer/ui/clock.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { curlCommand, pageReport } from './page-report.ts'
import { pagesQueries } from './queries.ts'
import classes from './page-panel.module.css'

/** The headers as they arrived, and the page in forms that can be pasted elsewhere. */
export function PageRaw({ page }: { readonly page: PageDetail }) {
  const queryClient = useQueryClient()
  const asked = queryClient.getQueryData(pagesQueries.originLayer(page.id).queryKey)?.origin ?? null
  return (
    <section aria-label="Raw">
      <div className={classes.acts}>
        <CopyTextButton label="Copy URL" text={() => page.url} />
        <CopyTextButton label="Copy as curl" text={() => curlCommand(page.url)} />
        <CopyTextButton label="Copy report (Markdown)" text={() => pageReport(page, asked, coreNow())} />
      </div>
      {page.headers.length === 0 ? (
        <p className={classes.quiet}>No headers yet: nobody has checked this page.</p>
      ) : (
        <>
          <h3 className={classes.heading}>Headers as the edge gave them at the last check</h3>
          <table className={classes.headers}>
            <tbody>
              {page.headers.map(([name, value], index) => (
                <tr key={index}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={classes.quiet}>
            Fields that say nothing of caching are not kept, cookies lose their values, and long values are cut at 2,000
            characters.
          </p>
        </>
      )}
    </section>
  )
}

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { sitesQueries } from '../queries.ts'
import { ExportButton } from '../transfer/export-button.tsx'
import { RemoveSiteDialog } from '../removal/remove-site-dialog.tsx'
import { SettingsForm } from './settings-form.tsx'
import classes from './settings.module.css'

/** Settings of one site, `/sites/:siteId`. */
export function SiteSettingsScreen() {
  const { siteId = '' } = useParams()
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  const found = useQuery({ ...sitesQueries.settings(siteId), enabled: mayOwn, refetchOnMount: 'always' })
  const [saves, setSaves] = useState(0)
  const [removing, setRemoving] = useState(false)
  if (!mayOwn)
    return (
      <Screen title="Settings">
        <EmptyNote title="Only owners change sites">Ask an owner when something of this site has to change.</EmptyNote>
      </Screen>
    )
  const current = found.data
  const lacking = current?.secrets.filter(({ needed, stored }) => needed && !stored) ?? []
  const saved = (changes: readonly string[]) => {
    notifications.show({
      message: changes.length === 0 ? 'Nothing was changed.' : `Saved: ${changes.join('; ')}.`,
      closeButtonProps: { 'aria-label': 'Dismiss' },
    })
    // The form begins anew with what is stored now.
    void found.refetch().then(() => setSaves((count) => count + 1))
  }
  return (
    <Screen
      title={`Settings of ${current?.name ?? 'a site'}`}
      note={<Link to="/sites">All sites</Link>}
      actions={
        current && (
          <>
            <ExportButton siteIds={[siteId]} name={current.name} />
            <Button variant="default" color="red" onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          </>
        )
      }
    >
      {found.isError && <FailureNote {...describeFailure(found.error)} onTryAgain={() => void found.refetch()} />}
      {found.isPending && <LateSkeleton />}
      {lacking.length > 0 && (
        <p role="status" className={classes.lacking}>
          Needs {lacking.map(({ what }) => what).join(', ')}. Enter it below: until then that part does not work.
        </p>
      )}
      {current && (
        <SettingsForm key={`${siteId} ${saves}`} siteId={siteId} current={current} onSaved={saved} mayLeave={removing} />
      )}
      {current && (
        <p className={classes.elsewhere}>
          <span>Set where it is used:</span>
          <Link to={`/budget?site=${siteId}`}>Limits of this site</Link>
          <Link to={`/builds?site=${siteId}`}>When it is built</Link>
          <Link to={`/pages?site=${siteId}`}>How pages are found and checked</Link>
          <Link to={`/hooks?site=${siteId}`}>Hooks and rules</Link>
          <Link to="/credentials">Credentials</Link>
        </p>
      )}
      {removing && current && (
        <RemoveSiteDialog
          siteId={siteId}
          name={current.name}
          onClose={() => setRemoving(false)}
          onRemoved={() => void navigate('/sites')}
        />
      )}
    </Screen>
  )
}

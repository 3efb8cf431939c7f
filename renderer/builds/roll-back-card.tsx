import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { ActionCard } from '#renderer/ui/action-card.tsx'
import { timeText } from './deploy-words.tsx'
import { ownSwitch } from './own-switch.ts'
import { deploysQueries } from './queries.ts'
import { SwitchDialog } from './switch-dialog.tsx'
import classes from './deploys.module.css'

/** The way back to the release before the live one, where there is one that visitors can be given from here. */
export function RollBackCard() {
  const site = useSite()
  const { mayAct } = useAccess()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(deploysQueries.list(site.id))
  const live = data?.deploys.findIndex((deploy) => deploy.state === 'live') ?? -1
  const before = data?.deploys.slice(live + 1).find((deploy) => deploy.state === 'published' && deploy.fixed === null)
  if (!mayAct || !data || live < 0 || !before) return null
  return (
    <>
      <ActionCard
        icon={IconHistory}
        title={
          <>
            Roll back to “{before.title}” <span className={classes.whole}>({before.releaseId})</span>
          </>
        }
        consequence={`When visitors see it: ${timeText(data.time)}. What goes back and what a purge costs is shown before.`}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <SwitchDialog
          releaseId={before.releaseId}
          title={before.title}
          onClose={() => setAsking(false)}
          onBegun={(begun) => {
            ownSwitch.begin(site.id, begun.id)
            void navigate('/builds')
          }}
        />
      )}
    </>
  )
}

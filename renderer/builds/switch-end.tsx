import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import { countOf } from '#renderer/ui/format.ts'
import { showOffer } from '#renderer/ui/toast.tsx'
import { ownSwitch, useOwnSwitch, type OwnSwitch } from './own-switch.ts'
import { deploysQueries } from './queries.ts'

/** Shows the purge of a change of release that was begun in this window, wherever its person is by then. Draws nothing. */
export function SwitchEnd() {
  const own = useOwnSwitch()
  return own && <Following key={own.id} own={own} />
}

/** Who waited on the Builds screen goes on to the purge; who went about something else is told of it. */
function Following({ own }: { readonly own: OwnSwitch }) {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const queries = useQueryClient()
  const last = useQuery(deploysQueries.list(own.siteId)).data?.lastSwitch
  const ended = last?.id === own.id && last.endedAtMs !== null ? last : null
  useEffect(() => {
    if (ended === null) return
    const waited = ownSwitch.end() && pathname === '/builds'
    const { planId, to } = ended
    if (planId === null) return
    const open = () => void navigate(`/purges/${planId}`)
    if (waited) return open()
    void queries.fetchQuery(deploysQueries.plan(planId)).then(
      (plan) => showOffer(`Visitors get “${to.title}” (${to.id}). ${purgeWords(plan)}`, 'Open', open),
      // It is in the list of purges all the same.
      () => undefined,
    )
  }, [ended, navigate, pathname, queries])
  return null
}

function purgeWords({ state, purge }: Plan): string {
  const items = countOf(purge.itemCount, 'item')
  return state === 'draft' ? `A purge of ${items} waits for you to start it.` : `Its purge of ${items} has begun.`
}

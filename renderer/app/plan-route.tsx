import { useParams } from 'react-router'
import { AdviceList } from '#renderer/advice/advice-list.tsx'
import { PlanScreen } from '#renderer/plans/plan-screen.tsx'

/** One plan, with what the site's history advises about its pages. */
export function PlanRoute() {
  const { planId = '' } = useParams()
  return <PlanScreen advice={<AdviceList planId={planId} />} />
}

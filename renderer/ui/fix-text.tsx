import { Link } from 'react-router'

const PLACE = 'Settings → Network'

/** What to do, as a sentence of the core; the part of the settings that it names is a link. */
export function FixText({ children }: { readonly children: string }) {
  const [before, ...after] = children.split(PLACE)
  if (after.length === 0) return children
  return (
    <>
      {before}
      <Link to="/settings/network">{PLACE}</Link>
      {after.join(PLACE)}
    </>
  )
}

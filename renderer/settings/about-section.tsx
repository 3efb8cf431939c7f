import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { orpc } from '#renderer/lib/client.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { ScrollBox } from './scroll-box.tsx'
import classes from './settings.module.css'

type Package = (typeof __SHIPPED_PACKAGES__)[number]

const COLUMNS: readonly PlainColumn<Package>[] = [
  { key: 'name', header: 'Package', cell: ({ name }) => <span className={classes.path}>{name}</span> },
  { key: 'version', header: 'Version', width: 110, cell: ({ version }) => version },
  { key: 'licence', header: 'Licence', width: 200, cell: ({ licence }) => licence },
]

/** What this is, and whose work it stands on. */
export function AboutSection() {
  const me = useQuery(orpc.activity.me.queryOptions())
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = __SHIPPED_PACKAGES__.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted))
  return (
    <>
      <section className={classes.card} aria-label="About">
        <h2>Frostline</h2>
        <FactList
          facts={{
            Version: me.data?.version ?? null,
            Licence: 'MIT',
            'Signed in as': me.data ? `${me.data.person} (${me.data.role})` : null,
          }}
        />
        <p className={classes.quiet}>
          A control panel for static-first websites: what visitors get, why, and the cheapest thing that mends it. It sends
          nothing to anybody but the services that you connect.
        </p>
      </section>
      <section className={classes.card} aria-label="Licences">
        <h2>{countOf(__SHIPPED_PACKAGES__.length, 'package')} by others</h2>
        <p className={classes.quiet}>
          Frostline stands on the work of many. Each licence lets everybody use, change and pass on the package. The desktop
          program also holds Electron (MIT) with Chromium, whose licences lie beside it.
        </p>
        <TextInput
          aria-label="Search packages"
          placeholder="Search packages"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ScrollBox label="Packages">
          <PlainTable label="Packages" columns={COLUMNS} rows={found} rowKey={({ name, version }) => `${name}@${version}`} />
        </ScrollBox>
      </section>
    </>
  )
}

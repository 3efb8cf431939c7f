import { Button, Combobox, useCombobox, type ButtonProps } from '@mantine/core'
import { useState } from 'react'
import type { Site } from '#shared/sites.ts'
import { useSiteLine } from './use-site-line.tsx'
import { useSiteActs, type SiteAct } from './use-site-acts.ts'
import classes from './site-menu.module.css'

interface SiteSearchProps {
  readonly sites: readonly Site[]
  readonly site: Site | null
  readonly onChoose: (siteId: string) => void
  /** What opens it. */
  readonly button: ButtonProps
}

/** Each that is shown is asked for its state. */
const SHOWN_AT_MOST = 40

/** The site menu of many sites: a field that searches a list, and below it what is done to the whole site. */
export function SiteSearch({ sites, site, onChoose, button }: SiteSearchProps) {
  const { ofSite, incidents } = useSiteActs(site)
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose() {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setSearch('')
    },
  })
  const wanted = search.trim().toLowerCase()
  const found = sites.filter(
    ({ name, zones }) => name.toLowerCase().includes(wanted) || zones.some(({ host }) => host.includes(wanted)),
  )
  const shown = found.slice(0, SHOWN_AT_MOST)
  const act = ({ label, icon: Picture, danger, run }: SiteAct) => (
    <Button
      key={label}
      fullWidth
      variant="subtle"
      color="gray"
      justify="flex-start"
      className={classes.act}
      data-danger={danger}
      leftSection={<Picture size={14} aria-hidden />}
      onClick={() => {
        combobox.closeDropdown()
        run()
      }}
    >
      {label}
    </Button>
  )
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={320}
      withinPortal
      onOptionSubmit={(siteId) => {
        combobox.closeDropdown()
        onChoose(siteId)
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          {...button}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          role="combobox"
          aria-expanded
          aria-controls={combobox.listId ?? undefined}
          aria-label="Search sites"
          placeholder="Search sites by name or host"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.resetSelectedOption()
          }}
        />
        <Combobox.Options aria-label="Sites" className={classes.sites}>
          {shown.map((other) => (
            <SiteOption key={other.id} site={other} open={other.id === site?.id} />
          ))}
        </Combobox.Options>
        <div role="status" className={classes.note}>
          {found.length === 0 && 'No site has this in its name or hosts'}
          {found.length > shown.length && `${found.length - shown.length} more: search for them`}
        </div>
        {ofSite.length + incidents.length > 0 && (
          <Combobox.Footer>
            {ofSite.map(act)}
            {incidents.map(act)}
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}

function SiteOption({ site, open }: { readonly site: Site; readonly open: boolean }) {
  const { sign, words } = useSiteLine(site, open)
  return (
    <Combobox.Option value={site.id} className={classes.option} aria-selected={open}>
      {sign}
      <span className={classes.name}>{site.name}</span>
      {words}
    </Combobox.Option>
  )
}

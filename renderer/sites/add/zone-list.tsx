import { ActionIcon, Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { readZones, type ReadZones } from './zones-of.ts'
import classes from './add-site.module.css'

interface ZoneListProps {
  /** Addresses, the first of which is the site's own. */
  readonly zones: readonly string[]
  /** The sites that are here already, by host. */
  readonly names: ReadonlyMap<string, string>
  readonly onChange: (zones: readonly string[]) => void
}

const ROW_PX = 30
const SHOWN_PX = 210

/** The zones of a site, however many: searched, taken out, pasted or read from a file. */
export function ZoneList({ zones, names, onChange }: ZoneListProps) {
  const [text, setText] = useState('')
  const [pasted, setPasted] = useState('')
  const [said, setSaid] = useState<{ readonly text: string; readonly refuses: boolean } | null>(null)
  const wanted = text.trim().toLowerCase()
  const shown = wanted === '' ? zones : zones.filter((zone) => zone.toLowerCase().includes(wanted))
  const box = useRef<HTMLDivElement>(null)
  // The compiler that this rule is about is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  })
  const take = (lines: string) => {
    const read = readZones(lines, zones[0] ?? 'https://example.com', names)
    const all = [...new Set([...zones, ...read.zones])]
    onChange(all)
    setPasted('')
    setSaid({
      refuses: read.ofOthers.length > 0,
      text: [
        `${countOf(all.length - zones.length, 'zone')} added.`,
        ...othersWords(read.ofOthers),
        ...(read.wildcards.length > 0 ? [`${read.wildcards.join(', ')} names no host that could be asked.`] : []),
        ...(read.notTaken.length > 0
          ? [`${countOf(read.notTaken.length, 'line')} not taken: ${read.notTaken.slice(0, 3).join(', ')}.`]
          : []),
      ].join(' '),
    })
  }
  return (
    <section aria-label="Zones">
      <div className={classes.row}>
        <strong>
          {wanted === '' ? countOf(zones.length, 'zone') : `${formatCount(shown.length)} of ${countOf(zones.length, 'zone')}`}
        </strong>
        {zones.length > 7 && (
          <TextInput
            aria-label="Search zones"
            placeholder="Search zones"
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
        )}
      </div>
      <div ref={box} className={classes.zones} style={{ maxHeight: SHOWN_PX }}>
        <div role="list" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const zone = shown[index] ?? ''
            return (
              <div
                key={zone}
                role="listitem"
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
              >
                <code>{zone}</code>
                {zones.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Leave out ${zone}`}
                    onClick={() => onChange(zones.filter((other) => other !== zone))}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </div>
            )
          })}
        </div>
      </div>
      <Disclosure label="Add zones: paste a list or a CSV">
        <div className={classes.paste}>
          <Textarea
            aria-label="Hosts or addresses"
            placeholder={'shop.example.com\nhttps://de.example.com'}
            rows={4}
            spellCheck={false}
            value={pasted}
            onChange={({ currentTarget: { value } }) => setPasted(value)}
            classNames={{ input: 'fl-mono' }}
          />
          <div className={classes.row}>
            <Button variant="default" disabled={pasted.trim() === ''} onClick={() => take(pasted)}>
              Add these zones
            </Button>
            <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => void file?.text().then(take)}>
              {(props) => (
                <Button variant="default" {...props}>
                  Read a file…
                </Button>
              )}
            </FileButton>
          </div>
        </div>
      </Disclosure>
      {said !== null && (
        <p role="status" className={`${classes.said} ${said.refuses ? classes.remark : classes.quiet}`}>
          {said.text}
        </p>
      )}
    </section>
  )
}

const OTHERS_NAMED = 3

/** "Line 17: shop.example is a zone of Shop already, so it was left out." */
function othersWords(ofOthers: ReadZones['ofOthers']): string[] {
  const more = ofOthers.length - OTHERS_NAMED
  return [
    ...ofOthers
      .slice(0, OTHERS_NAMED)
      .map(({ line, host, name }) => `Line ${formatCount(line)}: ${host} is a zone of ${name} already, so it was left out.`),
    ...(more > 0 ? [`So ${more === 1 ? 'was' : 'were'} ${countOf(more, 'more zone')} of other sites.`] : []),
  ]
}

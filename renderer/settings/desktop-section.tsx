import { Button, NativeSelect, Radio, Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CLOSING_CHOICES, UPDATE_CHANNELS, type DesktopReport, type DesktopSettings } from '#shared/desktop.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { desktopQueries, useDesktopWish, useSaveDesktop } from './desktop-queries.ts'
import { updateSentence } from './update-words.ts'
import desktopClasses from './desktop.module.css'
import classes from './settings.module.css'

/** What belongs to the desktop window alone: how it closes, and newer versions of it. */
export function DesktopSection() {
  const desktop = useQuery(desktopQueries.get())
  if (desktop.isError) return <FailureNote {...describeFailure(desktop.error)} onTryAgain={() => void desktop.refetch()} />
  if (!desktop.data) return <LateSkeleton />
  const { settings, report } = desktop.data
  if (!report)
    return (
      <EmptyNote title="This panel runs without the desktop window">
        The tray, what closing does and updates belong to that window. Here, Frostline runs until it is stopped where it was
        started.
      </EmptyNote>
    )
  return (
    <>
      <Closing settings={settings} report={report} />
      <Updates settings={settings} report={report} />
    </>
  )
}

interface PartProps {
  readonly settings: DesktopSettings
  readonly report: DesktopReport
}

const CLOSING_WORDS: Readonly<Record<DesktopSettings['closing'], { readonly name: string; readonly says: string }>> = {
  ask: { name: 'Ask while there is work', says: 'Without any, Frostline quits' },
  tray: { name: 'Keep Frostline in the tray', says: 'Schedules, hooks and visits go on' },
  finish: { name: 'Finish the work, then quit', says: 'Without a window, and without being asked' },
  leave: { name: 'Quit', says: 'What is queued goes on at the next start' },
}

function Closing({ settings, report }: PartProps) {
  const save = useSaveDesktop()
  return (
    <section className={classes.card} aria-label="Closing the window">
      <Radio.Group
        label="When the window is closed"
        value={settings.closing}
        onChange={(value) => {
          const closing = CLOSING_CHOICES.find((choice) => choice === value)
          if (closing) save.mutate({ ...settings, closing })
        }}
      >
        <Stack gap={8} mt={8}>
          {CLOSING_CHOICES.map((choice) => (
            <Radio
              key={choice}
              size="sm"
              classNames={{ description: desktopClasses.says ?? '' }}
              value={choice}
              label={CLOSING_WORDS[choice].name}
              description={CLOSING_WORDS[choice].says}
              disabled={save.isPending || (choice === 'tray' && report.noTrayBecause !== null)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {report.noTrayBecause !== null && <p className={classes.quiet}>{report.noTrayBecause}</p>}
      <p className={classes.quiet}>Nothing that is queued is ever lost, whichever it is.</p>
    </section>
  )
}

const CHANNEL_WORDS: Readonly<Record<DesktopSettings['channel'], string>> = {
  latest: 'Finished versions',
  beta: 'Also versions to try out',
}

function Updates({ settings, report: { updates } }: PartProps) {
  const save = useSaveDesktop()
  const wish = useDesktopWish()
  const off = updates.kind === 'off' && settings.updates
  return (
    <section className={classes.card} aria-label="Updates">
      <h2>Updates</h2>
      <p role="status">{updateSentence(updates)}</p>
      {updates.kind === 'fetching' && <ProgressLine done={updates.percent} total={100} label="Fetching" />}
      <Switch
        size="sm"
        classNames={{ description: desktopClasses.says ?? '' }}
        label="Look for newer versions and fetch them"
        description="Installed only when you say so"
        checked={settings.updates}
        disabled={save.isPending || off}
        onChange={(event) => save.mutate({ ...settings, updates: event.currentTarget.checked })}
      />
      <NativeSelect
        label="Which"
        w={240}
        value={settings.channel}
        disabled={save.isPending || off}
        data={UPDATE_CHANNELS.map((channel) => ({ value: channel, label: CHANNEL_WORDS[channel] }))}
        onChange={({ currentTarget: { value } }) => {
          const channel = UPDATE_CHANNELS.find((each) => each === value)
          if (channel) save.mutate({ ...settings, channel })
        }}
      />
      <div className={classes.buttons}>
        <Button
          variant="default"
          disabled={updates.kind === 'off' || updates.kind === 'checking' || updates.kind === 'fetching'}
          onClick={() => wish.mutate({ wish: 'check-for-updates' })}
        >
          Check now
        </Button>
        {updates.kind === 'ready' && (
          <Button onClick={() => wish.mutate({ wish: 'restart-to-update' })}>Restart to update</Button>
        )}
      </div>
    </section>
  )
}

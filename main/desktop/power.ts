import { powerMonitor } from 'electron'
import type { CoreHandle } from '../core-host.ts'

/** Tells the core when the machine sleeps and wakes: schedules then run once, and polls go on. */
export function forwardPower(core: Pick<CoreHandle, 'power'>): void {
  powerMonitor.on('suspend', () => core.power('suspend'))
  powerMonitor.on('resume', () => core.power('resume'))
}

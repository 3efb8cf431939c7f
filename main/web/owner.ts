import { userInfo } from 'node:os'
import type { Identity } from '../core-protocol.ts'

/** Whoever can start the program on this account owns its data. */
export function ownerAtThisMachine(): Identity {
  try {
    return { person: userInfo().username, role: 'owner' }
  } catch {
    // An account without an entry in the system's list, as in some containers.
    return { person: 'owner', role: 'owner' }
  }
}

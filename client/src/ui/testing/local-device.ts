import type { Session } from '../../app/session-types.ts'
import { createLive } from '../../lib/live.ts'

/** What a device remembers, in this tab alone. */
export function createLocalDevice(): Pick<
  Session,
  'glideBars' | 'setGlideBars' | 'rollSettings' | 'setRollSettings'
> {
  const glideBars = createLive(0)
  const rollSettings = createLive<ReturnType<Session['rollSettings']['read']>>({ ghosts: false })
  return {
    glideBars,
    setGlideBars: glideBars.set,
    rollSettings,
    setRollSettings: (change) => rollSettings.set({ ...rollSettings.read(), ...change }),
  }
}

import type { PeerId } from '@beatcord/shared'
import type { Jam } from '../jam/jam.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import { readLinkStats } from './link-stats.ts'
import { createPeople, type People } from './people.ts'
import type { Profile } from './profile.ts'
import type { Room } from './room.ts'
import type { Connection, Trouble } from './states.ts'
import { createTroubles } from './troubles.ts'
import type { SealingKeys } from '../net/seal.ts'

/** Who else is here, how their browsers reach ours, and what went wrong on the way. */
export interface Others extends Pick<People, 'people' | 'onNotice'> {
  /** When the connection became as it is, since 1970. */
  sinceMs(): number
  readonly troubleOf: (peer: PeerId) => Trouble | undefined
  readonly close: Undo
}

export interface OthersOptions {
  readonly room: Room
  readonly jam: Jam
  readonly profileKey: SealingKeys
  readonly onKeysChange: (listener: () => void) => Undo
  readonly me: Live<Profile>
  readonly output: Pick<AudioOutput, 'state'>
  readonly connection: Live<Connection>
  readonly timers: Timers
}

export function createOthers(options: OthersOptions): Others {
  const { room, jam, timers, output, connection } = options
  const { signal, mesh } = room
  const { awareness } = jam
  const scope = createScope()
  const meters = {
    linkStats: mesh.linkStats,
    lossOf: jam.clock.lossOf,
  }

  const tellHearing = (): void => {
    awareness.setLocalStateField('hears', output.state.read().status === 'running')
  }
  scope.own(output.state.subscribe(tellHearing))
  tellHearing()
  const people = createPeople({
    signal,
    mesh,
    timers,
    stats: (peer) => readLinkStats(meters, peer),
    syncOf: jam.clock.syncOf,
    profileKey: options.profileKey,
    onKeysChange: options.onKeysChange,
    me: options.me,
    hears: (peer) => jam.awarenessOf(peer)?.['hears'] !== false,
    onHearsChange: (listener) => {
      awareness.on('change', listener)
      return () => {
        awareness.off('change', listener)
      }
    },
  })
  scope.own(people.close)
  const troubles = createTroubles(mesh.links, timers.wallMs)
  scope.own(troubles.close)
  scope.own(
    room.onCutOff((cut) => {
      troubles.cutOff(cut)
      people.cutOff(cut)
    }),
  )
  let sinceMs = timers.wallMs()
  let { status } = connection.read()
  scope.own(
    connection.subscribe((next) => {
      if (next.status === status) return
      status = next.status
      sinceMs = timers.wallMs()
    }),
  )

  return {
    people: people.people,
    onNotice: people.onNotice,
    sinceMs: () => sinceMs,
    troubleOf: troubles.lastOf,
    close: scope.close,
  }
}

import type { PeerId } from '@beatcord/shared'
import type { Connection, Person, SoundState, SyncState } from './session-types.ts'
import type { Trouble } from './troubles.ts'

/** How one other person is linked. */
export interface PersonDiagnosis {
  readonly person: Person
  /** How far their clock's idea of the jam's time is from ours, ms; undefined before it is known. */
  readonly clockMs?: number
  readonly trouble?: Trouble
}

/** All that one would ask somebody on the phone whose jam does not work; no names of rooms, addresses or keys. */
export interface Diagnosis {
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number
  readonly protocol: number
  readonly connection: Connection
  /** Since when the connection has been so; wall clock. */
  readonly sinceMs: number
  /** Whether the server passes on what finds no direct way. */
  readonly relays: boolean
  readonly hidesAddress: boolean
  readonly sound: SoundState
  readonly sync: SyncState
  /** Of the song as it would be sent to a newcomer, and how large it may get. */
  readonly song?: { readonly bytes: number; readonly capBytes: number }
  readonly others: readonly PersonDiagnosis[]
}

export interface DiagnosisSources {
  readonly state: () => Omit<Diagnosis, 'others'>
  readonly people: () => readonly Person[]
  readonly clockMsOf: (peer: PeerId) => number | undefined
  readonly troubleOf: (peer: PeerId) => Trouble | undefined
}

export function diagnose(sources: DiagnosisSources): Diagnosis {
  const others = sources.people().flatMap((person) => {
    if (person.isMe) return []
    const peer = person.id as PeerId
    const clockMs = sources.clockMsOf(peer)
    const trouble = sources.troubleOf(peer)
    return [
      {
        person,
        ...(clockMs !== undefined && { clockMs }),
        ...(trouble !== undefined && { trouble }),
      },
    ]
  })
  return { ...sources.state(), others }
}

import { PROTOCOL_VERSION } from '@beatcord/shared'
import type { Jam } from '../jam/jam.ts'
import type { Live } from '../lib/live.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import { diagnose } from './diagnosis.ts'
import type { Others } from './others.ts'
import type { Room } from './room.ts'
import type { Connection, Diagnosis } from './states.ts'

export interface JamDiagnosisOptions {
  readonly room: Pick<Room, 'signal' | 'mesh'>
  readonly jam: Pick<Jam, 'clock' | 'songSize'>
  readonly others: Pick<Others, 'people' | 'sinceMs' | 'troubleOf'>
  readonly output: Pick<AudioOutput, 'state' | 'deviceLatencyMs'>
  readonly connection: Live<Connection>
  readonly hidesAddress: Live<boolean>
  readonly trimMs: Live<number>
  readonly timers: Pick<Timers, 'wallMs'>
}

/** How everything stands, asked of whoever knows. */
export function diagnoseJam(options: JamDiagnosisOptions): Diagnosis {
  const { room, jam, others, output, timers } = options
  const { signal, mesh } = room
  return diagnose({
    state: () => ({
      atMs: timers.wallMs(),
      protocol: PROTOCOL_VERSION,
      connection: options.connection.read(),
      sinceMs: others.sinceMs(),
      relays: signal.relay.read(),
      hidesAddress: options.hidesAddress.read(),
      sound: output.state.read(),
      speaker: speakerOf(output.deviceLatencyMs(), options.trimMs.read()),
      sync: jam.clock.state.read(),
      song: jam.songSize(),
    }),
    people: others.people.read,
    triesOf: (peer) => {
      const { attempts: count, lastEnd } = mesh.linkStats(peer)
      return { count, ...(lastEnd && { lastEnd }) }
    },
    troubleOf: others.troubleOf,
  })
}

const speakerOf = (latencyMs: number | undefined, trimMs: number): Diagnosis['speaker'] => ({
  ...(latencyMs !== undefined && { latencyMs }),
  trimMs,
})

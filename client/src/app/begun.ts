import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { SoundState, SyncState, TransportView } from './session-types.ts'

export interface BegunOptions {
  readonly audible: Live<boolean>
  readonly output: { readonly state: Live<SoundState> }
  readonly jam: { readonly clock: { readonly state: Live<SyncState> } }
  readonly transport: { readonly view: Live<Pick<TransportView, 'playing'>> }
  readonly signal: {
    readonly state: Live<{ readonly status: string }>
    readonly roster: Live<{ readonly size: number }>
  }
  /** True once the room has no place for this person: no sound of it is due. */
  readonly isOut: Live<boolean>
  readonly timers: Pick<Timers, 'after'>
}

/** No first sound is waited for any longer than it was promised in. */
const PROMISED_MS = 3000

/**
 * Whether the jam sounds here, or no sound of it is due: what is fetched from then on makes nobody hear it later. Once
 * true it stays so.
 */
export function watchBegun(options: BegunOptions): {
  readonly hasBegun: Live<boolean>
  readonly close: Undo
} {
  const { audible, output, jam, transport, signal, isOut, timers } = options
  const [sound, sync, view] = [output.state, jam.clock.state, transport.view]
  const hasBegun = createLive(false)
  const scope = createScope()
  const begin = (): void => {
    hasBegun.set(true)
    scope.close()
  }
  const isAlone = (): boolean =>
    signal.state.read().status === 'admitted' && signal.roster.read().size === 0
  const look = (): void => {
    const isKnown = isAlone() || isInTime(sync.read())
    const isDue = !isOut.read() && !isMute(sound.read())
    if (audible.read() || !isDue || (isKnown && !view.read().playing)) begin()
  }
  for (const watched of [audible, sound, sync, view, isOut, signal.state, signal.roster])
    scope.own(watched.subscribe(look))
  scope.own(timers.after(PROMISED_MS, begin))
  look()
  return { hasBegun, close: scope.close }
}

const isMute = ({ status }: SoundState): boolean => status === 'unsupported' || status === 'failed'

/** From then on the transport is the room's. */
const isInTime = ({ status }: SyncState): boolean =>
  status === 'alone' || status === 'in-time' || status === 'drifting'

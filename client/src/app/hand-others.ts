import type { Hands, HeldKey } from '../jam/hands.ts'
import type { Live } from '../lib/live.ts'
import type { Scope } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type { Engine } from '../sound/engine-types.ts'
import { withoutHidden } from './without-hidden.ts'

export interface HandOthersOptions {
  readonly hands: Pick<Hands, 'onStroke' | 'onWheels' | 'held'>
  /** Whom this person does without. */
  readonly hidden: Live<ReadonlySet<string>>
  readonly engine: () => Pick<Engine, 'bendHand'> | undefined
  /** Shared time now, ms. */
  readonly sharedMs: () => number
  /** Plays a key of somebody's, or with velocity 0 lets it go, at a shared moment. */
  sound(
    hand: string,
    track: TrackId,
    key: Pitch,
    velocity: number,
    atMs: number,
    seed: number,
  ): void
}

/** Plays what others play by hand, but for those who are hidden. @returns what they hold, but for those */
export function playOthers(options: HandOthersOptions, scope: Scope): Live<readonly HeldKey[]> {
  const { hands, hidden, sound } = options
  scope.own(
    hands.onStroke((peer, { track, pitch, velocity, sharedMs, number }) => {
      if (velocity === 0 || !hidden.read().has(peer))
        sound(peer, track, pitch, velocity, sharedMs, number)
    }),
  )
  scope.own(
    hands.onWheels((hand, track, moved) => {
      options.engine()?.bendHand({ hand, track, ...moved })
    }),
  )
  scope.own(
    hidden.subscribe((ids) => {
      for (const { peer, track, pitch } of hands.held.read())
        if (ids.has(peer)) sound(peer, track, pitch, 0, options.sharedMs(), 0)
    }),
  )
  return withoutHidden(hidden, hands.held, ({ peer }) => peer, scope)
}

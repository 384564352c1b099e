import { isArpeggiated } from '../sequence/arp-settings.ts'
import { stepCountAt } from './frame-steps.ts'
import { createArpNotes } from './arp-notes.ts'
import { loopAt, soundOf, type EngineTrack, type TrackWalker } from './engine-tracks.ts'
import type { HeldChords } from './held-chords.ts'
import type { FrameSteps } from './engine-types.ts'
import type { PendingNotes } from './pending-notes.ts'
import { addStepNotes } from './step-notes.ts'

/** Decides what a step of a track, or of its arpeggiator, strikes; makes no objects once each track has had a step. */
export type TakeStep = (
  walker: TrackWalker,
  step: number,
  /** On which the step itself begins. */
  frame: number,
  steps: FrameSteps,
) => void

export function createStepTaker(
  pending: PendingNotes,
  trackById: (id: string) => EngineTrack | undefined,
  held: Pick<HeldChords, 'over'>,
): TakeStep {
  const arps = createArpNotes()
  return ({ track, isArp }, step, frame, steps) => {
    const one = track()
    const { bus } = one
    if (isArp !== isArpeggiated(soundOf(one))) return
    const stepCount = stepCountAt(steps, frame)
    if (!isArp) {
      addStepNotes(pending, bus, loopAt(one, frame), step, stepCount)
      return
    }
    const { chords } = loopAt(one, frame)
    const fed = chords === undefined ? (trackById(soundOf(one).arpFeed) ?? one) : one
    const { source } = fed
    source.loop = chords ?? loopAt(fed, frame)
    arps.add(pending, bus, source, step, stepCount, held, one.id)
  }
}

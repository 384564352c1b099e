import { onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import type { EngineLevels } from '../../app/session-types.ts'
import { useSession } from '../useServices.ts'
import { AT_REST, isAtRest, levelToShare, needleAfter } from './needle.ts'
import type { Needle } from './needle.ts'

/** Thirty times a second at most. */
const LEAST_MS = 30
/** A page that was out of sight goes on from where it was. */
const MOST_MS = 100

/**
 * Moves the needles of a meter while there is anything to see; nothing of Vue's is touched.
 *
 * @param peaksOf absolute samples, one for each needle and always as many
 * @param show    called when they have moved
 * @param isInSight while it is not, they stand still
 */
export function useNeedles(
  peaksOf: (levels: EngineLevels) => readonly number[],
  show: (needles: readonly Needle[]) => void,
  isInSight?: Readonly<Ref<boolean>>,
): void {
  let peaks: readonly number[] = []
  let needles: readonly Needle[] = []
  let frame: number | undefined
  let shownMs: number | undefined

  function onFrame(nowMs: number): void {
    frame = requestAnimationFrame(onFrame)
    const passedMs = nowMs - (shownMs ?? nowMs - LEAST_MS)
    if (passedMs < LEAST_MS) return
    shownMs = nowMs
    const seconds = Math.min(passedMs, MOST_MS) / 1000
    needles = peaks.map((peak, side) =>
      needleAfter(needles[side] ?? AT_REST, levelToShare(peak), seconds),
    )
    peaks = peaks.map(() => 0)
    show(needles)
    if (needles.every(isAtRest)) rest()
  }
  function rest(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    shownMs = undefined
  }
  onScopeDispose(
    useSession().levels.subscribe((levels) => {
      if (isInSight?.value === false) return
      const next = peaksOf(levels)
      peaks = next.map((peak, side) => Math.max(peak, peaks[side] ?? 0))
      if (frame === undefined && next.some((peak) => peak > 0)) {
        frame = requestAnimationFrame(onFrame)
      }
    }),
  )
  if (isInSight !== undefined) {
    // What is seen again begins at rest, not where it was left.
    watch(isInSight, (isSeen) => {
      if (isSeen || needles.length === 0) return
      rest()
      peaks = []
      needles = needles.map(() => AT_REST)
      show(needles)
    })
  }
  onScopeDispose(rest)
}

/** Peaks of both sides of one track. */
export function peaksOfTrack({ tracks }: EngineLevels, id: string): readonly [number, number] {
  const level = tracks.find((each) => each.id === id)
  return [level?.left ?? 0, level?.right ?? 0]
}

import { PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'

const WIDTH = 160
const HEIGHT = 80
const TOP = 8
/** Each of the four parts gets at most a quarter, so that every knob visibly moves the curve. */
const PART = WIDTH / 4

/** A note's loudness over time as an SVG path on a field of 160 by 80; the time axis is bent, to show short times. */
export function envelopePath(sound: TrackSound): string {
  const attack = part(sound.attackSeconds, PARAM_RANGES.attackSeconds.max)
  const decay = attack + part(sound.decaySeconds, PARAM_RANGES.decaySeconds.max)
  const release = WIDTH - part(sound.releaseSeconds, PARAM_RANGES.releaseSeconds.max)
  const level = HEIGHT - sound.sustain * (HEIGHT - TOP)
  return `M0 ${HEIGHT}L${round(attack)} ${TOP}L${round(decay)} ${round(level)}H${round(release)}L${WIDTH} ${HEIGHT}`
}

const part = (seconds: number, maxSeconds: number): number =>
  PART * Math.cbrt(Math.min(1, seconds / maxSeconds))

const round = (value: number): number => Math.round(value * 10) / 10

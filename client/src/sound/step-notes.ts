import {
  FLAM_BEATS,
  NUDGES_A_STEP,
  STRAY_BEATS,
  STRAY_VELOCITY,
  type TrackLoop,
} from '../sequence/compile.ts'
import { loopOver } from '../sequence/chord-place.ts'
import { beatOfStep, stepInPattern } from '../sequence/onsets.ts'
import type { StepCount } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { hashToShare, mixHash } from './dsp/hash.ts'

/** Whose notes are decided: its seed tells what is drawn for it apart, its sound how far notes stray. */
export interface Striking {
  readonly strip: { readonly seed: number; readonly sound: TrackSound }
}

/** Where strokes go that are decided: beats of the song, pitch 24 to 108, velocity 1 to 127, with fractions. */
export interface Strokes<By extends Striking> {
  add(by: By, beat: number, endBeat: number, pitch: number, velocity: number, seed: number): void
}

/** Notes of one step of a track that are struck, the lowest: more than there are voices. */
export const MOST_NOTES_A_STEP = 24

/** Of a flam's soft stroke, as a share of the other's velocity. */
const FLAM_VELOCITY = 0.45
/** Each stroke after the first within a step is softer. */
const RATCHET_VELOCITY = 0.85
/** Tell what is drawn for one note apart. */
const CHANCE = 1
const STRAY = 2
const TOUCH = 3

/**
 * Decides what a track strikes on one absolute step: by chance, but by the same chance for everybody, since it is drawn
 * from a hash of the track, the step and the pitch. Where the track follows chords it is the one at the step's own beat.
 */
export function addStepNotes<By extends Striking>(
  pending: Strokes<By>,
  bus: By,
  written: TrackLoop,
  step: number,
  stepCount: StepCount,
): void {
  const loop = loopOver(written, beatOfStep(step, written.subdivision))
  const count = loop.stepCount || stepCount
  const place = stepInPattern(step, count)
  const end = loop.firstNote[place + 1] ?? 0
  let left = MOST_NOTES_A_STEP
  for (let note = loop.firstNote[place] ?? 0; note < end && left > 0; note++) {
    if (!isDrawn(loop, bus.strip.seed, step, note)) continue
    addNote(pending, bus, loop, step, count, note)
    left--
  }
}

/** Whether a note is struck on an absolute step, by its chance. */
export const isDrawn = (
  loop: TrackLoop,
  trackSeed: number,
  step: number,
  note: number,
): boolean => {
  const seed = mixHash(mixHash(trackSeed, step), loop.pitches[note] ?? 0)
  return 100 * hashToShare(mixHash(seed, CHANCE)) < (loop.chances[note] ?? 100)
}

function addNote<By extends Striking>(
  pending: Strokes<By>,
  bus: By,
  loop: TrackLoop,
  step: number,
  stepCount: StepCount,
  note: number,
): void {
  const { subdivision } = loop
  const pitch = loop.pitches[note] ?? 0
  const seed = mixHash(mixHash(bus.strip.seed, step), pitch)
  const { humanise } = bus.strip.sound
  const stray = humanise * STRAY_BEATS * signed(mixHash(seed, STRAY))
  const touch = 1 + humanise * STRAY_VELOCITY * signed(mixHash(seed, TOUCH))
  const velocity = Math.min(127, Math.max(1, (loop.velocities[note] ?? 0) * touch))
  const length = Math.min(stepCount, loop.lengths[note] ?? 1)
  const late = (step % 2) * loop.swing + (loop.nudges[note] ?? 0) / NUDGES_A_STEP
  const beat = beatOfStep(step + late, subdivision) + stray
  const endBeat = beat + length / subdivision
  if (loop.flams[note] === 1) {
    const early = beat - FLAM_BEATS
    pending.add(bus, early, beat, pitch, Math.max(1, velocity * FLAM_VELOCITY), ~seed)
  }
  const strokes = loop.ratchets[note] ?? 1
  const gap = 1 / (strokes * subdivision)
  for (let stroke = 0; stroke < strokes; stroke++) {
    const from = beat + stroke * gap
    const to = stroke + 1 < strokes ? from + gap : endBeat
    const force = stroke === 0 ? velocity : Math.max(1, velocity * RATCHET_VELOCITY)
    pending.add(bus, from, to, pitch, force, stroke === 0 ? seed : mixHash(seed, stroke + TOUCH))
  }
}

/** -1 to 1. */
const signed = (hash: number): number => 2 * hashToShare(hash) - 1

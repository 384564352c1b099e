import { ARP_RATES } from '../sequence/arp-settings.ts'
import { arpPlace, createChord, readChord, type Chord } from '../sequence/arpeggio.ts'
import type { TrackLoop } from '../sequence/compile.ts'
import { loopOver } from '../sequence/chord-place.ts'
import { HIGHEST_PITCH } from '../sequence/pattern.ts'
import type { StepCount } from '../sequence/song.ts'
import { mixHash } from './dsp/hash.ts'
import { isDrawn, type Striking, type Strokes } from './step-notes.ts'

/** Tells what an arpeggiator draws apart from what the loop does. */
const ARP = 0x4172_7030

/** Whose loop an arpeggiator plays around. */
export interface ArpSource {
  readonly bus: Striking
  readonly loop: TrackLoop
}

/** What hands hold, which goes before what is written. */
export interface HeldOver {
  /**
   * Puts what hands hold on a track in place of the chord of its loop: while a key is down, and where chords go on until
   * the next note, until the loop has one after the last key was let go.
   *
   * @param subdivision  steps in a beat, in which the chord is counted
   */
  over(chord: Chord, track: string, beat: number, subdivision: number, goesOn: boolean): void
}

/** The notes of arpeggiators, one at a time; makes no objects. */
export interface ArpNotes {
  /**
   * Decides what a track's arpeggiator plays on one of its own absolute steps: it begins its pattern anew with each new
   * note of the chord.
   *
   * @param held  what hands hold on `track`, which goes before the loop's chord
   */
  add<By extends Striking>(
    pending: Strokes<By>,
    bus: By,
    source: ArpSource,
    arpStep: number,
    stepCount: StepCount,
    held?: HeldOver,
    track?: string,
  ): void
}

export function createArpNotes(): ArpNotes {
  const chord: Chord = createChord()
  const drawn: { loop: TrackLoop | undefined; seed: number } = { loop: undefined, seed: 0 }
  const sounds = (step: number, note: number): boolean =>
    drawn.loop !== undefined && isDrawn(drawn.loop, drawn.seed, step, note)

  return {
    add(pending, bus, source, arpStep, stepCount, held, track = '') {
      const { arpRate, arpPattern, arpOctaves, arpHold, arpGate, arpSwing } = bus.strip.sound
      const rate = ARP_RATES[arpRate]
      const beat = arpStep / rate
      const loop = loopOver(source.loop, beat)
      const { subdivision } = loop
      drawn.loop = loop
      drawn.seed = source.bus.strip.seed
      const count = loop.stepCount || stepCount
      readChord(chord, loop, beat * subdivision, count, arpHold === 'on', sounds)
      held?.over(chord, track, beat, subdivision, arpHold === 'on')
      if (chord.count === 0) return
      const index = arpStep - Math.ceil((chord.newest / subdivision) * rate)
      const total = chord.count * Number(arpOctaves)
      const seed = mixHash(mixHash(bus.strip.seed, ARP), arpStep)
      const place = arpPlace(arpPattern, total, Math.max(0, index), seed)
      const octave = Math.floor(place / chord.count)
      const pitch = (chord.pitches[place % chord.count] ?? 0) + 12 * octave
      if (pitch > HIGHEST_PITCH) return
      const from = beat + (index % 2 === 1 ? arpSwing / rate : 0)
      pending.add(bus, from, from + arpGate / rate, pitch, chord.velocity, seed)
    },
  }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRUM_PIECES, pieceToPitch } from '../sequence/drum-sound.ts'
import { noteKey, type Note } from '../sequence/pattern.ts'
import { SCALES, type PitchClass, type ScaleName } from '../sequence/scale.ts'
import { EMPTY_SONG, SUBDIVISIONS, type Track } from '../sequence/song.ts'
import { CLICK, songOf, trackOf } from '../sound/testing/songs.ts'
import type { FilePart } from './file-song.ts'
import type { Target } from './import-plan.ts'
import { TICKS_PER_BEAT } from './song-to-midi.ts'
import { exported, imported, patternOf, strayNotes } from './testing/round-trip.ts'

const SOFTEST = 4
/** A nudge that is read is off by half a tick, and so is what is written of it: a millisecond at 120. */
const ROUNDING_TICKS = 2

const anyNotes = (pitches: fc.Arbitrary<number>, steps: number): fc.Arbitrary<readonly Note[]> =>
  fc
    .uniqueArray(
      fc.record({
        step: fc.nat(steps - 1),
        pitch: pitches,
        velocity: fc.integer({ min: 1, max: 127 }),
        length: fc.integer({ min: 1, max: steps }),
        ratchet: fc.integer({ min: 1, max: 4 }),
        flam: fc.boolean(),
        accent: fc.boolean(),
        nudge: fc.integer({ min: -24, max: 24 }),
      }),
      { maxLength: 24, selector: ({ step, pitch }) => noteKey(step, pitch) },
    )
    .map((notes) => withoutCollisions(notes, steps))

/**
 * What no file can carry is left out: strokes of one pitch that run into each other, and what begins before the song or
 * after the loop.
 */
function withoutCollisions(notes: readonly Note[], steps: number): readonly Note[] {
  const at = new Set(notes.map(({ step, pitch }) => noteKey(step, pitch)))
  return notes.map(({ ratchet = 1, flam = false, nudge = 0, ...note }) => {
    const isFirst = note.step === 0
    const isAlone = [-3, -2, -1, 1, 2, 3].every(
      (away) => !at.has(noteKey(note.step + away, note.pitch)),
    )
    const isLast = note.step === steps - 1
    return {
      ...note,
      ratchet: isAlone ? ratchet : 1,
      // Of the softest notes the soft stroke is as loud as the other.
      flam: isAlone && note.step > 1 && note.velocity > SOFTEST && flam,
      nudge: isFirst ? Math.max(0, nudge) : isLast ? Math.min(0, nudge) : nudge,
    }
  })
}

const anyTrack = (id: string, mostSteps = 64): fc.Arbitrary<Track> =>
  fc
    .record({
      steps: fc.integer({ min: 1, max: mostSteps }),
      subdivision: fc.constantFrom(...SUBDIVISIONS),
      swing: fc.integer({ min: 50, max: 75 }),
      instrument: fc.constantFrom('synth', 'drums'),
    })
    .chain(({ steps, instrument, ...rest }) => {
      const pitches =
        instrument === 'drums'
          ? fc.constantFrom(...DRUM_PIECES).map(pieceToPitch)
          : // So few that many meet, and so far apart that no scale makes one of two.
            fc.constantFrom(30, 48, 60, 72, 100)
      return anyNotes(pitches, steps).map((notes) =>
        trackOf(notes, { ...rest, id, steps, sound: { ...CLICK, instrument } }),
      )
    })

const anyScale = fc.record({
  root: fc.nat(11).map((root) => root as PitchClass),
  scale: fc.constantFrom(...(Object.keys(SCALES) as ScaleName[])),
})

/** As far as rounding goes; a length that another note cut short comes back in whole steps. */
function expectSame(after: FilePart, before: FilePart, subdivision: number): void {
  const sorted = ({ notes }: FilePart) =>
    notes.toSorted((one, other) => one.pitch - other.pitch || one.tick - other.tick)
  const was = sorted(before)
  expect(sorted(after).map(({ pitch }) => pitch)).toEqual(was.map(({ pitch }) => pitch))
  const stepTicks = TICKS_PER_BEAT / subdivision
  for (const [index, note] of sorted(after).entries()) {
    const { tick = 0, velocity = 0, endTick = 0, pitch } = was[index] ?? {}
    expect(Math.abs(note.tick - tick)).toBeLessThanOrEqual(ROUNDING_TICKS)
    expect(Math.abs(note.velocity - velocity)).toBeLessThanOrEqual(1)
    const isCut = was.some((other) => other.pitch === pitch && other.tick === endTick)
    expect(Math.abs(note.endTick - endTick)).toBeLessThanOrEqual(
      isCut ? stepTicks : 2 * ROUNDING_TICKS,
    )
  }
}

test('a track that is exported and imported sounds the same', () => {
  fc.assert(
    fc.property(anyTrack('ana'), anyScale, (track, scale) => {
      const song = { ...songOf(track), ...scale }
      const before = exported(song)
      fc.pre(before.parts.length > 0)
      const target = { kind: 'track', id: track.id, pattern: 'a' } as const

      const { song: after, planned } = imported(song, before, [target])

      expect(planned[0]?.taken).toBe(before.parts[0]?.notes.length)
      for (const [index, part] of exported(after).parts.entries()) {
        const was = before.parts[index]
        if (was !== undefined) expectSame(part, was, track.subdivision)
      }
    }),
    { numRuns: 400 },
  )
})

test('notes that are only pitch, velocity, length and nudge come back as they were written', () => {
  const plain = fc.integer({ min: 1, max: 64 }).chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      subdivision: fc.constantFrom(...SUBDIVISIONS),

      notes: fc.uniqueArray(
        fc.record({
          step: fc.nat(steps - 1),
          pitch: fc.integer({ min: 24, max: 108 }),
          velocity: fc.integer({ min: 1, max: 127 }),
          length: fc.integer({ min: 1, max: steps }),
          nudge: fc.integer({ min: -23, max: 23 }),
        }),
        // One note of each pitch: none cuts another short.
        { maxLength: 40, minLength: 1, selector: ({ pitch }) => pitch },
      ),
    }),
  )
  fc.assert(
    fc.property(plain, ({ notes, ...rest }) => {
      const written = notes
        .map(({ nudge, ...note }) => ({
          ...note,
          nudge: note.step === 0 ? Math.abs(nudge) : nudge,
        }))
        .map(({ nudge, ...note }) => (nudge === 0 ? note : { ...note, nudge }))
      const song = songOf(trackOf(written, rest))
      const target = { kind: 'track', id: song.tracks[0]?.id ?? '', pattern: 'a' } as Target

      const { planned } = imported(song, exported(song), [target])

      const back = patternOf(planned[0]?.patterns.a ?? [])
      expect(back).toEqual(patternOf(written))
    }),
    { numRuns: 400 },
  )
})

test('a whole jam goes into the tracks of an empty room: what is taken stands where it stood', () => {
  const jam = fc.tuple(anyTrack('ana', 16), anyTrack('bo', 16), anyTrack('cy', 16))
  fc.assert(
    fc.property(jam, (tracks) => {
      const before = exported(songOf(...tracks))
      const targets = before.parts.map(() => ({ kind: 'new' }) as const)

      const { planned } = imported(EMPTY_SONG, before, targets)

      expect(planned).toHaveLength(before.parts.length)
      for (const { part, taken, leftOut } of planned) {
        const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0)
        expect(taken + left).toBe(part.notes.length)
      }
      expect(planned.flatMap(strayNotes)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('scenes that are exported one after the other come into patterns one after the other', () => {
  const [one, other] = [60, 67].map((pitch) =>
    patternOf([{ step: 0, pitch, velocity: 90, length: 2 }]),
  )
  const ana = { ...trackOf([]), patterns: { a: one ?? new Map(), b: other ?? new Map() } }
  const song = songOf(ana)
  const target = { kind: 'track', id: ana.id, pattern: 'a' } as const

  const { song: after } = imported(song, exported(song, { passages: ['a', 'b'] }), [target])

  expect(after.tracks[0]?.patterns).toEqual(ana.patterns)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileSong } from './file-song.ts'
import { parseSmf } from './parse-smf.ts'
import type { MidiEvent, MidiFile } from './smf.ts'
import { C4, E4, END, fileOf, head, track } from './testing/bytes.ts'
import { writeSmf } from './write-smf.ts'

const read = (bytes: Uint8Array): MidiFile => {
  const verdict = parseSmf(bytes)
  if (!verdict.ok) throw new Error(verdict.reason)
  return verdict.file
}

test('whatever the bytes are, they are read or refused, and never a note out of range', () => {
  const valid = [...fileOf(C4, E4, [0, 0xff, 3, 2, 65, 66], END)]
  const spoilt = fc
    .array(fc.tuple(fc.nat(valid.length), fc.nat(255), fc.boolean()), { maxLength: 6 })
    .map((changes) => {
      const bytes = [...valid]
      for (const [at, byte, isCut] of changes) bytes.splice(at, 1, ...(isCut ? [] : [byte]))
      return Uint8Array.from(bytes)
    })
  const tracks = fc
    .uint8Array({ maxLength: 80 })
    .map((bytes) => Uint8Array.from([...head(), ...track([...bytes])]))

  fc.assert(
    fc.property(fc.oneof(spoilt, tracks, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      const verdict = parseSmf(bytes)
      if (!verdict.ok) return
      for (const { notes } of fileSong(verdict.file).parts) {
        for (const { pitch, velocity, tick, endTick } of notes) {
          expect([pitch >= 0 && pitch < 128, velocity > 0 && velocity < 128]).toEqual([true, true])
          expect(endTick).toBeGreaterThanOrEqual(tick)
        }
      }
    }),
    { numRuns: 500 },
  )
})

const tick = fc.nat(100_000)
const channel = fc.nat(15)
const data = fc.nat(127)
const anyEvent: fc.Arbitrary<MidiEvent> = fc.oneof(
  fc.record({
    tick,
    kind: fc.constant('note-on' as const),
    channel,
    pitch: data,
    velocity: fc.integer({ min: 1, max: 127 }),
  }),
  fc.record({ tick, kind: fc.constant('note-off' as const), channel, pitch: data }),
  fc.record({ tick, kind: fc.constant('program' as const), channel, program: data }),
  fc.record({
    tick,
    kind: fc.constant('tempo' as const),
    microsPerBeat: fc.integer({ min: 1, max: 0xffffff }),
  }),
  fc.record({
    tick,
    kind: fc.constant('meter' as const),
    beats: fc.integer({ min: 1, max: 255 }),
    unit: fc.constantFrom(1, 2, 4, 8, 16, 64),
  }),
  fc.record({
    tick,
    kind: fc.constantFrom('text', 'copyright', 'name', 'instrument', 'marker'),
    // As UTF-8 at most three bytes a sign, or four for two.
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  }),
)

test('what is written is read as it was', () => {
  const anyTrack = fc.array(anyEvent, { maxLength: 40 }).map((events) => {
    const sorted = events.toSorted((one, other) => one.tick - other.tick)
    return { events: sorted, endTick: (sorted.at(-1)?.tick ?? 0) + 7 }
  })
  const anyFile: fc.Arbitrary<MidiFile> = fc.record({
    format: fc.constantFrom(0, 1),
    ticksPerBeat: fc.integer({ min: 1, max: 0x7fff }),
    tracks: fc.array(anyTrack, { minLength: 1, maxLength: 4 }),
  })

  fc.assert(
    fc.property(anyFile, (file) => {
      expect(parseSmf(writeSmf(file))).toEqual({ ok: true, file, oddities: [] })
    }),
  )
})

test('a text that is no UTF-8 is read as Latin-1, and half a sign is written as a mark', () => {
  const named = fileOf([0, 0xff, 3, 4, 0x43, 0x61, 0x66, 0xe9], C4, END)
  const half = writeSmf({
    format: 1,
    ticksPerBeat: 96,
    tracks: [{ events: [{ tick: 0, kind: 'name', text: 'a\ud83d' }], endTick: 0 }],
  })

  expect(fileSong(read(named)).parts[0]?.name).toBe('Café')
  expect(read(half).tracks[0]?.events[0]).toMatchObject({ text: 'a\ufffd' })
})

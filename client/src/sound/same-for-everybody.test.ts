import { expect, test } from 'vitest'
import type { Note } from '../sequence/pattern.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { peakOf, strengthOf } from './testing/listen.ts'
import { heardBy, type Peer } from './testing/peers.ts'
import { note, songOf, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const SAMPLE_RATE = 48_000
const hzOf = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12)

/** Peers whose blocks begin elsewhere, who heard of the tracks in another order, or who came later. */
const PEERS: readonly Peer[] = [
  {},
  { from: -104 },
  { from: -56, isReversed: true },
  { from: -128, block: 64 },
  { from: 20_001, isReversed: true },
]

test.each(['mono', 'legato'] as const)(
  '[SND1] of a chord on a %s track everybody hears the same note, whatever else is played',
  (playMode) => {
    const chord = [60, 64, 67].map((pitch) => note(4, pitch, 100, 8))
    const soft: Note = { ...note(4, 90, 1), nudge: 1 }
    const silent: TrackSound = { ...INITIAL_SOUND, volume: 0 }
    const song = songOf(
      trackOf(chord, { id: 'anasanas', sound: { ...SINE, playMode } }),
      trackOf([soft, note(3, 91), note(4, 40)], { id: 'bosbosbo', sound: silent }),
    )

    const heard = PEERS.flatMap((peer) => {
      const left = heardBy(peer, song, 40_000)
      const at = 30_000 - (peer.from ?? -128)
      return [60, 64, 67].filter(
        (pitch) => strengthOf(left, hzOf(pitch), SAMPLE_RATE, at, at + 4800) > 0.05,
      )
    })

    expect(heard).toEqual(PEERS.map(() => 67))
  },
)

test('[SND1] of a chord of more notes than a track has voices everybody hears the same ones', () => {
  const pitches = Array.from({ length: 20 }, (_, index) => 48 + index)
  const chord = pitches.map((pitch) => note(4, pitch, 60, 8))
  const silent: TrackSound = { ...INITIAL_SOUND, volume: 0 }
  const song = songOf(
    trackOf(chord, { id: 'anasanas', sound: { ...SINE, volume: 0.1 } }),
    trackOf([note(3, 91), note(4, 40)], { id: 'bosbosbo', sound: silent }),
  )

  for (const peer of PEERS) {
    const left = heardBy(peer, song, 60_000)
    const at = 30_000 - (peer.from ?? -128)
    const sounds = pitches.filter(
      (pitch) => strengthOf(left, hzOf(pitch), SAMPLE_RATE, at, at + 24_000) > 0.005,
    )
    expect(sounds).toEqual(pitches.slice(0, 16))
  }
})

test('[SND1] a note of a mono track that begins just after another ended begins anew for everybody', () => {
  const second: Note = { ...note(1, 67), nudge: 1 }
  const sound: TrackSound = { ...SINE, playMode: 'mono', attackSeconds: 0.001 }
  const song = songOf(trackOf([note(0, 60), second], { id: 'anasanas', sound }))
  // Of these some have both within a block.
  const all = [0, 38, 39, 40, 112].map((shift) =>
    heardBy({ from: shift - 256 }, song, 12_000).slice(256 - shift, 11_000 - shift),
  )

  for (const one of all) {
    const difference = one.map((sample, at) => sample - (all[0]?.[at] ?? 0))
    expect(peakOf(difference)).toBeLessThan(1e-6)
  }
})

test('tracks full of notes, be they silent, take no note from another, whatever their order', () => {
  const full = Array.from({ length: 16 * 85 }, (_, index): Note => ({
    ...note(index % 16, 24 + Math.floor(index / 16)),
    ratchet: 4,
    flam: true,
    nudge: 24,
  }))
  const silent: TrackSound = { ...INITIAL_SOUND, volume: 0 }
  const beats = [0, 4, 8, 12]
  const song = songOf(
    ...['hosthosa', 'hosthosb', 'hosthosc'].map((id) => trackOf(full, { id, sound: silent })),
    trackOf(
      beats.map((step) => note(step, 60)),
      { id: 'victimvi', sound: INITIAL_SOUND },
    ),
  )

  for (const peer of [{}, { isReversed: true }]) {
    const left = heardBy(peer, song, 96_000)
    for (const step of beats) {
      expect(peakOf(left, 128 + step * 6000, 128 + step * 6000 + 5000)).toBeGreaterThan(0.1)
    }
  }
})

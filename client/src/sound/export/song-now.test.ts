import { expect, test } from 'vitest'
import { noteKey, type Pattern } from '../../sequence/pattern.ts'
import type { Track } from '../../sequence/song.ts'
import { CLICK, note, songOf, trackOf } from '../testing/songs.ts'
import { loopBeats, songNow } from './song-now.ts'

const b: Pattern = new Map([[noteKey(0, 60), note(0, 60)]])

test('of a scene each track plays its pattern, where it has notes in it, and else what it plays now', () => {
  const song = songOf(
    trackOf([], { id: 'ana', launch: { pattern: 'a', isOff: true }, patterns: { a: b, b } }),
    trackOf([note(0, 60)], { id: 'bo', launch: { pattern: 'c', isOff: false } }),
  )
  const launched = (scene?: 'b'): readonly Track['launch'][] =>
    songNow(song, scene).tracks.map(({ launch }) => launch)

  expect(launched('b')).toEqual([
    { pattern: 'b', isOff: false },
    { pattern: 'c', isOff: false },
  ])
  expect(launched()).toEqual([
    { pattern: 'a', isOff: true },
    { pattern: 'c', isOff: false },
  ])
})

test('nothing is left that was to change', () => {
  const moment = { epoch: 'one', sharedMs: 5 }
  const song = songOf(
    trackOf([], {
      launch: {
        pattern: 'b',
        isOff: false,
        change: { ...moment, before: { pattern: 'a', isOff: false } },
      },
    }),
  )

  const now = songNow({
    ...song,
    drop: { ...moment, endMs: 9 },
    stepChange: { ...moment, before: 8 },
  })

  expect(now).not.toHaveProperty('drop')
  expect(now).not.toHaveProperty('stepChange')
  expect(now.tracks[0]?.launch).toEqual({ pattern: 'b', isOff: false })
})

test('the longest loop that plays notes is the loop of the song', () => {
  const long = trackOf([note(0, 60)], { id: 'ana', steps: 24 })
  const short = trackOf([note(0, 60)], { id: 'bo', subdivision: 8 })
  const off = trackOf([note(0, 60)], { id: 'cy', steps: 64, launch: { pattern: 'a', isOff: true } })

  expect(loopBeats(songOf(short))).toBe(2)
  expect(loopBeats(songOf(short, long, off))).toBe(6)
  expect(loopBeats(songOf())).toBe(4)
})

test('[CHORD6] chords go along, and where a track follows them once round is as long as they are', () => {
  const chords = [{ root: 0, quality: 'm7', halfBars: 8 }] as const
  const follows = trackOf([note(0, 60)], { follow: 'chord' })
  const kit = trackOf([note(0, 36)], {
    follow: 'chord',
    sound: { ...CLICK, instrument: 'drums' },
  })
  const arp = trackOf([], { sound: { ...CLICK, arp: 'on', arpSource: 'chords' } })
  const beatsOf = (track: Track): number => loopBeats(songNow({ ...songOf(track), chords }))

  expect(songNow({ ...songOf(), chords }).chords).toBe(chords)
  expect([follows, arp, kit, trackOf([note(0, 60)])].map(beatsOf)).toEqual([16, 16, 4, 4])
  expect(loopBeats(songOf(follows))).toBe(4)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { soundOf } from '../sequence/presets/preset.ts'
import { PRESETS } from '../sequence/presets/presets.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import {
  encodeSound,
  fileSoundOf,
  MAX_SOUND_FILE_BYTES,
  parseSoundFile,
  parseSoundName,
} from './sound-file.ts'

const SOUND: TrackSound = {
  ...INITIAL_SOUND,
  waveform: 'reed',
  cutoffHz: 900,
  snareTune: -3,
  arp: 'on',
  arpRate: '1/8',
  arpFeed: 'anasanasanas',
  volume: 0.2,
  duckBy: 'bosbosbosbos',
}
const file = (more: object): string =>
  JSON.stringify({ format: 'beatcord-sound', schema: 1, name: 'x', sound: {}, ...more })

test('a sound comes back from its file', () => {
  const verdict = parseSoundFile(encodeSound('Low tide', SOUND))

  expect(verdict).toEqual({ ok: true, name: 'Low tide', sound: fileSoundOf(SOUND) })
  expect(verdict).toMatchObject({
    sound: { waveform: 'reed', cutoffHz: 900, snareTune: -3, arp: 'on', arpRate: '1/8' },
  })
})

test('a file says nothing of the mix and of other tracks', () => {
  const { sound } = JSON.parse(encodeSound('Low tide', SOUND)) as { sound: object }

  const params = Object.keys(sound)
  for (const param of ['volume', 'pan', 'muted', 'soloed', 'duck', 'duckBy', 'arpFeed']) {
    expect(params).not.toContain(param)
  }
})

test('every preset comes back as it is', () => {
  for (const preset of PRESETS) {
    const sound = { ...INITIAL_SOUND, ...soundOf(preset) }
    expect(parseSoundFile(encodeSound(preset.name, sound))).toEqual({
      ok: true,
      name: preset.name,
      sound: fileSoundOf(sound),
    })
  }
})

test.each([
  ['nothing', ''],
  ['other text', 'RIFF'],
  ['a song', '{"format":"beatcord-song","schema":1,"tracks":[]}'],
  ['null', 'null'],
  ['a list', '[]'],
])('%s is not a sound', (_what, text) => {
  expect(parseSoundFile(text)).toEqual({ ok: false, reason: 'This file is not a Beatcord sound.' })
})

test('a sound of a newer Beatcord says so', () => {
  expect(parseSoundFile(file({ schema: 2 }))).toMatchObject({
    ok: false,
    reason: expect.stringContaining('newer Beatcord') as string,
  })
})

test.each([undefined, 7, 'loud', null, []])('a file whose sound is %j is damaged', (sound) => {
  expect(parseSoundFile(file({ sound }))).toEqual({
    ok: false,
    reason: 'This sound file is damaged.',
  })
})

test('a file that is too large is not read', () => {
  const text = file({ name: 'x'.repeat(MAX_SOUND_FILE_BYTES) })

  expect(parseSoundFile(text)).toEqual({
    ok: false,
    reason: 'This file is too large to be a sound.',
  })
})

test('hostile values are mended one by one', () => {
  const sound = {
    cutoffHz: 1e12,
    resonance: 'high',
    waveform: 'noise',
    sustain: null,
    attackSeconds: -4,
    volume: 1,
    arpFeed: 'anasanasanas',
    constructor: 'x',
  }

  expect(parseSoundFile(file({ name: '\u202e \u0000', sound }))).toEqual({
    ok: true,
    name: 'Untitled',
    sound: fileSoundOf({ ...INITIAL_SOUND, cutoffHz: 18_000, attackSeconds: 0.001 }),
  })
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((sound) => file({ sound })),
      ),
      (text) => {
        expect(typeof parseSoundFile(text).ok).toBe('boolean')
      },
    ),
  )
})

test.each([
  ['Low  tide ', 'Low tide'],
  ['a\u202eb\u0000', 'ab'],
  ['x'.repeat(50), 'x'.repeat(20)],
  ['one two three four five six seven', 'one two three four five six se'],
  ['  \u200b ', undefined],
  ['', undefined],
  [7, undefined],
])('the name %j becomes %j', (text, name) => {
  expect(parseSoundName(text)).toBe(name)
})

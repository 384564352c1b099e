import { expect, test } from 'vitest'
import { fileSong } from './file-song.ts'
import type { Oddity } from './parse-track.ts'
import { MAX_SMF_BYTES, parseSmf, type SmfRefusal } from './parse-smf.ts'
import type { MidiFile } from './smf.ts'
import { C4, E4, END, fileOf, head, letters, track } from './testing/bytes.ts'

const read = (bytes: Iterable<number>): { file: MidiFile; oddities: readonly Oddity[] } => {
  const verdict = parseSmf(Uint8Array.from(bytes))
  if (!verdict.ok) throw new Error(verdict.reason)
  return verdict
}
/** Pitch, beginning and end of each note, and what was wrong. */
const heard = (bytes: Iterable<number>) => {
  const { file, oddities } = read(bytes)
  const notes = fileSong(file).parts.flatMap((part) => part.notes)
  return { notes: notes.map(({ pitch, tick, endTick }) => [pitch, tick, endTick]), oddities }
}
const BOTH = [
  [60, 0, 96],
  [64, 96, 192],
]
const ONE = [[60, 0, 96]]

test('a plain file is read, and nothing is wrong with it', () => {
  expect(heard(fileOf(C4, E4, END))).toEqual({ notes: BOTH, oddities: [] })
})

test.each<[string, Iterable<number>, SmfRefusal]>([
  ['nothing at all', [], 'not-midi'],
  ['another kind of file', letters('hello, this is no music'), 'not-midi'],
  ['a head that is cut off', head().slice(0, 12), 'damaged-head'],
  [
    'a head that says it is too short',
    [...letters('MThd'), 0, 0, 0, 5, ...head().slice(8)],
    'damaged-head',
  ],
  ['several pieces in one file', [...head({ format: 2 }), ...track([...C4, ...END])], 'format-2'],
  [
    'a format that nobody knows',
    [...head({ format: 9 }), ...track([...C4, ...END])],
    'unknown-format',
  ],
  [
    'time in frames of film',
    [...head({ division: 0xe728 }), ...track([...C4, ...END])],
    'film-time',
  ],
  ['no ticks in a beat', [...head({ division: 0 }), ...track([...C4, ...END])], 'no-division'],
  ['a head and no track', head(), 'no-tracks'],
  ['65,535 tracks that are not there', head({ format: 1, tracks: 65_535 }), 'no-tracks'],
  ['more bytes than a song has', new Uint8Array(MAX_SMF_BYTES + 1), 'too-large'],
  [
    'more notes than a song has',
    [
      ...head(),
      ...track([...C4, ...Array.from({ length: 600_003 }, (_, at) => [0, 60, 1][at % 3] ?? 0)]),
    ],
    'too-many-events',
  ],
  [
    'more empty tracks than there can be',
    [...head({ format: 1 }), ...Array.from({ length: 200_001 }, () => track([])).flat()],
    'too-many-events',
  ],
])('of %s nothing is taken', (_, bytes, reason) => {
  expect(parseSmf(Uint8Array.from(bytes))).toEqual({ ok: false, reason })
})

test.each<[string, Iterable<number>, readonly number[][], readonly Oddity[]]>([
  [
    'running status, and a stroke of velocity 0 that ends a note',
    fileOf([0, 0x90, 60, 100, 96, 60, 0, 0, 64, 80, 96, 64, 0], END),
    BOTH,
    [],
  ],
  [
    'running status that goes on behind a text',
    fileOf([0, 0x90, 60, 100, 0, 0xff, 1, 1, 65, 96, 60, 0], END),
    ONE,
    [],
  ],
  ['no end of the track', fileOf(C4, E4), BOTH, ['no-end']],
  [
    'a chunk that says it is too long',
    [...head(), ...track([...C4, ...END], 500)],
    ONE,
    ['wrong-length'],
  ],
  [
    'a chunk that says it is too short',
    [...head(), ...track([...C4, ...END], 6)],
    ONE,
    ['wrong-length'],
  ],
  [
    'a chunk so long that the next would be in it',
    [
      ...head({ format: 1, tracks: 2 }),
      ...track([...C4, ...END], 25),
      ...track([96, ...E4.slice(1), ...END]),
    ],
    BOTH,
    ['wrong-length'],
  ],
  [
    'bytes behind the end of a track, within its chunk',
    [
      ...head({ format: 1, tracks: 2 }),
      ...track([...C4, ...END, 0, 0]),
      ...track([96, ...E4.slice(1), ...END]),
    ],
    BOTH,
    ['wrong-length'],
  ],
  ['an end in the midst of a note', [...fileOf(C4, E4, END)].slice(0, -11), ONE, ['cut-off']],
  ['a text that is longer than the file', fileOf(C4, [0, 0xff, 1, 0x7f, 65]), ONE, ['cut-off']],
  [
    'fewer tracks than it says',
    [...head({ format: 1, tracks: 5 }), ...track([...C4, ...END])],
    ONE,
    ['cut-off'],
  ],
  [
    'more tracks than it says',
    [...head({ format: 1 }), ...track([...C4, ...END]), ...track([96, ...E4.slice(1), ...END])],
    BOTH,
    [],
  ],
  [
    'a part that is no track',
    [...head(), ...letters('XFIH'), 0, 0, 0, 3, 1, 2, 3, ...track([...C4, ...END])],
    ONE,
    ['unknown-part'],
  ],
  [
    'a part that is no track and longer than the file',
    [...head(), ...track([...C4, ...END]), ...letters('XFIH'), 0xff, 0xff, 0xff, 0xff],
    ONE,
    ['cut-off'],
  ],
  ['bytes behind the last track', [...fileOf(C4, END), 1, 2, 3], ONE, ['trailing-bytes']],
  ['a longer head', [...head({ more: [9, 9] }), ...track([...C4, ...END])], ONE, []],
  [
    'a wrapper around it',
    [...letters('RIFF'), 40, 0, 0, 0, ...letters('RMIDdata'), 28, 0, 0, 0, ...fileOf(C4, END)],
    ONE,
    [],
  ],
  [
    'messages to one make of instrument, one of them in pieces',
    fileOf([0, 0xf0, 3, 0x43, 1, 2, 0, 0xf7, 2, 3, 0xf7], C4, END),
    ONE,
    ['exclusive'],
  ],
  ['bytes that belong on a cable', fileOf([0, 0xf8, 0, 0xf2, 1, 2], C4, END), ONE, ['stray-bytes']],
  [
    'texts of unknown kinds',
    fileOf([0, 0xff, 0x7e, 2, 1, 2, 0, 0xff, 0x59, 2, 0, 0], C4, END),
    ONE,
    [],
  ],
  [
    'controllers, bends and pressure',
    fileOf([0, 0xb0, 7, 90, 0, 0xe0, 0, 64, 0, 0xd0, 9, 0, 0xa0, 60, 9], C4, END),
    ONE,
    [],
  ],
  ['a tempo of no length', fileOf([0, 0xff, 0x51, 3, 0, 0, 0], C4, END), ONE, ['bad-tempo']],
  ['a tempo of two bytes', fileOf([0, 0xff, 0x51, 2, 7, 0xa1], C4, END), ONE, ['bad-tempo']],
  ['a bar of no beats', fileOf([0, 0xff, 0x58, 4, 0, 2, 24, 8], C4, END), ONE, []],
  ['a byte that continues nothing', fileOf([0, 60, 100], C4, END), [], ['damaged-track']],
  ['a pitch beyond 127', fileOf(C4, [0, 0x90, 200, 100], E4, END), ONE, ['damaged-track']],
  [
    'a time of five bytes',
    fileOf(C4, [0xff, 0xff, 0xff, 0xff, 0x7f], E4, END),
    ONE,
    ['damaged-track'],
  ],
  [
    'a text of a length that is none',
    fileOf(C4, [0, 0xff, 1, 0xff, 0xff, 0xff, 0xff, 1], END),
    ONE,
    ['damaged-track'],
  ],
  [
    'a message that runs into the next track',
    [
      ...head({ format: 1, tracks: 2 }),
      ...track([...C4, 0, 0x90]),
      ...track([96, ...E4.slice(1), ...END]),
    ],
    BOTH,
    ['damaged-track'],
  ],
  [
    'a note that is never let go of: it lasts until the end',
    fileOf([0, 0x90, 60, 100], [96, ...END.slice(1)]),
    ONE,
    [],
  ],
  ['an end of a note that was never struck', fileOf([0, 0x80, 61, 0], C4, END), ONE, []],
  [
    'two notes of a pitch at once: the one that began first ends first',
    fileOf([0, 0x90, 60, 100, 10, 60, 90, 10, 60, 0, 10, 60, 0], END),
    [
      [60, 0, 20],
      [60, 10, 30],
    ],
    [],
  ],
])('%s: what is there is read', (_, bytes, notes, oddities) => {
  expect(heard(bytes)).toEqual({ notes, oddities })
})

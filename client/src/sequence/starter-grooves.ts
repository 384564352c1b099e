import type { GrooveName } from './groove-names.ts'
import {
  chord,
  CLAP,
  HAT,
  KICK,
  on,
  OPEN_HAT,
  part,
  RIDE,
  RIM,
  running,
  SHAKER,
  SNARE,
} from './groove-parts.ts'
import type { StarterGroove } from './starter-groove.ts'

/** Grooves of a few tracks each, with sounds of the bank. Loaded when somebody begins with one. */

/** Four to the floor, off-beat hats, and stabs of Fm9 and Bbm7 that the bass walks under. */
const HOUSE: StarterGroove = {
  root: 5,
  scale: 'natural minor',
  bpm: 122,
  stepCount: 32,
  swing: 54,
  ...part('Stab City', [
    ...chord(3, 92, 1, 60, 63, 68),
    ...chord(6, 74, 1, 60, 63, 68),
    ...chord(11, 88, 2, 60, 63, 67),
    ...chord(19, 92, 1, 61, 65, 68),
    ...chord(22, 74, 1, 61, 65, 68),
    ...chord(27, 88, 2, 61, 63, 68),
    ...chord(30, 62, 1, 58, 63, 67),
  ]),
  others: [
    {
      title: 'Drums',
      ...part('Warehouse', [
        ...on(KICK, 118, 0, 4, 8, 12, 16, 20, 24, 28),
        ...on(CLAP, 96, 4, 12, 20, 28),
        ...on(OPEN_HAT, 80, 2, 6, 10, 14, 18, 22, 26, 30),
        ...on(HAT, 52, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31),
        ...on(RIM, 60, 15, 29),
      ]),
    },
    {
      title: 'Bass',
      ...part('Rubber Room', [
        [0, 41, 112, 1],
        [3, 41, 92, 1],
        [6, 41, 104, 2],
        [10, 44, 96, 1],
        [14, 39, 100, 1],
        [16, 34, 112, 1],
        [19, 34, 92, 1],
        [22, 46, 104, 2],
        [26, 44, 96, 1],
        [29, 39, 90, 1],
        [30, 39, 96, 1],
      ]),
    },
  ],
}

/** A late drummer, two seventh chords a bar, and a few notes of a tune that never quite ends. */
const LO_FI: StarterGroove = {
  root: 2,
  scale: 'dorian',
  bpm: 82,
  stepCount: 32,
  swing: 62,
  ...part('Tine Box', [
    ...chord(0, 84, 6, 57, 60, 64, 65),
    ...chord(10, 58, 3, 57, 60, 64),
    ...chord(16, 82, 6, 55, 59, 62, 65),
    ...chord(26, 60, 4, 55, 59, 62, 64),
    [7, 72, 70, 1],
    [8, 69, 76, 2],
    [14, 67, 64, 1],
    [23, 71, 68, 1],
    [24, 69, 74, 3],
  ]),
  others: [
    {
      title: 'Drums',
      ...part('Attic', [
        ...on(KICK, 112, 0, 7, 16, 23, 26),
        ...on(KICK, 84, 10),
        ...on(SNARE, 100, 4, 12, 20, 28),
        ...on(SNARE, 44, 15, 31),
        ...on(HAT, 74, 0, 4, 8, 12, 16, 20, 24, 28),
        ...on(HAT, 50, 2, 6, 10, 14, 18, 22, 26, 30),
        ...on(SHAKER, 40, 3, 11, 19, 27),
      ]),
    },
    {
      title: 'Bass',
      ...part(
        'Gut String',
        [
          [0, 38, 108, 4],
          [7, 45, 84, 1],
          [10, 41, 92, 3],
          [16, 43, 108, 4],
          [23, 38, 84, 1],
          [26, 36, 92, 3],
          [30, 36, 80, 1],
        ],
        { volume: 0.55 },
      ),
    },
  ],
}

/** One drop, one chord on the off-beat, and room for the echo. */
const DUB: StarterGroove = {
  root: 9,
  scale: 'natural minor',
  bpm: 74,
  stepCount: 32,
  ...part(
    'Sunday Organ',
    [
      ...chord(2, 84, 1, 57, 60, 64),
      ...chord(6, 78, 1, 57, 60, 64),
      ...chord(10, 84, 1, 57, 60, 64),
      ...chord(14, 78, 1, 57, 60, 64),
      ...chord(18, 84, 1, 55, 59, 62),
      ...chord(22, 78, 1, 55, 59, 62),
      ...chord(26, 84, 1, 57, 60, 65),
      ...chord(30, 78, 1, 57, 60, 64),
    ],
    { echo: 0.35, echoFeedback: 0.55, volume: 0.8 },
  ),
  others: [
    {
      title: 'Drums',
      ...part(
        'Studio B',
        [
          ...on(KICK, 118, 8, 24),
          ...on(RIM, 104, 8, 24),
          ...on(HAT, 78, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
          ...on(OPEN_HAT, 66, 15, 31),
          ...on(SNARE, 58, 29, 30),
        ],
        { volume: 0.9 },
      ),
    },
    {
      title: 'Bass',
      ...part(
        'Undertow',
        [
          [0, 33, 116, 2],
          [3, 33, 92, 1],
          [5, 36, 100, 1],
          [8, 40, 108, 3],
          [13, 36, 90, 1],
          [16, 31, 116, 2],
          [19, 31, 92, 1],
          [21, 35, 100, 1],
          [24, 29, 108, 3],
          [29, 31, 96, 2],
        ],
        { volume: 0.5 },
      ),
    },
  ],
}

/** Running sixteenths under wide chords: A minor, F, C and G, half a bar each. */
const SYNTHWAVE: StarterGroove = {
  root: 9,
  scale: 'natural minor',
  bpm: 100,
  stepCount: 64,
  duckedBy: 'Drums',
  ...part(
    'Slow Dawn',
    [
      ...chord(0, 84, 16, 57, 60, 64),
      ...chord(16, 84, 16, 57, 60, 65),
      ...chord(32, 84, 16, 55, 60, 64),
      ...chord(48, 84, 16, 55, 59, 62),
    ],
    { duck: 0.6 },
  ),
  others: [
    {
      title: 'Drums',
      ...part('Arcade', [
        ...on(KICK, 118, 0, 8, 16, 24, 32, 40, 48, 56, 62),
        ...on(SNARE, 108, 4, 12, 20, 28, 36, 44, 52, 60),
        ...on(HAT, 62, ...Array.from({ length: 32 }, (_, eighth) => eighth * 2)),
        ...on(RIDE, 56, 0, 32),
      ]),
    },
    {
      title: 'Bass',
      ...part(
        'Night Wax',
        [...[33, 29, 36, 31].flatMap((pitch, bar) => running(pitch, 16 * bar))],
        { volume: 0.55 },
      ),
    },
    {
      title: 'Lead',
      ...part('First Light', [
        [2, 76, 88, 2],
        [6, 74, 80, 2],
        [10, 72, 92, 4],
        [18, 72, 88, 2],
        [22, 69, 80, 2],
        [26, 72, 92, 5],
        [34, 79, 90, 2],
        [38, 76, 80, 2],
        [42, 74, 92, 4],
        [50, 74, 88, 2],
        [54, 71, 80, 2],
        [58, 67, 92, 5],
      ]),
    },
  ],
}

export const STARTER_GROOVES: Readonly<Record<GrooveName, StarterGroove>> = {
  House: HOUSE,
  'Lo-fi': LO_FI,
  Dub: DUB,
  Synthwave: SYNTHWAVE,
}

import { expect, test } from 'vitest'
import { USUAL_MIX } from '../../sound/protocol.ts'
import type { TrackMix } from '../../app/session-types.ts'
import type { TrackId } from '../../sequence/song.ts'
import { AS_THE_ROOM, hearings, marksOf } from './hearing.ts'

const [A, B] = ['a', 'b'] as [TrackId, TrackId]
type Room = Partial<Record<'muted' | 'soloed', 'on' | 'off'>>

/** How track a is heard beside track b. */
function heard(a: Room, mine: Partial<TrackMix> = {}, b: Room = {}, ofB: Partial<TrackMix> = {}) {
  const sound = { muted: 'off', soloed: 'off' } as const
  const tracks = [
    { id: A, sound: { ...sound, ...a } },
    { id: B, sound: { ...sound, ...b } },
  ]
  const mix = new Map([
    [A, { ...USUAL_MIX, ...mine }],
    [B, { ...USUAL_MIX, ...ofB }],
  ])
  return hearings(tracks, mix).get(A) ?? AS_THE_ROOM
}
const words = (hearing: ReturnType<typeof heard>) => marksOf(hearing).map((mark) => mark.words)

test('a track that nobody touched is simply heard', () => {
  expect(heard({})).toEqual(AS_THE_ROOM)
  expect(words(heard({}))).toEqual([])
})

test.each<[string, Parameters<typeof heard>, boolean, string[]]>([
  ['muted by the room', [{ muted: 'on' }], false, ['muted']],
  ['soloed by the room', [{ soloed: 'on' }], true, ['soloed']],
  ['beside a solo', [{}, {}, { soloed: 'on' }], false, ['not soloed']],
  ['soloed beside a solo', [{ soloed: 'on' }, {}, { soloed: 'on' }], true, ['soloed']],
  ['muted and soloed', [{ muted: 'on', soloed: 'on' }], false, ['muted', 'soloed']],
  ['muted by me', [{}, { muted: true }], false, ['for you: muted']],
  ['soloed by me', [{}, { soloed: true }], true, ['for you: soloed']],
  ['beside a solo of mine', [{}, {}, {}, { soloed: true }], false, ['not soloed']],
  ['quieter for me', [{}, { volume: 0.5 }], true, ['for you: quieter']],
  ['louder for me', [{ muted: 'on' }, { volume: 2 }], false, ['muted', 'for you: louder']],
  ['more to the left for me', [{}, { pan: -0.2 }], true, ['for you: more left']],
  ['more to the right for me', [{}, { pan: 0.2 }], true, ['for you: more right']],
])('a track that is %s is told of', (_, given, isHeard, expected) => {
  const hearing = heard(...given)

  expect(hearing.isHeard).toBe(isHeard)
  expect(words(hearing)).toEqual(expected)
})

test('what is so for me alone is told apart from what is so for everybody', () => {
  expect(marksOf(heard({ muted: 'on' }, { volume: 2 })).map(({ mine }) => mine)).toEqual([
    false,
    true,
  ])
})

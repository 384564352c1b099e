import { expect, test } from 'vitest'
import {
  beatAt,
  initialTransport,
  isPlayingAt,
  timeAt,
  withPlay,
  withStop,
  withTempo,
} from './tempo-map.ts'

const NOW = 1_700_000_000_000
const LEAD = 300

test('[CLK22] a counted-in song begins below beat 0 and reaches it a bar later', () => {
  const transport = withPlay(initialTransport('one'), NOW, LEAD, 'ana', 4)

  expect(beatAt(transport, NOW + LEAD)).toBe(-4)
  expect(beatAt(transport, NOW + LEAD + 500)).toBe(-3)
  expect(timeAt(transport, 0)).toBe(NOW + LEAD + 2000)
  expect(withPlay(transport, NOW + 900, LEAD, 'bo')).toBe(transport)
})

test('a song that is stopped while it is counted in begins at beat 0 the next time', () => {
  const counted = withPlay(initialTransport('one'), NOW, LEAD, 'ana', 4)
  const stopped = withStop(counted, NOW + 1000, 100, 'bo')

  const again = withPlay(stopped, NOW + 5000, LEAD, 'ana')

  expect(isPlayingAt(stopped, NOW + 1500)).toBe(false)
  expect(beatAt(again, NOW + 5000 + LEAD)).toBe(0)
})

test('a tempo that is asked for while the song is counted in comes on a counted beat', () => {
  const counted = withPlay(initialTransport('one'), NOW, LEAD, 'ana', 4)

  const transport = withTempo(counted, 60, NOW + LEAD + 600, 300, 'bo')

  expect(transport.next).toMatchObject({ beat: -2, bpm: 60 })
  expect(timeAt(transport, 0)).toBe(NOW + LEAD + 1000 + 2000)
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { INITIAL_SOUND, PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => session.song.read().tracks[0]?.sound ?? INITIAL_SOUND

test('a point of a drawing knows the keys of a slider', async () => {
  const handle = screen.role('slider', 'Filter: cutoff and resonance')
  const { min, max } = PARAM_RANGES.cutoffHz

  expect((await press(handle, 'End')).defaultPrevented).toBe(true)
  expect(sound().cutoffHz).toBe(max)
  await press(handle, 'PageDown')
  expect(sound().cutoffHz).toBeLessThan(0.7 * max)
  await press(handle, 'Home')
  expect(sound().cutoffHz).toBe(min)
  expect(sound().resonance).toBe(INITIAL_SOUND.resonance)
})

test('a second finger does not move a point that another holds', async () => {
  const at = { x: 0, y: 0 }
  await point(screen.role('group', 'Filter, drawn'), 'pointerdown', at, { button: 0 })
  await point(
    screen.role('group', 'Filter, drawn'),
    'pointermove',
    { x: 90, y: 90 },
    { pointerId: 2 },
  )

  expect(session.song.read().tracks).toEqual([])
  await point(screen.role('group', 'Filter, drawn'), 'pointerup', at)
})

import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineLevels } from '../../app/session-types.ts'
import { SILENT_LEVELS } from '../../sound/protocol.ts'
import { BOS, openMixer } from '../testing/mixer-screen.ts'
import type { MixerScreen } from '../testing/mixer-screen.ts'
import { press } from '../testing/screen.ts'

let mixer: MixerScreen
beforeEach(async () => {
  mixer = await openMixer()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  mixer.screen.close()
})

test('levels move the meters, and no more than 30 times a second', async () => {
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0))
  const frame = (ms: number): void => frames.splice(0).forEach((each) => each(ms))
  const heard = (...tracks: EngineLevels['tracks']): void =>
    mixer.session.levels.set({ ...SILENT_LEVELS, peak: 0.25, tracks })
  const [left, right] = mixer.strip('bo').querySelectorAll<HTMLElement>('.column')
  const levelOf = (column: HTMLElement | undefined): number =>
    Number(column?.style.getPropertyValue('--level'))

  heard({ id: BOS, left: 0.25, right: 1 })
  // Two reports before one frame.
  heard({ id: BOS, left: 0.04, right: 0 })
  frame(1000)
  expect([levelOf(left), levelOf(right)]).toEqual([0.5, 1])
  heard({ id: BOS, left: 0.81, right: 0 })
  frame(1016)
  expect(levelOf(left)).toBe(0.5)
  frame(1033)
  expect(levelOf(left)).toBe(0.9)

  heard()
  frame(1100)
  expect(levelOf(left)).toBeLessThan(0.9)
  expect(
    levelOf(mixer.strip('all tracks').querySelector<HTMLElement>('.column') ?? undefined),
  ).toBe(0.5)
  for (let ms = 1200; ms < 6000 && frames.length > 0; ms += 100) frame(ms)
  expect(frames).toEqual([])
  expect(levelOf(left)).toBe(0)
})

test('samples are watched only while the mixer is open and the page is seen', async () => {
  let watching = 0
  Object.assign(mixer.session, {
    watchScope: () => {
      watching++
      return () => watching--
    },
  })
  await press(document.body, 'x')
  await press(document.body, 'x')
  expect(watching).toBe(1)

  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(watching).toBe(0)
  seen.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(watching).toBe(1)

  await press(document.body, 'x')
  expect(watching).toBe(0)
})

test('voices, load and what is given up are told twice a second', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await press(document.body, 'x')
  await press(document.body, 'x')

  mixer.session.levels.set({ ...SILENT_LEVELS, voices: 12, load: 0.834, ease: 1 })
  await nextTick()
  expect(mixer.strip('all tracks').textContent).toContain('Voices0')
  vi.advanceTimersByTime(500)
  await nextTick()

  expect(mixer.strip('all tracks').textContent).toContain('Voices12')
  expect(mixer.strip('all tracks').textContent).toContain('83 %')
  expect(mixer.strip('all tracks').textContent).toContain(
    'Your device is busy: fewer unison voices.',
  )
})

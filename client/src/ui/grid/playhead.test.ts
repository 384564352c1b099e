import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { createPaper } from '../testing/paper.ts'
import { openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

const MS_PER_BEAT_AT_120 = 500
/** Of the light behind it, in pixels. */
const TAIL = 24

let frames: Map<number, FrameRequestCallback>
let now: number
let screen: Screen
let session: LocalSession
beforeEach(async () => {
  frames = new Map()
  now = 0
  let lastFrame = 0
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => {
    frames.set(++lastFrame, run)
    return lastFrame
  })
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame))
  const jam = await openJam({ now: () => now })
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const bars = (): HTMLElement[] => [...screen.root.querySelectorAll<HTMLElement>('.playhead')]
function showFrameAt(ms: number): void {
  now = ms
  const due = [...frames.values()]
  frames.clear()
  for (const run of due) run(ms)
}

test('the playhead stands where the beat is heard, smoothly, and goes round with the loop', async () => {
  session.play()
  await nextTick()

  showFrameAt(MS_PER_BEAT_AT_120 * 1.5)
  expect(bars()[0]?.dataset['share']).toBe(String(1.5 / 4))

  showFrameAt(MS_PER_BEAT_AT_120 * 5)
  expect(bars()[0]?.dataset['share']).toBe(String(1 / 4))
})

test('for whoever wants no motion it is drawn from step to step', async () => {
  const usual = window.matchMedia.bind(window)
  vi.stubGlobal('matchMedia', (query: string) =>
    usual(query.includes('reduced-motion') ? '(min-width: 1px)' : query),
  )
  screen.close()
  ;({ screen, session } = await openJam({ now: () => now }))
  session.play()
  await nextTick()
  const bar = bars().at(-1)
  if (!(bar instanceof HTMLCanvasElement)) throw new Error('there must be a playhead')
  const paper = createPaper()
  Object.defineProperties(bar, { clientWidth: { value: 160 }, clientHeight: { value: 10 } })
  vi.spyOn(bar, 'getContext').mockReturnValue(paper.context)

  showFrameAt(MS_PER_BEAT_AT_120 * 1.3)
  showFrameAt(MS_PER_BEAT_AT_120 * 1.4)
  expect(paper.fills.map(({ x }) => x)).toEqual([50 - TAIL, 50])
  showFrameAt(MS_PER_BEAT_AT_120 * 1.5)
  expect(paper.fills.at(-1)).toMatchObject({ x: 60 })
})

test('a track in quarters goes round in sixteen beats', async () => {
  session.setSubdivision(session.myTrackId.read(), 1)
  session.play()
  await nextTick()

  showFrameAt(MS_PER_BEAT_AT_120 * 4)

  expect(bars()[0]?.dataset['share']).toBe('0.25')
})

test('while the jam stands there is no playhead, and no frame is asked for', async () => {
  expect(bars().every(({ hidden }) => hidden)).toBe(true)
  session.play()
  await nextTick()
  showFrameAt(100)
  expect(bars().some(({ hidden }) => hidden)).toBe(false)

  session.stop()
  await nextTick()

  expect(bars().every(({ hidden }) => hidden)).toBe(true)
  showFrameAt(200)
  expect(frames.size).toBe(0)
})

import { createApp, h, nextTick, type App } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocalSession, type LocalSession } from '../testing/local-session.ts'
import { provideSession } from '../useServices.ts'
import DelaySetting from './DelaySetting.vue'

let root: HTMLElement
let page: App
let session: LocalSession
let nowMs = 0
let frames: FrameRequestCallback[] = []

beforeEach(() => {
  nowMs = 0
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
  session = createLocalSession({ name: 'ana', now: () => nowMs, onLeave: () => undefined })
  root = document.createElement('div')
  page = createApp({
    setup() {
      provideSession(session)
      return () => h(DelaySetting)
    },
  })
  page.mount(root)
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

function button(name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name,
  )
  if (found === undefined) throw new Error(`there must be a button "${name}", and is none`)
  return found
}
async function click(name: string): Promise<void> {
  button(name).click()
  await nextTick()
}
/** How bright the light is with the frame of that moment. */
async function glowAt(ms: number): Promise<number> {
  nowMs = ms
  for (const run of frames.splice(0)) run(ms)
  await nextTick()
  return Number(root.querySelector<HTMLElement>('.light')?.style.getPropertyValue('--glow'))
}

test('clicks play until they line up, by one button that keeps the focus', async () => {
  const one = button('Play clicks')
  await click('Play clicks')
  expect(button('It lines up')).toBe(one)
  expect(session.clicks.read()).toBe(true)
  expect(root.textContent).toContain('Move right until click and light meet')

  await click('It lines up')
  expect(session.clicks.read()).toBe(false)
})

test('whoever leaves the setting hears no more clicks', async () => {
  await click('Play clicks')

  page.unmount()

  expect(session.clicks.read()).toBe(false)
})

test('the delay moves by the slider, by fives, and back to nothing', async () => {
  const [slider] = root.querySelectorAll('input')
  if (slider === undefined) throw new Error('there must be a slider, and is none')
  slider.value = '180'
  slider.dispatchEvent(new Event('input'))
  await nextTick()
  expect(session.trimMs.read()).toBe(180)
  expect(slider.getAttribute('aria-valuetext')).toBe('180 ms later than the browser says')

  await click('5 ms more')
  expect(session.trimMs.read()).toBe(185)
  await click('5 ms less')
  expect(session.trimMs.read()).toBe(180)

  await click('Reset')
  expect(session.trimMs.read()).toBe(0)
  expect(button('Reset').disabled).toBe(true)
})

test('at the ends of the range it goes no further', async () => {
  session.setTrim(300)
  await nextTick()
  expect(button('5 ms more').disabled).toBe(true)

  session.setTrim(-50)
  await nextTick()
  expect(button('5 ms less').disabled).toBe(true)
})

test('the light is brightest as a click is heard, a frame ahead for the display, and dark before', async () => {
  expect(await glowAt(0)).toBe(0)
  await click('Play clicks')

  expect(await glowAt(1200 - 1000 / 60 + 0.1)).toBeGreaterThan(0.99)
  expect(await glowAt(1280)).toBeLessThan(0.6)
  expect(await glowAt(1500)).toBe(0)
})

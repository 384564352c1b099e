import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import './ExportSheet.vue'
import type { TrackId } from '../../sequence/song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, shown } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
let saved: string[]
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  saved = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })
})
afterEach(() => screen.close())

async function openSheet(): Promise<void> {
  session.toggleNote('my-track' as TrackId, 0, 60)
  await nextTick()
  await click(screen.button('Export audio'))
  await shown(() => screen.has('button', 'Export'))
}

test('an export is asked for as it was chosen, shows how far it is, and is saved', async () => {
  await openSheet()
  for (const label of ['8', 'Each person on their own', 'As the room has it', 'Cut to loop']) {
    const row = label === '8' ? 'Loops' : undefined
    await click(radio(label, row))
  }
  await click(screen.button('Export'))
  await vi.waitUntil(() => session.sounds.asked.length > 0)
  session.sounds.progress(0.42)
  await nextTick()

  expect(session.sounds.asked[0]).toEqual({
    scene: undefined,
    ear: 'room',
    loops: 8,
    ending: 'loop',
    split: 'people',
    isMastered: true,
    format: 'wav24',
    title: 'kitchen',
  })
  expect(screen.text()).toContain('42 %')
  session.sounds.finish()
  await vi.waitUntil(() => saved.length > 0)
  expect(saved).toEqual(['kitchen.wav'])
  await shown(() => screen.has('button', 'Export'))
})

test('it is called off by its button, and says so', async () => {
  await openSheet()
  await click(screen.button('Export'))
  await vi.waitUntil(() => session.sounds.asked.length > 0)

  await click(screen.button('Cancel'))
  await vi.waitUntil(() => screen.text().includes('The export was cancelled.'))

  expect(session.sounds.isCancelled()).toBe(true)
  expect(saved).toEqual([])
})

test('what goes wrong is said, and another export can be tried', async () => {
  await openSheet()
  await click(screen.button('Export'))
  await vi.waitUntil(() => session.sounds.asked.length > 0)

  session.sounds.fail('The export failed.')
  await vi.waitUntil(() => screen.text().includes('The export failed.'))

  expect(screen.app.takeReports()).toHaveLength(1)
  expect(screen.has('button', 'Export')).toBe(true)
})

test('without notes there is nothing to export', async () => {
  await click(screen.button('Export audio'))
  await shown(() => screen.has('button', 'Export'))

  expect(screen.button('Export').disabled).toBe(true)
  expect(screen.text()).toContain('There are no notes to export yet.')
})

test('a format that this browser cannot write says so', async () => {
  await openSheet()
  // Until the browser has said what it can, nothing but WAV is offered.
  await vi.waitUntil(() => !screen.text().includes('Opus, small: not'))

  expect(screen.text()).toContain('AAC (M4A), small: not in this browser')
})

test('the last bars are kept with one click, without the sheet', async () => {
  session.sounds.played.set(3)

  await click(screen.button('Keep the last bars'))
  await vi.waitUntil(() => saved.length > 0)

  expect(saved).toEqual(['kitchen, last 3 bars.wav'])
  expect(screen.text()).toContain('The last 3 bars are kept.')
})

test('before a whole bar was played it says what is missing', async () => {
  await click(screen.button('Keep the last bars'))
  await vi.waitUntil(() => screen.text().includes('Play a whole bar first.'))

  expect(screen.app.takeReports()).toHaveLength(1)
})

test('a recording is seen while it lasts, with its time, and is stopped beside the people', async () => {
  await openSheet()
  await click(screen.button('Record'))
  session.sounds.recording.set({ status: 'recording', seconds: 83.2, place: 'store' })
  await nextTick()
  await click(screen.button('Close'))
  await nextTick()

  const chip = screen.button('Stop recording')
  expect(chip.textContent).toContain('1:23')
  await click(chip)
  await vi.waitUntil(() => saved.length > 0)

  expect(saved).toEqual(['jam.wav'])
  expect(screen.has('button', 'Stop recording')).toBe(false)
})

test('a recording that ends by itself says why', async () => {
  await openSheet()
  await click(screen.button('Record'))
  await vi.waitUntil(() => session.sounds.recording.read().status === 'recording')

  session.sounds.endRecording({ download: undefined, seconds: 5, reason: 'There is no more room.' })
  await vi.waitUntil(() => screen.text().includes('There is no more room.'))

  expect(saved).toEqual([])
})

test('a recording that was left behind can be saved, and thrown away', async () => {
  session.sounds.left.push({ name: 'kitchen 1.wav', file: new Blob(['x']) })
  await openSheet()
  await shown(() => screen.has('button', 'Throw away'))

  await click(screen.button('Save'))
  await click(screen.button('Throw away'))
  await vi.waitUntil(() => !screen.has('button', 'Throw away'))

  expect(saved).toEqual(['kitchen 1.wav'])
  expect(session.sounds.left).toEqual([])
})

function radio(label: string, legend?: string): HTMLInputElement {
  const found = [
    ...screen.root.querySelectorAll<HTMLInputElement>('dialog input[type=radio]'),
  ].filter(
    (one) =>
      one.closest('label')?.textContent.trim() === label &&
      (legend === undefined ||
        one.closest('fieldset')?.querySelector('legend')?.textContent.trim() === legend),
  )
  const [one] = found
  if (one === undefined) throw new Error(`there must be a choice ${label}`)
  return one
}

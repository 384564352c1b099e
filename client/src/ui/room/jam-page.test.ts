import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SILENT_LEVELS } from '../../sound/protocol.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

const reload = vi.fn<() => void>()

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  reload.mockClear()
  const jam = await openJam({ environment: { reload } })
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

test('an empty jam greets with a groove, one click away', async () => {
  await click(screen.button('Start with a groove'))

  expect(session.song.read().tracks[0]?.patterns.a.size).toBeGreaterThan(0)
  expect(session.transport.read().playing).toBe(true)
  expect(screen.has('button', 'Start with a groove')).toBe(false)
})

test('a groove of a style is one click away', async () => {
  await click(screen.button('Dub'))

  expect(session.grooves).toEqual(['Dub'])
})

test('whoever begins empty is greeted no more, nor is one who clears later', async () => {
  await click(screen.button('Start empty'))
  expect(screen.has('button', 'Start with a groove')).toBe(false)

  session.toggleNote(session.myTrackId.read(), 0, 60)
  await nextTick()
  await click(screen.button('Clear'))

  expect(screen.has('button', 'Start with a groove')).toBe(false)
})

test('nobody is greeted while the notes of others may still be on their way', async () => {
  session.connection.set({ status: 'joining' })
  await nextTick()
  expect(screen.has('button', 'Start with a groove')).toBe(false)

  session.connection.set({ status: 'in-room' })
  await nextTick()
  expect(screen.has('button', 'Start with a groove')).toBe(true)
})

test('clearing can be taken back', async () => {
  session.toggleNote(session.myTrackId.read(), 3, 60)
  await nextTick()
  await click(screen.button('Clear'))
  expect(session.song.read().tracks[0]?.patterns.a.size).toBe(0)

  await click(screen.button('Undo'))

  expect(session.song.read().tracks[0]?.patterns.a.size).toBe(1)
})

test('the step length is the track’s own', async () => {
  const select = screen.field('Step length')
  select.value = '2'
  select.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()

  expect(session.song.read().tracks[0]?.subdivision).toBe(2)
})

test('sound that waits for a tap says so, and any tap on the page will do', async () => {
  session.sound.set({ status: 'locked' })
  await nextTick()
  expect(screen.has('button', 'Tap to join the sound')).toBe(true)

  document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))
  await nextTick()

  expect(session.sound.read()).toEqual({ status: 'running' })
  expect(screen.has('button', 'Tap to join the sound')).toBe(false)
})

test('one click leads back in after idling', async () => {
  session.connection.set({ status: 'idle', timeoutMs: 300_000 })
  await nextTick()
  expect(screen.text()).toContain('for 5 minutes')

  await click(screen.button('Come back'))

  expect(session.connection.read()).toEqual({ status: 'in-room' })
  expect(screen.has('button', 'Come back')).toBe(false)
})

test('a song of a newer Beatcord offers to load the page anew', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await click(screen.button('Reload'))

  expect(reload).toHaveBeenCalledOnce()
})

test('a copy that was put aside is saved from the banner, and gone when forgotten', async () => {
  session.hasAside.set(true)
  await nextTick()
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })

  await click(screen.button('Save mine'))
  await vi.waitUntil(() => saved.length > 0)
  expect(saved).toEqual(['put aside.beatcord'])

  await click(screen.button('Forget it'))
  expect(screen.text()).not.toContain('put aside')
})

test('what a busy device gives up is told as long as it lasts', async () => {
  session.levels.set({ ...SILENT_LEVELS, ease: 2 })
  await nextTick()
  expect(screen.role('region', 'State of the jam').textContent).toContain('Your device is busy')

  session.levels.set({ ...SILENT_LEVELS, ease: 0 })
  await nextTick()

  expect(screen.role('region', 'State of the jam').textContent).toBe('')
})

test('whoever joins and leaves is announced by name, as text', async () => {
  const name = '<i>bo</i>'
  session.notify({ kind: 'joined', name, colour: 1 })
  session.notify({ kind: 'left', name, colour: 1 })
  session.notify({ kind: 'trouble', text: 'This browser keeps nothing.' })
  await nextTick()

  const notices = screen.role('list', 'Notices')
  expect(notices.textContent).toContain(`${name} joined the jam`)
  expect(notices.textContent).toContain(`${name} left the jam`)
  expect(notices.textContent).toContain('This browser keeps nothing.')
  expect(notices.querySelector('i')).toBeNull()

  const [first] = notices.querySelectorAll<HTMLElement>('button')
  if (first === undefined) throw new Error('a notice must have a button')
  await click(first)
  expect(notices.querySelectorAll('li')).toHaveLength(2)
})

test('leaving leads to the lobby, with the name kept for the next jam', async () => {
  await click(screen.button('Leave'))

  expect(screen.has('button', 'Start a private jam')).toBe(true)
})

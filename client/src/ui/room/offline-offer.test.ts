import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OfflineCounts } from '../../app/session-types.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { offerWords } from './offline-words.ts'

const NONE: OfflineCounts = {
  notes: 0,
  removedNotes: 0,
  sounds: 0,
  tracks: 0,
  removedTracks: 0,
  settings: 0,
  lines: 0,
}

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  ;({ screen, session } = await openJam())
})
afterEach(() => screen.close())

async function offer(): Promise<void> {
  session.offline.offer.set({ ...NONE, notes: 3 })
  await nextTick()
}

test.each([
  [{ notes: 1 }, 'you wrote a note. The'],
  [{ notes: 3, removedNotes: 1 }, 'you wrote 3 notes and took a note away. The'],
  [
    { notes: 2, sounds: 2, tracks: 1 },
    'you wrote 2 notes, changed how 2 tracks sound, and added a track. The',
  ],
  [{ removedTracks: 1, settings: 1 }, 'took a track away and changed a setting of the song. The'],
  [{ lines: 2 }, 'you left 2 messages. The'],
])('what was done offline is told in words: %j', (some, words) => {
  expect(offerWords({ ...NONE, ...some })).toContain(words)
})

test('what was written offline is offered, listened to, and added with a way back', async () => {
  expect(screen.has('button', 'Add to the jam')).toBe(false)
  await offer()
  expect(screen.text()).toContain('While you were offline you wrote 3 notes.')

  await click(screen.button('Listen'))
  expect(session.offline.heard.read()).toBeDefined()
  await click(screen.button('Back to theirs'))
  expect(session.offline.heard.read()).toBeUndefined()

  await click(screen.button('Add to the jam'))
  expect(session.offline.done).toEqual(['added'])
  expect(screen.text()).toContain('What you wrote offline is in the jam.')
  expect(screen.has('button', 'Undo')).toBe(true)
})

test('what was dropped comes back by Undo', async () => {
  await offer()
  await click(screen.button('Throw away'))
  expect(screen.has('button', 'Add to the jam')).toBe(false)

  await click(screen.button('Undo'))

  expect(screen.has('button', 'Add to the jam')).toBe(true)
})

test('what is kept aside says where it is', async () => {
  await offer()

  await click(screen.button('Keep aside'))

  expect(session.offline.done).toEqual(['kept'])
  expect(screen.text()).toContain('It stays on this device')
})

test('where it cannot be added the page says why, and offers it further', async () => {
  await offer()
  session.offline.refusal = 'full'

  await click(screen.button('Add to the jam'))

  expect(screen.text()).toContain('The song has no room for it.')
  expect(screen.has('button', 'Listen')).toBe(true)
})

test('what went in by itself is told', async () => {
  session.offline.merge()
  await nextTick()

  expect(screen.text()).toContain('You are back. What you wrote offline is in the jam.')
})

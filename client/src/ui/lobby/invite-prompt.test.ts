import { nextTick } from 'vue'
import { afterEach, expect, test } from 'vitest'
import type { Invite } from '../../app/app-types.ts'
import { click, openScreen, shown, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
afterEach(() => screen.close())

async function openInvite(invite: Invite): Promise<void> {
  screen = openScreen()
  screen.app.route.set({ page: 'jam', invite })
  await nextTick()
}

test('an invite names its jam, asks for a name alone and lets in', async () => {
  await openInvite({ kind: 'private', label: "bo's jam" })
  expect(screen.text()).toContain("bo's jam")
  await type(screen.field('Your name'), 'ana')

  await click(screen.button('Join the jam'))

  await shown(() => screen.has('list', 'People'))
  expect(screen.role('list', 'People').textContent).toContain('ana')
})

test('an invite to an open room says that whoever guesses its name can listen', async () => {
  await openInvite({ kind: 'open', name: 'kitchen' })

  expect(screen.text()).toContain('whoever guesses its name can listen')
})

test('an invite stays when the name will not do', async () => {
  await openInvite({ kind: 'open', name: 'kitchen' })
  await type(screen.field('Your name'), '')

  await click(screen.button('Join the jam'))

  expect(screen.text()).toContain('Tell the others your name.')
  expect(screen.text()).toContain('kitchen')
})

test('an invite that lost its key says so and how to get the whole link, and lets nobody in', async () => {
  await openInvite({ kind: 'cut-off' })

  expect(screen.text()).toContain('This invite was cut off')
  expect(screen.text()).toContain('Ask for the whole link again')
  expect(screen.has('button', 'Join the jam')).toBe(false)
})

test('from a link that leads nowhere there is a way to the lobby', async () => {
  await openInvite({ kind: 'invalid' })
  expect(screen.text()).toContain('This link leads nowhere')

  await click(screen.button('Start a jam of my own instead'))

  expect(screen.has('button', 'Start a private jam')).toBe(true)
})

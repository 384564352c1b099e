import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Environment } from '../../app/app-types.ts'
import { click, openJam } from '../testing/screen.ts'
import type { LocalSession } from '../testing/local-session.ts'
import type { Screen } from '../testing/screen.ts'
import { withOrigin } from './invite-links.ts'

const writeText = vi.fn<(text: string) => Promise<void>>()

let screen: Screen
let session: LocalSession
beforeEach(() => {
  writeText.mockReset().mockResolvedValue()
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
})
afterEach(() => screen.close())

async function invite(environment: Partial<Environment>): Promise<void> {
  ;({ screen, session } = await openJam({ environment }))
  await click(screen.button('Copy invite'))
  await vi.waitUntil(() => screen.has('list', 'Notices'))
  await click(screen.root)
}

test('an invite is copied, and shown to be shared otherwise; no more is said where it opens everywhere', async () => {
  await invite({ isLocalhost: false })

  expect(writeText).toHaveBeenCalledWith(`${location.origin}/jam#kitchen`)
  expect(screen.text()).toContain('Invite copied')
  expect(screen.role('group', 'Invite link').textContent).not.toContain('network')
})

test('an invite to an open room is copied with a word on who could listen', async () => {
  await invite({ isLocalhost: false })
  const notices = screen.role('list', 'Notices')
  expect(notices.textContent).toContain('whoever guesses its name can listen')
  expect(notices.textContent).toContain('so could whoever runs the server')

  screen.app.route.set({ page: 'jam', invite: { kind: 'private', label: 'amber-otter' } })
  await click(screen.button('Dismiss'))
  await click(screen.button('Copy invite'))
  await vi.waitUntil(() => notices.textContent.includes('Invite copied'))

  expect(notices.textContent).not.toContain('listen')
})

test('an invite copied on localhost says so, and offers the one for the network', async () => {
  await invite({ isLocalhost: true })
  expect(screen.text()).toContain('This link opens only on this computer.')

  await click(screen.button('Copy network link'))

  expect(writeText).toHaveBeenLastCalledWith('https://192.168.1.20:3000/jam#kitchen')
})

test('a link for the network over plain http is offered with a word on sound', async () => {
  const lanAddresses = () => Promise.resolve(['http://192.168.1.20:3000'])

  await invite({ isLocalhost: true, lanAddresses })

  expect(screen.text()).toContain('HTTPS=self')
})

test('an invite that is open shows the new link when the room moves', async () => {
  await invite({ isLocalhost: true })
  await click(screen.button('Copy network link'))
  await click(screen.button('Copy invite'))
  const code = (): string | null | undefined =>
    screen.root.querySelector('.dark')?.getAttribute('d')
  await vi.waitUntil(() => code() !== undefined)
  const before = code()

  session.inviteLink.set(`${location.origin}/jam#elsewhere`)
  await nextTick()

  expect(screen.field('Link').value).toBe(`${location.origin}/jam#elsewhere`)
  expect(code()).not.toBe(before)
  await click(screen.button('Copy network link'))
  expect(writeText).toHaveBeenLastCalledWith('https://192.168.1.20:3000/jam#elsewhere')
})

test('where nothing can be copied the link is shown, to be copied by hand', async () => {
  writeText.mockRejectedValue(new Error('not allowed'))

  await invite({ isLocalhost: false })

  expect(screen.field('Link').value).toBe(`${location.origin}/jam#kitchen`)
  expect(screen.app.takeReports()).toHaveLength(1)
})

test('room and key of an invite stay when its address changes', () => {
  expect(withOrigin('http://localhost:3000/jam#a%20b.key', 'https://10.0.0.2:3000')).toBe(
    'https://10.0.0.2:3000/jam#a%20b.key',
  )
})

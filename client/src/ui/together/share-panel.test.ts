import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { qrDrawing } from './qr-path.ts'
import { TOGETHER_WORDS as WORDS } from '../../words/together.ts'

const share = vi.fn<(what: ShareData) => Promise<void>>()

let screen: Screen
beforeEach(() => {
  share.mockReset().mockResolvedValue()
  const writeText = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
})
afterEach(() => {
  screen.close()
  Reflect.deleteProperty(navigator, 'share')
})

async function invite(isLocalhost = false): Promise<void> {
  screen = (await openJam({ environment: { isLocalhost } })).screen
  await click(screen.button('Copy invite'))
  await vi.waitUntil(() => screen.has('img', WORDS.qrCode))
}

test('an invite comes with a code for a camera, and with what the device shares by', async () => {
  Object.defineProperty(navigator, 'share', { value: share, configurable: true })
  await invite()

  await click(screen.button(WORDS.share))

  expect(share).toHaveBeenCalledWith({
    title: 'Beatcord',
    text: WORDS.shareText,
    url: `${location.origin}/jam#kitchen`,
  })
})

test('where the device shares nothing there is no such button', async () => {
  await invite()

  expect(screen.has('button', WORDS.share)).toBe(false)
})

test('who thinks better of sharing has made no mistake; what else goes wrong is reported', async () => {
  Object.defineProperty(navigator, 'share', { value: share, configurable: true })
  await invite()
  share.mockRejectedValueOnce(new DOMException('', 'AbortError'))
  await click(screen.button(WORDS.share))
  expect(screen.app.takeReports()).toEqual([])
  share.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'))

  await click(screen.button(WORDS.share))
  await vi.waitUntil(() => share.mock.calls.length === 2)

  expect(screen.app.takeReports()).toHaveLength(1)
})

test('the code is of a link that opens on phones, where this one does not', async () => {
  await invite(true)
  const code = screen.role('img', WORDS.qrCode)

  expect(code.querySelector('path')?.getAttribute('d')).toBe(
    qrDrawing('https://192.168.1.20:3000/jam#kitchen').path,
  )
})

test('a code has four light squares on each side, and its three corners', () => {
  const { size, path } = qrDrawing('https://example.org/jam#amber-otter.0123456789abcdefghijkl')
  const dark = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)])
  const isDark = (x: number, y: number): boolean => dark.some((at) => at[0] === x && at[1] === y)

  expect(Math.min(...dark.flat())).toBe(4)
  expect(Math.max(...dark.flat())).toBe(size - 5)
  expect([isDark(4, 4), isDark(size - 5, 4), isDark(4, size - 5)]).toEqual([true, true, true])
  expect([isDark(5, 5), isDark(6, 6)]).toEqual([false, true])
})

import { expect, test, vi } from 'vitest'
import { createInstall } from './install.ts'

const offerOf = (prompt: () => Promise<unknown>): Event =>
  Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt })

test('there is nothing to install before the browser offers it, nor once it is installed', () => {
  const page = new EventTarget()
  const { canInstall } = createInstall(page)
  expect(canInstall.read()).toBe(false)

  page.dispatchEvent(offerOf(() => Promise.resolve()))
  expect(canInstall.read()).toBe(true)

  page.dispatchEvent(new Event('appinstalled'))
  expect(canInstall.read()).toBe(false)
})

test('the browser asks when somebody wants it, once for each offer, and not by itself', async () => {
  const page = new EventTarget()
  const { canInstall, install } = createInstall(page)
  const prompt = vi.fn(() => Promise.resolve())
  const offer = offerOf(prompt)
  page.dispatchEvent(offer)
  expect(offer.defaultPrevented).toBe(true)
  expect(prompt).not.toHaveBeenCalled()

  await install()
  await install()

  expect(prompt).toHaveBeenCalledTimes(1)
  expect(canInstall.read()).toBe(false)
})

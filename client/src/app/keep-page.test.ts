import { expect, test, vi } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { keepPage } from './keep-page.ts'
import type { Connection } from './states.ts'

function browser() {
  const timers = createFakeTimers(0)
  const connection = createLive<Connection>({ status: 'in-room' })
  const update = vi.fn(() => Promise.resolve())
  const register = vi.fn(() => Promise.reject(new Error('no room on the disk')))
  const serviceWorker = {
    register,
    getRegistration: () => Promise.resolve({ update }),
  } as unknown as ServiceWorkerContainer
  const close = keepPage({ navigator: { serviceWorker } }, connection, timers)
  return { timers, connection, update, register, close }
}

test('the page is kept once the jam had its time, and where that fails nothing happens', async () => {
  const { timers, register } = browser()
  expect(register).not.toHaveBeenCalled()

  timers.advance(3000)
  await Promise.resolve()

  expect(register).toHaveBeenCalledWith('/service-worker.js', { updateViaCache: 'none' })
})

test('who left before is left alone', () => {
  const { timers, register, close } = browser()
  close()

  timers.advance(3000)

  expect(register).not.toHaveBeenCalled()
})

test('the next build is looked for when the server says that there is one', async () => {
  const { connection, update } = browser()
  connection.set({ status: 'server-away', links: 0 })
  await Promise.resolve()
  expect(update).not.toHaveBeenCalled()

  connection.set({ status: 'outdated' })

  await vi.waitFor(() => {
    expect(update).toHaveBeenCalledTimes(1)
  })
})

test('where a browser keeps no pages nothing changes', () => {
  const connection = createLive<Connection>({ status: 'outdated' })
  const close = keepPage({ navigator: {} }, connection, createFakeTimers(0))

  expect(close).not.toThrow()
})

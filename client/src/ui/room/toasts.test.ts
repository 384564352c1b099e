import { expect, test, vi } from 'vitest'
import { createToasts } from './toasts.ts'

function createClock() {
  const waiting: { run: () => void; ms: number }[] = []
  return {
    later: (run: () => void, ms: number) => void waiting.push({ run, ms }),
    pass(ms: number) {
      for (const each of waiting) if (each.ms <= ms) each.run()
    },
  }
}

test('a toast goes after a few seconds; one with a button, or of trouble, stays longer', () => {
  const clock = createClock()
  const toasts = createToasts(clock.later)
  toasts.add({ text: 'bo joined' })
  toasts.add({ text: 'cleared', action: { label: 'Undo', run: vi.fn() } })
  toasts.add({ text: 'cut off', isToBeRead: true })

  clock.pass(5000)
  expect(toasts.shown.read().map(({ text }) => text)).toEqual(['cleared', 'cut off'])

  clock.pass(10_000)
  expect(toasts.shown.read()).toEqual([])
})

test('a crowd that joins at once shows the last four', () => {
  const toasts = createToasts(createClock().later)

  for (let index = 0; index < 9; index++) toasts.add({ text: `${index} joined` })

  expect(toasts.shown.read().map(({ text }) => text[0])).toEqual(['5', '6', '7', '8'])
})

test('dismissing one leaves the others', () => {
  const toasts = createToasts(createClock().later)
  toasts.add({ text: 'ana' })
  toasts.add({ text: 'bo' })
  const [first] = toasts.shown.read()

  toasts.dismiss(first?.id ?? 0)

  expect(toasts.shown.read().map(({ text }) => text)).toEqual(['bo'])
})

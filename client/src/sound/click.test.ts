import { beforeEach, expect, test, vi } from 'vitest'
import { clickAt } from './click.ts'

/** What a native node was told, in order. */
let told: string[]

const createFakeNode = () => ({
  onended: undefined,
  gain: {
    setValueAtTime: (value: number, at: number) => told.push(`set ${value} at ${at}`),
    linearRampToValueAtTime: (value: number, at: number) =>
      told.push(`up to ${value} at ${at.toFixed(3)}`),
    exponentialRampToValueAtTime: (value: number, at: number) =>
      told.push(`down to ${value.toFixed(5)} at ${at.toFixed(3)}`),
  },
  connect: (next: unknown) => next,
  start: (at: number) => told.push(`start ${at}`),
  stop: (at: number) => told.push(`stop ${at.toFixed(3)}`),
  disconnect: () => told.push('disconnect'),
})
/** What a constructor returns is what `new` gives. */
function FakeNode(): unknown {
  return createFakeNode()
}

beforeEach(() => {
  told = []
  vi.stubGlobal('OscillatorNode', FakeNode)
  vi.stubGlobal('GainNode', FakeNode)
})

const context = { destination: {} } as BaseAudioContext

test('a click begins on its moment, is over 31 ms later, and never louder than half of full scale and a bit', () => {
  clickAt(context, 2, 1)

  expect(told).toEqual([
    'set 0 at 2',
    'up to 0.6 at 2.001',
    'down to 0.00060 at 2.031',
    'start 2',
    'stop 2.031',
  ])
})

test('a click that is taken back is connected to nothing any more', () => {
  const takeBack = clickAt(context, 2, 0.5)
  told.length = 0

  takeBack()

  expect(told).toEqual(['disconnect', 'disconnect'])
})

test('loudness 0 is as good as silent', () => {
  clickAt(context, 2, 0)

  expect(told).toContain('up to 0.001 at 2.001')
})

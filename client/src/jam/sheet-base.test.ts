import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase, EMPTY_STATE, encodeBase, type Entry, type SheetState } from './sheet-base.ts'

const dot = fc.record({ client: fc.nat({ max: 2 ** 48 }), clock: fc.nat({ max: 100_000 }) })
const note = fc.tuple(
  fc.tuple(fc.nat({ max: 31 }), fc.integer({ min: 24, max: 108 })).map(([s, p]) => `a/${s}/${p}`),
  fc.record({ value: fc.integer({ min: 1, max: 127 }).map((v) => v + 128 * 3), dot }),
)
const param = fc.tuple(
  fc.constantFrom('p/cutoffHz', 'p/waveform', 'p/subdivision'),
  fc.record({
    value: fc.oneof(fc.constant('sine'), fc.double({ noNaN: true, noDefaultInfinity: true })),
    dot,
  }),
)

/** Everything that stands is known. */
function stateOf(rows: readonly (readonly [string, Entry])[]): SheetState {
  const known = new Map<number, number>()
  for (const [, entry] of rows) {
    const { client, clock } = entry.dot
    known.set(client, Math.max(known.get(client) ?? 0, clock + 1))
  }
  return { entries: new Map(rows), known }
}

test('a sheet begins with exactly what stood on the one before', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(note, param), { maxLength: 40 }), (rows) => {
      const state = stateOf(rows)

      expect(decodeBase(encodeBase(state))).toEqual(state)
    }),
  )
})

test('notes that are off and keys that no song has are left out, and count as known', () => {
  const at = { client: 7, clock: 3 }
  const state = stateOf([
    ['a/1/60', { value: 0, dot: at }],
    ['a/99/60', { value: 228, dot: at }],
    ['a/1/61', { value: 'x', dot: at }],
    ['p/__proto__', { value: 1, dot: at }],
    ['q/7', { value: 1, dot: at }],
  ])

  expect(decodeBase(encodeBase(state))).toEqual({ entries: new Map(), known: state.known })
})

test('[SYNC2] what is no beginning of a sheet is none, and none of it throws', () => {
  const whole = encodeBase(stateOf([['a/1/60', { value: 228, dot: { client: 7, clock: 3 } }]]))

  for (let end = 1; end < whole.length; end++) {
    expect(decodeBase(whole.slice(0, end)).entries.size).toBe(0)
  }
  for (const junk of [undefined, 7, '!', 'AAAA'.repeat(1000), '_____w']) {
    expect(decodeBase(junk).entries.size).toBe(0)
  }
  expect(decodeBase('')).toEqual(EMPTY_STATE)
})

test('whoever made up a thousand pages has taken nobody’s note away', () => {
  const entry = { value: 228, dot: { client: 7, clock: 3 } }
  const known = new Map([[7, 4]])
  for (let client = 100; client < 1100; client++) known.set(client, 1)
  const state = { entries: new Map([['a/1/60', entry]]), known }

  const { entries, known: kept } = decodeBase(encodeBase(state))

  expect(entries).toEqual(state.entries)
  expect(kept.size).toBe(513)
  expect(kept.has(1099)).toBe(true)
})

test('256 notes take some eleven characters each', () => {
  const rows = Array.from({ length: 256 }, (_, n): [string, Entry] => [
    `a/${n % 16}/${40 + Math.floor(n / 16)}`,
    { value: 228, dot: { client: 2 ** 48 - (n % 4), clock: n * 30 } },
  ])

  expect(encodeBase(stateOf(rows)).length).toBeLessThan(256 * 11)
})

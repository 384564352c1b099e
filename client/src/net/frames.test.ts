import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJoiner, MAX_PARTS } from './frame-joiner.ts'
import type { Joined } from './frame-joiner.ts'
import { MAX_CHUNKS, MAX_FRAME_BYTES, splitMessage } from './frames.ts'
import { MAX_DOC_MESSAGE_BYTES } from './lanes.ts'

const frame = (id: number, index: number, count: number, bytes: number): Uint8Array => {
  const made = new Uint8Array(8 + bytes)
  const header = new DataView(made.buffer)
  header.setUint32(0, id)
  header.setUint16(4, index)
  header.setUint16(6, count)
  return made
}

const wholeChunk = MAX_FRAME_BYTES - 8
const refusal = (joined: Joined): string | undefined => (joined.ok ? undefined : joined.code)

test('[LINK6] messages arrive whole and once, however their frames are shuffled and repeated', () => {
  const lengths = fc.array(
    fc.oneof(fc.nat(40), fc.constantFrom(wholeChunk, wholeChunk + 1, 3 * wholeChunk, 60_000)),
    { minLength: 1, maxLength: 5 },
  )
  const order = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(lengths, order, (sizes, picks) => {
      const messages = sizes.map((length, id) => new Uint8Array(length).fill(id + 1))
      const frames = messages.flatMap((message, id) => [...splitMessage(id, message)])
      const waiting = [...frames, ...frames]
      const joiner = createJoiner()
      const arrived: Uint8Array[] = []

      while (waiting.length > 0) {
        const pick = Number(picks.next().value) % waiting.length
        const [next] = waiting.splice(pick, 1)
        const joined = joiner.accept(next ?? new Uint8Array(), 0)
        if (joined.ok && joined.message !== undefined) arrived.push(joined.message)
      }

      const shape = (one: Uint8Array): string => `${String(one.length)} of ${String(one[0])}`
      expect(arrived.map(shape).toSorted()).toEqual(messages.map(shape).toSorted())
      expect(joiner.heldBytes()).toBe(0)
    }),
    { numRuns: 60 },
  )
})

test('the longest message fits the most chunks, and each frame its size', () => {
  const frames = [...splitMessage(1, new Uint8Array(MAX_DOC_MESSAGE_BYTES))]

  expect(frames).toHaveLength(MAX_CHUNKS)
  expect(Math.max(...frames.map(({ length }) => length))).toBe(MAX_FRAME_BYTES)
  const joiner = createJoiner()
  const joined = frames.map((each) => joiner.accept(each, 0)).at(-1)
  expect(joined?.ok === true && joined.message?.length).toBe(MAX_DOC_MESSAGE_BYTES)
})

test.each([
  ['nothing', new Uint8Array(0), 'frame-shape'],
  ['less than a header', new Uint8Array(7), 'frame-shape'],
  ['a frame too long', frame(1, 0, 1, MAX_FRAME_BYTES), 'frame-size'],
  ['no chunks at all', frame(1, 0, 0, 0), 'frame-shape'],
  ['a chunk beyond the last', frame(1, 2, 2, wholeChunk), 'frame-shape'],
  ['more chunks than there may be', frame(1, 0, MAX_CHUNKS + 1, wholeChunk), 'frame-size'],
  ['the most chunks there are', frame(1, 0, 0xffff, wholeChunk), 'frame-size'],
  ['a short chunk in the middle', frame(1, 0, 3, 10), 'frame-shape'],
  ['an empty last chunk', frame(1, 2, 3, 0), 'frame-shape'],
  ['a message just too long', frame(1, MAX_CHUNKS - 1, MAX_CHUNKS, wholeChunk), 'frame-size'],
])('%s is refused and nothing is kept', (_, hostile, code) => {
  const joiner = createJoiner()

  expect(refusal(joiner.accept(hostile, 0))).toBe(code)
  expect(joiner.heldBytes()).toBe(0)
})

test('[LINK9] a message that changes its number of chunks is refused', () => {
  const joiner = createJoiner()
  joiner.accept(frame(1, 0, 3, wholeChunk), 0)

  expect(refusal(joiner.accept(frame(1, 1, 4, wholeChunk), 0))).toBe('frame-shape')
  expect(refusal(joiner.accept(frame(1, 0, 1, 5), 0))).toBe('frame-shape')
})

test('unfinished messages are bounded in number until some of them stall', () => {
  const joiner = createJoiner()
  for (let id = 0; id < MAX_PARTS; id++) joiner.accept(frame(id, 1, 2, 1), 0)

  expect(refusal(joiner.accept(frame(1000, 0, 2, wholeChunk), 30_000))).toBe('frame-flood')
  expect(joiner.accept(frame(1000, 0, 2, wholeChunk), 30_001).ok).toBe(true)
  expect(joiner.heldBytes()).toBe(wholeChunk)
})

test('unfinished messages are bounded in bytes', () => {
  const joiner = createJoiner()
  const codes: (string | undefined)[] = []
  for (let id = 0; id < 3; id++) {
    for (let index = 0; index < MAX_CHUNKS - 1; index++) {
      codes.push(refusal(joiner.accept(frame(id, index, MAX_CHUNKS, wholeChunk), 0)))
    }
  }

  expect(codes.at(-1)).toBe('frame-flood')
  expect(joiner.heldBytes()).toBeLessThanOrEqual(2 * MAX_DOC_MESSAGE_BYTES)
})

test('random bytes never make the joiner throw', () => {
  const joiner = createJoiner()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      joiner.accept(bytes, 0)
    }),
    { numRuns: 2000 },
  )
  expect(joiner.heldBytes()).toBeLessThan(64 * 2000)
})

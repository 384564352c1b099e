import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReceipts } from './receipts.ts'

test('[SIG24] a question goes out every sixteen kilobytes, and its answer counts all that went before', () => {
  const asked: Buffer[] = []
  const receipts = createReceipts((payload) => void asked.push(payload))

  receipts.sent(16_383)
  const early = asked.length
  receipts.sent(1)
  receipts.sent(20_000)
  receipts.sent(100)
  const before = receipts.unreadBytes()
  receipts.answered(asked[1] ?? Buffer.alloc(0))
  const after = receipts.unreadBytes()
  receipts.answered(asked[0] ?? Buffer.alloc(0))

  expect([early, asked.length]).toEqual([0, 2])
  expect([before, after, receipts.unreadBytes()]).toEqual([36_484, 100, 100])
})

test('[SIG24] an answer to nothing that was asked counts for nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.double().map(toBytes)), (payload) => {
      const receipts = createReceipts(() => undefined)
      receipts.sent(10_000)

      receipts.answered(payload)

      expect(receipts.unreadBytes()).toBe(10_000)
    }),
  )
})

function toBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

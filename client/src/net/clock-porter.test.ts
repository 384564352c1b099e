import { expect, test } from 'vitest'
import { createClockPorter } from './clock-porter.ts'
import type { FromClockThread } from './clock-thread-messages.ts'
import { createFakeChannel, type FakeChannel } from './fake-channel.ts'
import { createMeter } from './meter.ts'

interface Porter extends FakeChannel {
  readonly posted: readonly FromClockThread[]
  readonly hear: ReturnType<typeof createClockPorter>
  nowMs: number
}

/** A porter that owns one open channel; its thread began 500 ms after the page. */
function porterOfOne(): Porter {
  const posted: FromClockThread[] = []
  const fake = createFakeChannel()
  const hear = createClockPorter({
    post: (message) => posted.push(message),
    now: () => porter.nowMs,
    originMs: 1_000_500,
  })
  const porter: Porter = { ...fake, posted, hear, nowMs: 100 }
  hear({ kind: 'begin', originMs: 1_000_000 })
  fake.open()
  hear({ kind: 'take', id: 1, channel: fake.channel })
  return porter
}

const framesOf = ({ posted }: Porter): readonly FromClockThread[] =>
  posted.filter(({ kind }) => kind === 'frame')

test('a channel that opened on its way here is told of', () => {
  const porter = porterOfOne()

  expect(porter.posted).toEqual([{ kind: 'open', id: 1 }])
})

test('[LINK18] what comes and what goes is stamped on the clock of the page', () => {
  const porter = porterOfOne()

  porter.arrive(Uint8Array.from([1, 2, 3]))
  porter.nowMs = 101
  porter.hear({ kind: 'send', id: 1, frame: new Uint8Array(13).fill(7) })

  expect(framesOf(porter)).toEqual([
    { kind: 'frame', id: 1, frame: Uint8Array.from([1, 2, 3]), arrivedMs: 600 },
  ])
  const [frame = new Uint8Array(9)] = porter.sent
  expect(new DataView(frame.buffer).getFloat64(1)).toBe(601)
  expect([frame[0], ...frame.subarray(9)]).toEqual([7, 7, 7, 7, 7])
})

test('[LINK9] of a frame that is too long, or text, no more is passed on than shows it', () => {
  const porter = porterOfOne()

  porter.arrive(new Uint8Array(100_000))
  porter.arrive('words')

  expect(framesOf(porter)).toMatchObject([{ frame: new Uint8Array(257) }, { frame: undefined }])
})

test.each([10, 1])(
  '[LINK16] of a flood, a frame each %d ms, so much is passed on that its sender is cut off, and no more',
  (everyMs) => {
    const porter = porterOfOne()
    const meter = createMeter()

    for (let count = 0; count < 20_000; count++) {
      porter.nowMs += everyMs / 4
      porter.arrive(new Uint8Array(21))
    }

    const frames = framesOf(porter)
    const refused = frames.filter(
      (each) => each.kind === 'frame' && !meter.received('clock', 21, each.arrivedMs),
    )
    const seconds = (20_000 * everyMs) / 4000
    expect(refused.length).toBeGreaterThan(0)
    expect(frames.length).toBeLessThanOrEqual(1200 + 200 * seconds)
  },
)

test('[LINK7] what would have to wait is dropped, and what comes after the end too', () => {
  const porter = porterOfOne()
  const send = (): void => {
    porter.hear({ kind: 'send', id: 1, frame: new Uint8Array(9) })
  }

  porter.setBuffered(1025)
  send()
  porter.setBuffered(0)
  porter.hear({ kind: 'close', id: 1 })
  send()

  expect(porter.sent).toEqual([])
  expect(porter.channel.readyState).toBe('closed')
})

test('a channel that the other end closes is told of and forgotten', () => {
  const porter = porterOfOne()

  porter.end()
  porter.hear({ kind: 'send', id: 1, frame: new Uint8Array(9) })

  expect(porter.posted.at(-1)).toEqual({ kind: 'closed', id: 1 })
  expect(porter.sent).toEqual([])
})

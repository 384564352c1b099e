import { describe, expect, test } from 'vitest'
import { encodeDocMessage } from './control-message.ts'
import { createFakeTimers } from './fake-timers.ts'
import { splitMessage } from './frames.ts'
import { createLinkLanes } from './link-lanes.ts'
import type { LinkLanes } from './link-lanes.ts'
import { encodeLiveFrame, parseLiveFrame } from './live-frames.ts'
import type { Lane } from './mesh.ts'
import { createMeter } from './meter.ts'
import type { Wire } from './wire.ts'

/** A wire that takes what it is given room for, and shows it. */
function createOpenWire(): Wire & {
  readonly sent: (readonly [Lane, Uint8Array])[]
  buffered: Record<Lane, number>
} {
  const sent: (readonly [Lane, Uint8Array])[] = []
  const buffered = { doc: 0, live: 0, clock: 0 }
  return {
    sent,
    buffered,
    connection: undefined,
    signal: () => undefined,
    restartIce: () => undefined,
    close: () => undefined,
    bufferedBytes: (lane) => buffered[lane],
    send(lane, frame) {
      sent.push([lane, frame])
      buffered[lane] += frame.length
      return true
    },
  }
}

function given(): {
  lanes: LinkLanes
  wire: ReturnType<typeof createOpenWire>
  timers: ReturnType<typeof createFakeTimers>
  heard: string[]
  broke: string[]
} {
  const wire = createOpenWire()
  const timers = createFakeTimers()
  const heard: string[] = []
  const broke: string[] = []
  const lanes = createLinkLanes({
    wire: () => wire,
    timers,
    meter: createMeter(),
    onControl: ({ kind }) => heard.push(kind),
    onBytes: (lane, bytes, arrivedMs) =>
      heard.push(`${lane} ${String(bytes.length)} ${String(arrivedMs)}`),
    onBroke: (code) => broke.push(code),
  })
  return { lanes, wire, timers, heard, broke }
}

describe('sending', () => {
  test('[LINK6] a long message is handed over only while less than 64 KiB waits', () => {
    const { lanes, wire } = given()

    lanes.send('doc', new Uint8Array(200_000))

    expect(wire.sent).toHaveLength(4)
    wire.buffered.doc = 0
    lanes.pump()
    expect(wire.sent).toHaveLength(8)
  })

  test('a document message that finds too much waiting makes the link slow', () => {
    const { lanes, wire } = given()
    wire.buffered.doc = 1e6

    expect(lanes.send('doc', new Uint8Array(8e6))).toBe('sent')
    expect(lanes.send('doc', new Uint8Array(8e6))).toBe('sent')
    expect(lanes.send('doc', new Uint8Array(8e6))).toBe('slow')
  })

  test('[LINK7] live and clock frames are dropped rather than queued', () => {
    const { lanes, wire } = given()
    wire.buffered = Object.assign(wire.buffered, { live: 9000, clock: 2000 })

    expect(lanes.send('live', new Uint8Array(5))).toBe('dropped')
    expect(lanes.send('clock', new Uint8Array(5))).toBe('dropped')
    expect(wire.sent).toEqual([])
  })
})

describe('receiving', () => {
  test('each lane hands on what its user sent', () => {
    const { lanes, heard, broke } = given()
    for (const frame of splitMessage(
      1,
      encodeDocMessage({ kind: 'user', bytes: new Uint8Array(20_000) }),
    ))
      lanes.receive('doc', frame, 7)
    lanes.receive('live', encodeLiveFrame({ kind: 'user', bytes: new Uint8Array(3) }), 8)
    lanes.receive('clock', new Uint8Array(256), 9)

    expect(heard).toEqual(['doc 20000 7', 'live 3 8', 'clock 256 9'])
    expect(broke).toEqual([])
  })

  test('a ping is answered at once with its own nonce', () => {
    const { lanes, wire } = given()

    lanes.receive('live', encodeLiveFrame({ kind: 'ping', nonce: 77 }), 0)

    expect(wire.sent.map(([, frame]) => parseLiveFrame(frame))).toEqual([
      { kind: 'pong', nonce: 77 },
    ])
  })

  test('the round trip is that of the last ping; other answers count for nothing', () => {
    const { lanes, wire, timers } = given()
    lanes.ping()
    const ping = parseLiveFrame(wire.sent[0]?.[1] ?? new Uint8Array())
    const nonce = typeof ping === 'object' && ping.kind === 'ping' ? ping.nonce : -1
    timers.advance(30)

    lanes.receive('live', encodeLiveFrame({ kind: 'pong', nonce: nonce + 1 }), timers.now())
    expect(lanes.rttMs()).toBeUndefined()
    lanes.receive('live', encodeLiveFrame({ kind: 'pong', nonce }), timers.now())
    expect(lanes.rttMs()).toBe(30)
  })

  test.each([
    ['text', 'doc', undefined, 'not-binary'],
    ['text', 'clock', undefined, 'not-binary'],
    ['a clock frame too long', 'clock', new Uint8Array(257), 'clock-size'],
    ['a live frame too long', 'live', new Uint8Array(1201), 'live-size'],
    ['an empty live frame', 'live', new Uint8Array(0), 'live-shape'],
    ['a live frame of no kind', 'live', Uint8Array.of(9, 1, 2, 3, 4), 'live-shape'],
    ['a short ping', 'live', Uint8Array.of(1, 2), 'live-shape'],
    ['a long pong', 'live', Uint8Array.of(2, 0, 0, 0, 0, 0), 'live-shape'],
    ['a broken document frame', 'doc', new Uint8Array(3), 'frame-shape'],
    ['an empty document message', 'doc', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1), 'doc-shape'],
    [
      'a document message of no kind',
      'doc',
      Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 99),
      'doc-shape',
    ],
    ['half a reach', 'doc', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 1, 97), 'doc-shape'],
  ] as const)('%s on the %s lane breaks the rules', (_, lane, frame, code) => {
    const { lanes, heard, broke } = given()

    lanes.receive(lane, frame, 0)

    expect(broke).toEqual([code])
    expect(heard).toEqual([])
  })
})

import { expect, test } from 'vitest'
import type { PeerId, RelayFrame, RelayUrgency, ServerMessage } from '@beatcord/shared'
import { MAX_RELAY_PAYLOAD_BYTES, parseRelayFrame, RELAY_REPORT_BYTES } from '@beatcord/shared'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createRelay, type Relay, type RelayOutlet } from './relay.ts'

const BYTES_PER_SECOND = 262_144
const BURST_BYTES = 1_048_576
const LARGEST_COST = MAX_RELAY_PAYLOAD_BYTES + 27 + 256

/** A reader that a test makes fall behind and catch up. */
interface Reader extends RelayOutlet {
  readonly got: RelayFrame[]
  behind: boolean
  readonly catchUp: () => void
}

interface Stage {
  readonly clock: ManualClock
  readonly relay: Relay
  readonly bo: Reader
  readonly cy: Reader
  /** What ana was told. */
  readonly told: ServerMessage[]
  /** Whether ana's socket is read. */
  readonly isRead: () => boolean
  readonly send: (to: string, bytes: number, urgency?: RelayUrgency) => void
}

const idOf = (name: string): PeerId => name.padEnd(26, 'z') as PeerId

function createReader(): Reader {
  const runs = new Set<() => void>()
  const reader: Reader = {
    got: [],
    behind: false,
    pass(frame) {
      const parsed = parseRelayFrame(frame)
      if (parsed === undefined) throw new Error('a relayed frame must be whole')
      if (!reader.behind) reader.got.push(parsed)
      return !reader.behind
    },
    onceFree(run) {
      runs.add(run)
      return () => runs.delete(run)
    },
    catchUp() {
      reader.behind = false
      const due = [...runs]
      runs.clear()
      for (const run of due) run()
    },
  }
  return reader
}

function setStage(): Stage {
  const clock = createManualClock()
  const told: ServerMessage[] = []
  const [bo, cy] = [createReader(), createReader()]
  const readers = new Map([
    [idOf('bo'), bo],
    [idOf('cy'), cy],
  ])
  let reading = true
  let serial = 0
  const relay = createRelay({
    sender: idOf('ana'),
    bytesPerSecond: BYTES_PER_SECOND,
    clock,
    outletOf: (peer) => readers.get(peer),
    tell: (message) => void told.push(message),
    setReading: (next) => (reading = next),
    onPassed: () => undefined,
  })
  return {
    ...{ clock, relay, bo, cy, told },
    isRead: () => reading,
    send(to, bytes, urgency = 'wait') {
      serial += 1
      const payload = new Uint8Array(bytes).fill(serial % 256)
      relay.take({ urgency, peer: idOf(to), payload })
    },
  }
}

function times(count: number, run: () => void): void {
  for (let done = 0; done < count; done += 1) run()
}

const serials = ({ got }: Reader): number[] => got.map(({ payload }) => payload[0] ?? -1)

test('[SIG23] a full bucket delays what may wait, and keeps its order', () => {
  const { bo, send, clock } = setStage()
  const inBurst = Math.floor(BURST_BYTES / LARGEST_COST)

  times(inBurst + 10, () => {
    send('bo', MAX_RELAY_PAYLOAD_BYTES)
  })
  const atOnce = bo.got.length
  clock.advance(500)
  const afterHalfASecond = bo.got.length
  clock.advance(500)

  const inHalfASecond = Math.floor((BURST_BYTES + BYTES_PER_SECOND / 2) / LARGEST_COST)
  expect([atOnce, afterHalfASecond]).toEqual([inBurst, inHalfASecond])
  expect(serials(bo)).toEqual(Array.from({ length: inBurst + 10 }, (_, index) => index + 1))
})

test('[SIG23] a full bucket drops what may not wait, which overtakes what may while there is room', () => {
  const { bo, send, clock } = setStage()

  times(BURST_BYTES / 512, () => {
    send('bo', 512 - 27 - 256)
  })
  const inBurst = bo.got.length
  send('bo', 100, 'drop')
  send('bo', MAX_RELAY_PAYLOAD_BYTES)
  clock.advance(10)
  send('bo', 99, 'drop')
  clock.advance(1000)

  expect(inBurst).toBe(BURST_BYTES / 512)
  expect(bo.got.slice(inBurst).map(({ payload }) => payload.length)).toEqual([
    99,
    MAX_RELAY_PAYLOAD_BYTES,
  ])
})

test('[SIG24] for a reader that is behind what may wait is held and the rest dropped; others get theirs', () => {
  const { bo, cy, send } = setStage()
  bo.behind = true

  send('bo', 1)
  send('bo', 2, 'drop')
  send('bo', 3)
  send('cy', 4)
  const meanwhile = cy.got.length
  bo.catchUp()

  expect(meanwhile).toBe(1)
  expect(bo.got.map(({ payload }) => payload.length)).toEqual([1, 3])
})

test('[SIG24] receivers whose frames wait for the bucket get them in turn', () => {
  const { bo, cy, send, clock } = setStage()
  times(BURST_BYTES / 16_384, () => {
    send('bo', 16_384 - 27 - 256)
  })
  const inBurst = bo.got.length

  times(40, () => {
    send('bo', 16_384 - 27 - 256)
  })
  send('cy', 16_384 - 27 - 256)
  clock.advance((2 * 16_384 * 1000) / BYTES_PER_SECOND)

  expect([bo.got.length - inBurst, cy.got.length]).toEqual([1, 1])
})

test('[SIG25] a sender is told what went on, sixteen kilobytes at a time and for each receiver', () => {
  const { bo, told, send } = setStage()

  send('cy', 10_000)
  send('bo', 10_000)
  const early = [...told]
  bo.behind = true
  send('bo', 10_000)
  const held = [...told]
  bo.catchUp()

  expect([early, held]).toEqual([[], []])
  expect(told).toEqual([{ type: 'relayed', to: idOf('bo'), bytes: 20_000 }])
  expect(RELAY_REPORT_BYTES).toBeLessThan(20_000)
})

test('[SIG25] with a megabyte held the sender is not read, until half of it went on', () => {
  const { bo, send, isRead, clock } = setStage()
  bo.behind = true
  const count = Math.ceil(BURST_BYTES / LARGEST_COST)

  times(count - 1, () => {
    send('bo', MAX_RELAY_PAYLOAD_BYTES)
  })
  const below = isRead()
  send('bo', MAX_RELAY_PAYLOAD_BYTES)
  const above = isRead()
  bo.catchUp()
  clock.advance(1000)

  expect([below, above, isRead()]).toEqual([true, false, true])
  expect(bo.got).toHaveLength(count)
})

test('[SIG23] frames to nobody are answered only as fast as the bucket fills', () => {
  const { told, send, clock } = setStage()

  times(10_000, () => {
    send('nobody', 1, 'drop')
  })
  const burst = told.length
  clock.advance(1000)
  times(10_000, () => {
    send('nobody', 1)
  })

  const cost = 1 + 27 + 256
  expect(burst).toBe(Math.floor(BURST_BYTES / cost))
  expect(told.length - burst).toBeLessThanOrEqual(Math.ceil(BYTES_PER_SECOND / cost))
})

test('[SIG25] a flood that is dropped is read no further, until time has made up for it', () => {
  const { bo, send, isRead, clock } = setStage()
  const cost = 1 + 27 + 256
  const inBurst = Math.floor(BURST_BYTES / cost)

  times(2 * inBurst, () => {
    send('bo', 1, 'drop')
  })
  const patient = isRead()
  // As many as are in one gulp from a socket.
  times(2_000, () => {
    send('bo', 1, 'drop')
  })
  const flooded = isRead()
  clock.advance(4_000)
  const soon = isRead()
  clock.advance(200)

  expect(bo.got).toHaveLength(inBurst)
  expect([patient, flooded, soon, isRead()]).toEqual([true, false, false, true])
})

test('an ended relay leaves no timer and sends nothing more', () => {
  const { bo, relay, send, clock } = setStage()
  times(100, () => {
    send('bo', MAX_RELAY_PAYLOAD_BYTES)
  })
  bo.behind = true
  clock.advance(100)
  const passed = bo.got.length

  relay.end()
  bo.catchUp()
  clock.advance(60_000)

  expect(clock.pending()).toBe(0)
  expect(bo.got).toHaveLength(passed)
})

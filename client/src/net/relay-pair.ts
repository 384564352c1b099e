import type { PeerId, RelayUrgency } from '@beatcord/shared'
import { createMeter } from './meter.ts'
import { createPageName } from './page-name.ts'
import { createRelayPath } from './relay-path.ts'
import type { RelayPath } from './relay-path.ts'
import type { Timers } from './timers.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
/** The oldest page that either end takes. */
export const RELAY_PAGE = createPageName(1_000_000)

export interface RelayEnd {
  readonly path: RelayPath
  readonly heard: string[]
  readonly changes: string[]
  readonly broke: string[]
}

export interface Carried {
  readonly to: 'ana' | 'bo'
  readonly urgency: RelayUrgency
  readonly payload: Uint8Array
}

/** Ana and bo, and a server between them that shows what it carries and does with it what the test wants. */
export interface RelayPair {
  readonly ana: RelayEnd
  readonly bo: RelayEnd
  readonly carried: readonly Carried[]
  carry: (one: Carried) => void
  readonly deliver: (one: Carried) => void
}

export interface RelayPairOptions {
  /** Of ana and of bo. */
  readonly keys: readonly [CryptoKey, CryptoKey]
  readonly pageOfBo: string
  readonly timers: Timers
}

export function createRelayPair({ keys, pageOfBo, timers }: RelayPairOptions): RelayPair {
  const carried: Carried[] = []

  function end(self: 'ana' | 'bo', key: CryptoKey, page: string): RelayEnd {
    const other = self === 'ana' ? 'bo' : 'ana'
    const heard: string[] = []
    const changes: string[] = []
    const broke: string[] = []
    const path = createRelayPath({
      timers,
      meter: createMeter(),
      self: self === 'ana' ? ANA : BO,
      peer: self === 'ana' ? BO : ANA,
      page,
      key,
      pipe: {
        send(urgency, payload) {
          const one = { to: other, urgency, payload } as const
          carried.push(one)
          room.carry(one)
          return true
        },
        bufferedBytes: () => 0,
      },
      canRelay: () => true,
      admitsPage: (from) => from >= RELAY_PAGE,
      onBytes: (lane, bytes) => heard.push(`${lane} ${String(bytes[0])}`),
      onControl: ({ kind }) => heard.push(kind),
      onBroke: (code) => broke.push(code),
      onChange: () => changes.push(path.open() === undefined ? 'closed' : 'open'),
    })
    return { path, heard, changes, broke }
  }

  const deliver = ({ to, payload }: Carried): void => {
    room[to].path.hear(payload, timers.now())
  }
  const room: RelayPair = {
    ana: end('ana', keys[0], RELAY_PAGE),
    bo: end('bo', keys[1], pageOfBo),
    carried,
    carry: deliver,
    deliver,
  }
  return room
}

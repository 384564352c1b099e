import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { SECRET_BYTES } from './control-message.ts'
import { createFakeTimers } from './fake-timers.ts'
import { createIntroductions } from './introductions.ts'
import { createReplayGuard } from './replay-guard.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { createSealedSignals } from './sealed-signals.ts'
import type { SealedSignals } from './sealed-signals.ts'
import { until } from './test-tab.ts'

const keys = await deriveRoomKeys(createRoomSecret())
const [ANA, BO, CY] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [PeerId, PeerId, PeerId]

interface Spoken {
  readonly sealed: SealedSignals
  /** `<way> <peer>` of each signal that left, in order. */
  readonly left: readonly string[]
  /** The server's socket as ana sees it. */
  readonly socket: { isSeated: boolean; takes: boolean }
}

/** Ana, who has been linked to bo, and has a link to cy, who reaches bo or does not. */
function ana(cyReachesBo: boolean): Spoken {
  const left: string[] = []
  const socket = { isSeated: true, takes: true }
  const introductions = createIntroductions({
    timers: createFakeTimers(),
    self: () => ANA,
    isLinked: (peer) => peer === CY,
    reaching: () => (cyReachesBo ? [CY] : []),
    send: (to, { kind }) => left.push(`${kind} ${to}`),
    onSignal: () => undefined,
  })
  introductions.hear(BO, { kind: 'secret', bytes: new Uint8Array(SECRET_BYTES) })
  const sealed = createSealedSignals({
    signal: {
      self: createLive<PeerId | undefined>(ANA),
      canSignal: () => socket.isSeated,
      sendSignal(to) {
        left.push(`${socket.takes ? 'server' : 'kept'} ${to}`)
        return socket.takes
      },
      onSignal: () => () => undefined,
    },
    key: keys.signalKey,
    guard: createReplayGuard(),
    introductions,
    onSignal: () => undefined,
  })
  return { sealed, left, socket }
}

const please = { kind: 'please', page: 'a page' } as const

test('[LINK19] a signal whose socket moved while it was sealed goes by a member too', async () => {
  const { sealed, left, socket } = ana(true)

  socket.takes = false
  sealed.send(BO, please)
  await until(() => left.length === 2)

  expect(left).toEqual([`kept ${BO}`, `pass ${CY}`])
})

test('[LINK19] while the socket moves signals go by a member, and without one they wait for it', async () => {
  const [withCy, alone] = [ana(true), ana(false)]

  for (const { sealed, socket } of [withCy, alone]) {
    Object.assign(socket, { isSeated: false, takes: false })
    sealed.send(BO, please)
  }
  await until(() => withCy.left.length + alone.left.length === 2)

  expect([withCy.left, alone.left]).toEqual([[`pass ${CY}`], [`kept ${BO}`]])
})

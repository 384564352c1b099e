import { expect, test } from 'vitest'
import type { TrackId } from '../sequence/song.ts'
import { createMidiControls } from './midi-controls.ts'
import { createMidiKeys } from './midi-keys.ts'
import { parseMidi } from './midi-message.ts'

const TRACK = 'anasanasanas' as TrackId

/** A port at the browser's interface; no real one is plugged into the machines that test. */
interface FakePort {
  readonly id: string
  readonly name: string | null
  state: 'connected' | 'disconnected'
  onmidimessage: ((event: { data: Uint8Array | null; timeStamp: number }) => void) | null
}
const portOf = (id: string, name: string | null = id): FakePort => ({
  ...{ id, name, state: 'connected', onmidimessage: null },
})

function keysWith(ports: readonly FakePort[], refuses = false) {
  const access = {
    inputs: new Map(ports.map((port) => [port.id, port])),
    onstatechange: null as (() => void) | null,
  }
  const played: string[] = []
  const keys = createMidiKeys({
    request: () =>
      refuses ? Promise.reject(new Error('no')) : Promise.resolve(access as unknown as MIDIAccess),
    hands: {
      press: (track, pitch, velocity, atMs) =>
        played.push(`${track.slice(0, 3)} ${pitch}/${velocity} at ${atMs}`) > 0,
      letGo: (pitch) => void played.push(`-${pitch}`),
      letAllGo: () => void played.push('all'),
      sustain: (isDown) => void played.push(isDown ? 'down' : 'up'),
      bend: (semitones) => void played.push(`bend ${semitones.toFixed(2)}`),
    },
  })
  const send = (port: FakePort | undefined, ...data: number[]): void => {
    port?.onmidimessage?.({ data: Uint8Array.from(data), timeStamp: 5 })
  }
  return { ...keys, access, played, send }
}

test('[HAND7] notes, pedal and wheel of an instrument play the track that is open', async () => {
  const port = portOf('keys')
  const { start, aim, send, played, state } = keysWith([port])
  expect(state.read()).toEqual({ status: 'off' })
  await start()
  send(port, 0x90, 60, 100)
  expect(played, 'nothing is open').toEqual([])

  aim(TRACK)
  send(port, 0x90, 60, 100)
  send(port, 0xb0, 64, 127)
  send(port, 0x90, 60, 0)
  send(port, 0x83, 62, 64)
  send(port, 0xb0, 64, 0)
  send(port, 0xe0, 0, 96)
  send(port, 0xb0, 123, 0)

  expect(played).toEqual(['ana 60/100 at 5', 'down', '-60', '-62', 'up', 'bend 1.00', 'all'])
})

test('[HAND7] an instrument and a channel are chosen; what is plugged in later is found, what is pulled out lets go', async () => {
  const [one, two] = [portOf('one'), portOf('two', null)]
  const { start, aim, choose, send, played, state, access } = keysWith([one])
  await start()
  aim(TRACK)
  access.inputs.set('two', two)
  access.onstatechange?.()
  expect(state.read()).toMatchObject({
    devices: [
      { id: 'one', name: 'one' },
      { id: 'two', name: 'two' },
    ],
  })

  choose({ device: 'two', channel: 3 })
  send(one, 0x92, 60, 100)
  send(two, 0x90, 61, 100)
  send(two, 0x92, 62, 100)
  two.state = 'disconnected'
  access.onstatechange?.()

  expect(played).toEqual(['all', 'ana 62/100 at 5', 'all'])
  expect(state.read()).toMatchObject({ devices: [{ id: 'one' }] })
})

test('[HAND7] a browser that is told no, or has none, says so, and may be asked again', async () => {
  const refused = keysWith([], true)
  await refused.start()
  expect(refused.state.read()).toEqual({ status: 'denied' })
  await refused.start()
  expect(refused.state.read()).toEqual({ status: 'denied' })

  const { hands } = { hands: {} as Parameters<typeof createMidiKeys>[0]['hands'] }
  const none = createMidiKeys({ request: undefined, hands })
  await none.start()
  expect(none.state.read()).toEqual({ status: 'unsupported' })
})

test.each([
  [[0x90, 60]],
  [[]],
  [[0xf8]],
  [[0x90, 200, 100]],
  [[0x90, 60, 200]],
  [[0x90, 12, 100]],
  [[0x90, 120, 100]],
  [[0xc0, 5]],
  [[0xb0, 121, 0]],
  [[0xf0, 1, 2, 0xf7]],
])('[HAND7] %j means nothing here', (data) => {
  expect(parseMidi(Uint8Array.from(data), 0)).toBeUndefined()
})

test('[HAND7] a controller turns what it is taught, which is remembered; junk in its place is passed over', async () => {
  const port = portOf('keys')
  const { start, aim, send, onControl } = keysWith([port])
  const turned: (readonly [number, number])[] = []
  onControl((controller, value) => void turned.push([controller, value]))
  await start()
  aim(TRACK)
  send(port, 0xb5, 21, 127)
  expect(turned).toEqual([[21, 1]])

  const kept = new Map([
    ['midi-controls', '{"21":"nonsense","999":"cutoffHz","x":1,"22":"resonance"}'],
  ])
  const drawer = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string) => void kept.set(key, value),
  }
  const first = createMidiControls(drawer)
  expect([21, 999, 22, 74, 1].map((each) => first.controls.read().get(each))).toEqual([
    ...[undefined, undefined, 'resonance', 'cutoffHz', undefined],
  ])
  first.learn(21, 'volume')
  expect(createMidiControls(drawer).controls.read().get(21)).toBe('volume')
})

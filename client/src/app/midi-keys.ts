import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { TrackId } from '../sequence/song.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { MidiKnobs } from './midi-controls.ts'
import { parseMidi } from './midi-message.ts'

/** One instrument that is plugged in. */
export interface MidiDevice {
  readonly id: string
  readonly name: string
}

export type MidiState =
  | { readonly status: 'off' | 'asking' | 'denied' | 'unsupported' }
  | {
      readonly status: 'on'
      readonly devices: readonly MidiDevice[]
      /** The one that is heard; undefined for all. */
      readonly device: string | undefined
      /** 1 to 16; 0 for all. */
      readonly channel: number
    }

/** Instruments of this device's own, which play the open track. */
export interface MidiKeys {
  readonly state: Live<MidiState>
  /** Asks the browser, which asks the person. */
  start(): Promise<void>
  choose(change: { readonly device?: string | undefined; readonly channel?: number }): void
  /** @param track  which they play; none without it */
  aim(track: TrackId | undefined): void
  /** @param listener is told the controller and where it stands, 0 to 1 */
  onControl(listener: (controller: number, value: number) => void): Undo
}

/** Together with what their knobs turn. */
export type Midi = MidiKeys & MidiKnobs

export interface MidiKeysOptions {
  /** The browser's, where it has one. */
  readonly request: (() => Promise<MIDIAccess>) | undefined
  /** @see HandPlay */
  readonly hands: {
    press(track: TrackId, pitch: Pitch, velocity: number, atMs: number): boolean
    letGo(pitch: Pitch, atMs: number): void
    letAllGo(): void
    sustain(isDown: boolean, atMs: number): void
    bend(semitones: number): void
  }
}

const MOST_CHANNELS = 16

export function createMidiKeys({ request, hands }: MidiKeysOptions): MidiKeys & {
  readonly close: Undo
} {
  const scope = createScope()
  const state = createLive<MidiState>({ status: request === undefined ? 'unsupported' : 'off' })
  const events = createEvents<{ control: [controller: number, value: number] }>()
  let access: MIDIAccess | undefined
  let track: TrackId | undefined
  let device: string | undefined
  let channel = 0

  const take = (data: Uint8Array, atMs: number): void => {
    const message = parseMidi(data, channel)
    if (message === undefined || track === undefined) return
    switch (message.kind) {
      case 'note':
        if (message.velocity > 0) hands.press(track, message.pitch, message.velocity, atMs)
        else hands.letGo(message.pitch, atMs)
        return
      case 'pedal':
        hands.sustain(message.isDown, atMs)
        return
      case 'bend':
        hands.bend(message.semitones)
        return
      case 'quiet':
        hands.letAllGo()
        return
      case 'control':
        events.emit('control', message.controller, message.value)
    }
  }
  const look = (): void => {
    if (access === undefined) return
    const inputs = [...access.inputs.values()].filter((input) => input.state === 'connected')
    for (const input of inputs) {
      input.onmidimessage = ({ data, timeStamp }) => {
        if (data !== null && (device === undefined || device === input.id)) take(data, timeStamp)
      }
    }
    const devices = inputs.map(({ id, name }) => ({ id, name: name ?? id }))
    // What was held on one that is gone is never let go there.
    const before = state.read()
    const isGone =
      before.status === 'on' &&
      before.devices.some(({ id }) => !devices.some((one) => one.id === id))
    if (isGone) hands.letAllGo()
    state.set({ status: 'on', devices, device, channel })
  }
  scope.own(() => {
    if (access === undefined) return
    access.onstatechange = null
    for (const input of access.inputs.values()) input.onmidimessage = null
  })

  return {
    state,
    async start() {
      if (request === undefined || !['off', 'denied'].includes(state.read().status)) return
      state.set({ status: 'asking' })
      try {
        access = await request()
        access.onstatechange = look
        look()
      } catch {
        // The person, or who runs the browser, said no.
        state.set({ status: 'denied' })
      }
    },
    choose(change) {
      hands.letAllGo()
      if ('device' in change) ({ device } = change)
      channel = Math.min(MOST_CHANNELS, Math.max(0, Math.round(change.channel ?? channel)))
      look()
    },
    aim(next) {
      track = next
    },
    onControl: (listener) => events.on('control', listener),
    close: scope.close,
  }
}

import type { HandPlay, HeldKey, Pocket, Recording } from '../../app/hand-types.ts'
import { createMidiControls } from '../../app/midi-controls.ts'
import { createMidiKeys } from '../../app/midi-keys.ts'
import { createHandSettings } from '../../app/hand-settings.ts'
import type { Drawer } from '../../app/storage.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import type { Pitch } from '../../sequence/pattern.ts'

/** Hands that nobody hears: whoever holds them also plays the others. */
export interface LocalHands extends HandPlay {
  readonly pressed: LiveSource<readonly Pitch[]>
  readonly heldByOthers: LiveSource<readonly HeldKey[]>
  readonly recording: LiveSource<Recording | undefined>
  /** What was pressed, as `pitch/velocity`, and let go, as `-pitch`; latest last. */
  readonly played: readonly string[]
  /** What the browser gives when it is asked for instruments; undefined: it has no such thing. */
  readonly ports: LiveSource<MIDIAccess | undefined>
  /** How many notes the next keeping finds. */
  keeps: number
  later: Pocket | undefined
}

export function createLocalHands(): LocalHands {
  const kept = new Map<string, string>()
  const drawer: Drawer = {
    read: (key) => kept.get(key),
    write: (key, value) => void kept.set(key, value),
  }
  const pressed = createLive<readonly Pitch[]>([])
  const recording = createLive<Recording | undefined>(undefined)
  const played: string[] = []
  const letGo = (pitch: Pitch): void => {
    if (!pressed.read().includes(pitch)) return
    played.push(`-${pitch}`)
    pressed.set(pressed.read().filter((each) => each !== pitch))
  }
  const ports = createLive<MIDIAccess | undefined>(undefined)
  const hands: LocalHands = {
    ...createHandSettings(drawer),
    ports,
    midi: {
      ...createMidiControls(drawer),
      ...createMidiKeys({
        request() {
          const access = ports.read()
          return access === undefined ? Promise.reject(new Error('no')) : Promise.resolve(access)
        },
        hands: {
          press: (track, pitch, velocity, atMs) => hands.press(track, pitch, velocity, atMs),
          letGo,
          letAllGo: () => hands.letAllGo(),
          sustain: (isDown, atMs) => hands.sustain(isDown, atMs),
          bend: (semitones) => hands.bend(semitones),
        },
      }),
    },
    ...{ pressed, recording, played, keeps: 0, later: undefined },
    heldByOthers: createLive<readonly HeldKey[]>([]),
    pocket: () => hands.later,
    press(_track, pitch, velocity) {
      if (pressed.read().includes(pitch)) return false
      played.push(`${pitch}/${velocity}`)
      pressed.set([...pressed.read(), pitch])
      return true
    },
    letGo,
    letAllGo() {
      pressed.read().forEach(letGo)
    },
    sustain: (isDown) => void played.push(isDown ? 'pedal' : 'no pedal'),
    bend: (semitones) => void played.push(`bend ${semitones}`),
    record(track, pattern) {
      recording.set({ track, pattern, mode: hands.settings.read().mode })
    },
    stopRecording() {
      recording.set(undefined)
    },
    keepPlayed: () => hands.keeps,
  }
  return hands
}

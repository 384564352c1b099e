import type { HandPlay, HeldKey, Pocket, Recording } from '../../app/hand-types.ts'
import { createMidiControls } from '../../app/midi-controls.ts'
import { createMidiKeys } from '../../app/midi-keys.ts'
import { createHandSettings } from '../../app/hand-settings.ts'
import type { Drawer } from '../../app/storage.ts'
import { createStepInput } from '../../app/step-input.ts'
import { createLive, type Live, type LiveSource } from '../../lib/live.ts'
import type { NoteEdits, PatternName, Pitch } from '../../sequence/pattern.ts'
import type { Song, TrackId } from '../../sequence/song.ts'
import type { Refusal } from '../../jam/writable.ts'

export interface LocalHandsOptions {
  readonly song: Live<Song>
  write(track: TrackId, edits: NoteEdits, pattern: PatternName): void
}

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
  /** Why nothing is written step by step; undefined when it is. */
  refuses: Refusal | undefined
  later: Pocket | undefined
}

export function createLocalHands({ song, write }: LocalHandsOptions): LocalHands {
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
    steps.letGo(pitch)
    pressed.set(pressed.read().filter((each) => each !== pitch))
  }
  const ports = createLive<MIDIAccess | undefined>(undefined)
  let takes = 0
  const settings = createHandSettings(drawer)
  const steps = createStepInput({
    ...{ song, history: createLive([]), nextTake: () => (takes += 1), mayEdit: () => true },
    settings: settings.settings.read,
    undo: () => undefined,
    write({ track, pattern }, edits) {
      if (hands.refuses === undefined) write(track, edits, pattern)
      return hands.refuses
    },
  })
  const hands: LocalHands = {
    ...settings,
    steps,
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
    ...{ pressed, recording, played, keeps: 0, refuses: undefined, later: undefined },
    heldByOthers: createLive<readonly HeldKey[]>([]),
    pocket: () => hands.later,
    press(_track, pitch, velocity) {
      if (pressed.read().includes(pitch)) return false
      played.push(`${pitch}/${velocity}`)
      pressed.set([...pressed.read(), pitch])
      steps.press(pitch, velocity)
      return true
    },
    letGo,
    letAllGo() {
      pressed.read().forEach(letGo)
    },
    sustain: (isDown) => void played.push(isDown ? 'pedal' : 'no pedal'),
    bend: (semitones) => void played.push(`bend ${semitones}`),
    wheel: (value) => void played.push(`wheel ${value}`),
    record(track, pattern) {
      steps.end()
      recording.set({ track, pattern, mode: hands.settings.read().mode })
    },
    stopRecording() {
      recording.set(undefined)
    },
    keepPlayed: () => hands.keeps,
  }
  return hands
}

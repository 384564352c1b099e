import { beatAt, isPlayingAt, segmentAt } from '../clock/tempo-map.ts'
import { bpmIn } from '../clock/segment.ts'
import { type Pocket, pocketFor } from '../clock/pocket.ts'
import { createCatchVerbs } from '../jam/catch-verbs.ts'
import { createHands } from '../jam/hands.ts'
import type { Jam } from '../jam/jam.ts'
import { LIVE_HAND, LIVE_HAND_NEED } from '../jam/live-kinds.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import { isForReading } from '../jam/writable.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { isArpeggiated } from '../sequence/arp-settings.ts'
import type { Pitch } from '../sequence/pattern.ts'
import { soundingPitch } from '../sequence/scale.ts'
import type { TrackId } from '../sequence/song.ts'
import type { Engine } from '../sound/engine-types.ts'
import { createHandMemory } from './hand-memory.ts'
import { playOthers } from './hand-others.ts'
import { createHandRecorder } from './hand-recorder.ts'
import { createHandSettings } from './hand-settings.ts'
import { createHandWheels } from './hand-wheels.ts'
import type { HandPlay } from './hand-types.ts'
import { createMidiControls } from './midi-controls.ts'
import { createMidiKeys } from './midi-keys.ts'
import type { ClickSettings } from './session-types.ts'
import { createStepInput } from './step-input.ts'
import type { Drawer } from './storage.ts'

export interface HandDeskOptions {
  readonly jam: Jam
  readonly mesh: Mesh
  readonly timers: Timers
  readonly drawer: Drawer
  readonly engine: () => Pick<Engine, 'playHand' | 'bendHand'> | undefined
  readonly latencyMs: () => number
  readonly frameAt: (sharedMs: number) => number | undefined
  readonly ownTrack: () => OwnTrack
  readonly mayPlay: (peer: Parameters<Parameters<typeof createHands>[0]['mayPlay']>[0]) => boolean
  readonly mayEdit: (track: TrackId) => boolean
  /** Whom this person does without. */
  readonly hidden: Live<ReadonlySet<string>>
  readonly transport: { play(): void }
  /** The browser's, where it has one. */
  readonly requestMidi: (() => Promise<MIDIAccess>) | undefined
  readonly click: { read(): ClickSettings }
  setClick(change: Partial<ClickSettings>): void
}

/** Until the audio thread has it, ms. */
const HANDOVER_MS = 4
/** A browser that nobody has said anything of yet is thought to be like ours, and its second frame to be the one that comes. */
const SECOND_FRAME_MS = 15
const ME = 'me'

/** What this person plays by hand, what of it is caught, and what others play. */
export function createHandDesk(options: HandDeskOptions): HandPlay & { readonly close: Undo } {
  const { jam, timers, engine } = options
  const scope = createScope()
  const settings = createHandSettings(options.drawer)
  const memory = createHandMemory()
  const pressed = createLive<readonly Pitch[]>([])
  const sharedMs = (): number => jam.clock.sharedMsAt(timers.now())
  const reachMs = (): number => options.latencyMs() + HANDOVER_MS
  const bpmNow = (): number => {
    const nowMs = sharedMs()
    return bpmIn(segmentAt(jam.transport.read(), nowMs), nowMs)
  }
  const needMs = (): number =>
    hands.neededMs() ?? jam.clock.p95OneWayMs() + SECOND_FRAME_MS + reachMs()
  const pocket = (): Pocket | undefined =>
    settings.settings.read().timing === 'pocket' ? pocketFor(needMs(), bpmNow()) : undefined
  const hands = createHands({
    ...{ mesh: options.mesh, timers, sharedMs, reachMs, mayPlay: options.mayPlay },
    delayMs: () => pocket()?.ms ?? 0,
  })
  scope.own(hands.close)
  const wheels = createHandWheels(ME, hands, engine)
  scope.own(jam.lateFrames.take(LIVE_HAND, hands.hear))
  scope.own(jam.lateFrames.take(LIVE_HAND_NEED, hands.hearNeed))
  let takes = Math.floor(timers.now())
  const nextTake = (): number => (takes += 1)
  const recorder = createHandRecorder({
    ...{ jam, memory, sharedMs, timers, nextTake, ownTrack: options.ownTrack },
    strength: () => settings.settings.read().strength / 100,
  })
  scope.own(recorder.close)
  const steps = createStepInput({
    ...{ song: jam.song, history: jam.history, nextTake, mayEdit: options.mayEdit },
    settings: settings.settings.read,
    undo: (id) => void jam.verbs.undo(id),
    write: (place, edits, take) =>
      // Of the copy that is played now.
      jam.verbs.late(createCatchVerbs).writeTake(place, edits, options.ownTrack(), take),
  })
  scope.own(steps.close)

  /** What sounds for a written pitch on that track; of a kit each piece has its own. */
  const soundOf = (id: TrackId, pitch: Pitch): Pitch => {
    const { tracks, root, scale } = jam.song.read()
    const isKit = tracks.find((track) => track.id === id)?.sound.instrument === 'drums'
    return isKit ? pitch : soundingPitch(pitch, root, scale)
  }
  /** Where the song is; undefined while it stands, or counts in. */
  const beatPlayedAt = (atMs: number): number | undefined => {
    const transport = jam.transport.read()
    const beat = isPlayingAt(transport, atMs) ? beatAt(transport, atMs) : -1
    return beat < 0 ? undefined : beat
  }
  const isArpeggiatedNow = (id: TrackId): boolean =>
    jam.song.read().tracks.some((one) => one.id === id && isArpeggiated(one.sound))
  const sound = (
    hand: string,
    track: TrackId,
    key: Pitch,
    velocity: number,
    atMs: number,
    seed: number,
    isAtOnce = false,
  ): void => {
    const pitch = soundOf(track, key)
    const frame = (isAtOnce ? undefined : options.frameAt(atMs)) ?? -Infinity
    const beat = beatPlayedAt(atMs)
    engine()?.playHand({ hand, track, key, pitch, velocity, frame, beat, seed })
  }
  const heldByOthers = playOthers({ hands, hidden: options.hidden, engine, sharedMs, sound }, scope)

  /** How late my own keys are heard, where they are not heard at once. */
  const delayed = new Map<Pitch, number>()
  let isSustained = false
  /** Let go while the pedal is down. */
  let lingering: readonly Pitch[] = []
  let track: TrackId | undefined
  let wasCounting = false

  const strike = (pitch: Pitch, velocity: number, atMs: number): boolean => {
    if (track === undefined) return false
    const moment = jam.clock.sharedMsAt(atMs)
    const number = hands.play(track, { pitch, velocity, sharedMs: moment })
    if (number === undefined) return false
    // An arpeggiator is in time anyway: it gets my keys when everybody's does, so that all hear the same of it.
    if (velocity > 0 && isArpeggiatedNow(track)) delayed.set(pitch, hands.sentDelayMs())
    const delayMs = delayed.get(pitch) ?? 0
    if (velocity === 0) delayed.delete(pitch)
    sound(ME, track, pitch, velocity, moment + delayMs, number, delayMs === 0)
    if (velocity > 0) remember(track, pitch, velocity, moment)
    else {
      const ended = memory.letGo(track, pitch, moment)
      if (ended !== undefined) recorder.take(ended)
    }
    return true
  }
  const remember = (on: TrackId, pitch: Pitch, velocity: number, fromMs: number): void => {
    const transport = jam.transport.read()
    const beat = isPlayingAt(transport, fromMs) ? beatAt(transport, fromMs) : undefined
    memory.press({ track: on, pitch, velocity, fromMs, beat, bpm: bpmNow() })
  }
  const end = (pitch: Pitch, atMs: number): void => {
    if (strike(pitch, 0, atMs)) pressed.set(pressed.read().filter((each) => each !== pitch))
  }
  const endAll = (): void => {
    lingering = []
    for (const pitch of pressed.read()) end(pitch, timers.now())
  }
  const turnTo = (next: TrackId): void => {
    if (next === track) return
    endAll()
    wheels.turnTo(next)
    track = next
  }
  scope.own(endAll)

  const play: Omit<HandPlay, 'midi'> = {
    ...settings,
    steps: {
      ...steps,
      begin(on, pattern) {
        play.stopRecording()
        steps.begin(on, pattern)
      },
    },
    pressed,
    heldByOthers,
    recording: recorder.recording,
    pocket,
    press(on, pitch, velocity, atMs) {
      if (isForReading(jam.writable.read()) || !options.mayEdit(on)) return false
      turnTo(on)
      // Struck again under the pedal.
      if (lingering.includes(pitch)) {
        lingering = lingering.filter((each) => each !== pitch)
        end(pitch, atMs)
      }
      const clamped = Math.min(127, Math.max(1, Math.round(velocity)))
      if (!strike(pitch, clamped, atMs)) return false
      pressed.set([...pressed.read(), pitch])
      if (steps.place.read()?.track === on) steps.press(pitch, clamped)
      return true
    },
    letGo(pitch, atMs) {
      steps.letGo(pitch)
      if (!isSustained) end(pitch, atMs)
      else if (pressed.read().includes(pitch)) lingering = [...new Set([...lingering, pitch])]
    },
    letAllGo() {
      isSustained = false
      pressed.read().forEach(steps.letGo)
      endAll()
    },
    sustain(isDown, atMs) {
      isSustained = isDown
      if (isDown) return
      for (const pitch of lingering) end(pitch, atMs)
      lingering = []
    },
    bend: wheels.bend,
    wheel: wheels.wheel,
    record(on, pattern) {
      if (isForReading(jam.writable.read()) || !options.mayEdit(on)) return
      const isStanding = !isPlayingAt(jam.transport.read(), sharedMs())
      wasCounting = options.click.read().countIn
      if (isStanding && !wasCounting) options.setClick({ countIn: true })
      steps.end()
      recorder.begin({ track: on, pattern, mode: settings.settings.read().mode })
      if (isStanding) options.transport.play()
    },
    stopRecording() {
      if (recorder.recording.read() === undefined) return
      recorder.end()
      if (!wasCounting) options.setClick({ countIn: false })
    },
    keepPlayed: (on, pattern) => (options.mayEdit(on) ? recorder.keepPlayed(on, pattern) : 0),
  }
  const { close, ...keys } = createMidiKeys({ request: options.requestMidi, hands: play })
  scope.own(close)
  const midi = { ...keys, ...createMidiControls(options.drawer) }
  return { ...play, midi, close: scope.close }
}

import { EMPTY_SONG, type TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createArpNotes } from './arp-notes.ts'
import type { EngineCore } from './core-types.ts'
import {
  clearBus,
  createBus,
  createDesk,
  gather,
  mixBus,
  setBusSound,
  type BlockPlace,
  type Bus,
} from './dsp/bus.ts'
import { createMaster, ROOM_STEM, type Stems } from './dsp/master.ts'
import { mixHash } from './dsp/hash.ts'
import { createHush } from './dsp/hush.ts'
import { BLOCK } from './dsp/strip.ts'
import type { NoteStart } from './dsp/voice.ts'
import { createVoices, MAX_TRACK_VOICES } from './dsp/voices.ts'
import { MAX_UNISON } from './dsp/oscillator.ts'
import {
  changeTrack,
  createTrack,
  isArpeggiated,
  relateTracks,
  soundOf,
  strike,
  type EngineTrack,
  type TrackWalker,
} from './engine-tracks.ts'
import type { Ease, FrameSegment, FrameSteps, PersonalMix } from './engine-types.ts'
import { stepCountAt } from './frame-steps.ts'
import { beatAtFrame, frameOfBeat } from './frame-tempo.ts'
import { drumsSounding, endNotes, ringing } from './sounding.ts'
import { createMetronome } from './metronome.ts'
import { createPendingNotes, type PendingNote } from './pending-notes.ts'
import { createPlayhead } from './playhead.ts'
import type { TrackPatch } from './song-patch.ts'
import { addStepNotes } from './step-notes.ts'

/** Buses below this peak (-80 dB) do not count as sounding. */
const INAUDIBLE = 1e-4
const EASED_UNISON = 3
const EASED_VOICES = 3
/** Of a note that is tried out by hand; each sounds a little different. */
const AUDITION = 0x4865_6172

export function createEngineCore(sampleRate: number): EngineCore {
  // What is auditioned on a track that is not in the song yet sounds as a new track would.
  const spare = createBus('', INITIAL_SOUND, false, sampleRate)
  const voices = createVoices(sampleRate, spare.strip)
  const metronome = createMetronome(sampleRate)
  const desk = createDesk()
  const master = createMaster(sampleRate)
  const hush = createHush(sampleRate)
  const pending = createPendingNotes()
  const arps = createArpNotes()
  const tracks: EngineTrack[] = []
  let walkers: TrackWalker[] = []
  let buses: Bus[] = [spare]
  let steps: FrameSteps = { count: EMPTY_SONG.stepCount }
  let personal: PersonalMix = new Map()
  let spared: TrackId | undefined
  const now = { ease: 0 as Ease, auditions: 0, origin: 0 }
  const place: BlockPlace = { beat: 0, beatsPerFrame: 1, frame: 0, age: 0, count: BLOCK }
  const start: NoteStart = { pitch: 0, velocity: 0, offset: 0, seed: 0 }
  const span: { segment: FrameSegment | undefined; from: number } = { segment: undefined, from: 0 }

  const trackById = (id: string): EngineTrack | undefined => tracks.find((one) => one.id === id)
  const begin = ({ bus, beat, endBeat, pitch, velocity, seed }: PendingNote): void => {
    if (bus === undefined || span.segment === undefined) return
    const frame = Math.max(span.from, frameOfBeat(span.segment, beat))
    start.pitch = pitch
    start.velocity = velocity
    start.offset = frame - place.frame
    start.seed = seed
    const voice = strike(voices, bus, start, place.frame)
    if (voice !== undefined) voice.endBeat = endBeat
  }
  const playhead = createPlayhead<TrackWalker>({
    onStep({ track, isArp }, step, frame) {
      const one = track()
      const { bus, loop } = one
      if (isArp !== isArpeggiated(one)) return
      const stepCount = stepCountAt(steps, frame)
      if (!isArp) addStepNotes(pending, bus, loop, step, stepCount)
      else arps.add(pending, bus, trackById(soundOf(one).arpFeed) ?? one, step, stepCount)
    },
    onHalt(frame) {
      pending.drop()
      voices.release(frame - place.frame)
      metronome.halt()
    },
    onLeap({ track }, frame) {
      const { bus } = track()
      pending.drop(bus)
      voices.release(frame - place.frame, bus.strip)
    },
    onSpan(segment, from, to) {
      span.segment = segment
      span.from = from
      pending.take(beatAtFrame(segment, to - 0.5), begin)
      endNotes(voices, segment, from, to, place.frame)
      metronome.walk(segment, from, to, place.frame)
    },
  })

  /** Throws away all that sounds; to be called in silence. */
  const clear = (): void => {
    voices.silence()
    master.clearRoom()
    for (const bus of buses) clearBus(bus, now.ease >= 2, sampleRate)
  }
  const processBlock = (
    left: Float32Array,
    right: Float32Array,
    at: number,
    stems: Stems | undefined,
  ): void => {
    const { count } = place
    playhead.walk(place.frame, place.frame + count, walkers)
    playhead.readPlace(place.frame, place)
    voices.render(count, place)
    desk.left.fill(0)
    desk.right.fill(0)
    desk.sendLeft.fill(0)
    desk.sendRight.fill(0)
    for (const bus of buses) gather(bus, place, count, sampleRate)
    for (const bus of buses) {
      const sounds = mixBus(bus, desk, place, sampleRate)
      if (sounds) stems?.take(bus.id, desk.busLeft, desk.busRight, at, count)
    }
    master.addReverb(desk, count, place.age, now.ease >= 2)
    stems?.take(ROOM_STEM, master.roomLeft, master.roomRight, at, count)
    master.hold(desk, count)
    if (hush.process(desk.left, desk.right, count)) clear()
    metronome.mix(desk.left, desk.right, count)
    master.finish(desk, left, right, at, count)
  }

  const settle = (): void => {
    relateTracks(tracks, personal)
    voices.limits.spared = spared === undefined ? undefined : trackById(spared)?.bus.strip
    walkers = tracks.flatMap((track) => [track.steps, track.arp])
    buses = [spare, ...tracks.map(({ bus }) => bus), ...ringing(voices, buses, tracks, spare)]
  }
  const takePatch = (patch: TrackPatch): void => {
    const { id, loop, sound } = patch
    const track = trackById(id)
    if (track !== undefined) changeTrack(track, patch, now.ease >= 2, sampleRate)
    else if (loop !== undefined && sound !== undefined) {
      tracks.push(createTrack(id, loop, sound, now.ease >= 2, sampleRate))
    }
  }

  return {
    latency: master.latency,
    change({ changed, removed }) {
      changed.forEach(takePatch)
      for (const id of removed) {
        const index = tracks.findIndex((track) => track.id === id)
        const [gone] = index < 0 ? [] : tracks.splice(index, 1)
        if (gone === undefined) continue
        voices.release(0, gone.bus.strip)
        pending.drop(gone.bus)
      }
      settle()
    },
    setTempo(tempo) {
      playhead.setTempo(tempo)
    },
    setSteps(next) {
      steps = next
    },
    setClick: metronome.set,
    setMix(mix) {
      personal = mix
      settle()
    },
    audition({ track: id, pitch, velocity, seconds }) {
      const bus = trackById(id)?.bus ?? spare
      start.pitch = pitch
      start.velocity = velocity
      start.offset = 0
      start.seed = mixHash(AUDITION, ++now.auditions)
      const voice = strike(voices, bus, start, place.frame)
      if (voice !== undefined) voice.endSamples = Math.max(1, Math.round(seconds * sampleRate))
    },
    panic() {
      pending.drop()
      hush.begin()
    },
    setVolume: master.setVolume,
    setOrigin(frame) {
      now.origin = Math.round(frame)
    },
    setEase(ease, own) {
      now.ease = ease
      spared = own
      voices.limits.unison = ease >= 1 ? EASED_UNISON : MAX_UNISON
      voices.limits.trackVoices = ease >= 3 ? EASED_VOICES : MAX_TRACK_VOICES
      for (const { bus } of tracks) setBusSound(bus, bus.strip.sound, ease >= 2, sampleRate)
      settle()
    },
    process(left, right, frame, stems) {
      for (let at = 0; at < left.length; at += BLOCK) {
        place.frame = frame + at + master.latency
        place.age = place.frame - now.origin
        place.count = Math.min(BLOCK, left.length - at)
        processBlock(left, right, at, stems)
      }
    },
    takeLevels() {
      const levels = {
        peak: master.takePeak(),
        voices: voices.sounding() + drumsSounding(tracks),
        tracks: tracks.flatMap(({ id, bus: { peakLeft: left, peakRight: right } }) =>
          Math.max(left, right) > INAUDIBLE ? [{ id, left, right }] : [],
        ),
      }
      for (const { bus } of tracks) {
        bus.peakLeft = 0
        bus.peakRight = 0
      }
      return levels
    },
    readScope: master.readScope,
  }
}

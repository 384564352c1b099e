import { EMPTY_SONG, type TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createAuditions } from './auditions.ts'
import type { EngineCore } from './core-types.ts'
import { createBlockPlace } from './dsp/block-place.ts'
import { type Bus, clearBus, createBus, gather, mixBus, setBusSound } from './dsp/bus.ts'
import { clearDesk, createDesk } from './dsp/desk.ts'
import { isDropped, passDropGate, type FrameDrop } from './dsp/drop-gate.ts'
import { createMaster, ROOM_STEM, type Stems } from './dsp/master.ts'
import { createHush } from './dsp/hush.ts'
import { BLOCK, snap } from './dsp/strip.ts'
import { createVoices } from './dsp/voices.ts'
import {
  changeTrack,
  createTrack,
  isNew,
  relateTracks,
  strike,
  type EngineTrack,
  type TrackWalker,
} from './engine-tracks.ts'
import { beginAnew, createComing, missingIn } from './coming.ts'
import { createHands } from './hands.ts'
import { createStepTaker } from './engine-steps.ts'
import type { Ease, FrameSegment, FrameSteps, PersonalMix } from './engine-types.ts'
import type { FrameLaunches } from './frame-launches.ts'
import { beatAtFrame, frameOfBeat } from './frame-beats.ts'
import {
  dropSilent,
  drumsSounding,
  endNotes,
  limitVoices,
  ringing,
  takeTrackLevels,
} from './sounding.ts'
import { createMetronome } from './metronome.ts'
import { createPendingNotes, type PendingNote } from './pending-notes.ts'
import { createPlayhead } from './playhead.ts'
import type { ComingSong } from './protocol.ts'
import type { SongPatch, TrackPatch } from './song-patch.ts'

export function createEngineCore(sampleRate: number): EngineCore {
  // What is auditioned on a track that is not in the song yet sounds as a new track would.
  const spare = createBus('', INITIAL_SOUND, false, sampleRate)
  const voices = createVoices(sampleRate, spare.strip)
  const metronome = createMetronome(sampleRate)
  const auditions = createAuditions(voices, sampleRate)
  const hands = createHands(voices)
  const desk = createDesk()
  const master = createMaster(sampleRate)
  const hush = createHush(sampleRate)
  const pending = createPendingNotes()
  const coming = createComing()
  const tracks: EngineTrack[] = []
  let walkers: TrackWalker[] = []
  let buses: Bus[] = [spare]
  let steps: FrameSteps = { count: EMPTY_SONG.stepCount }
  let personal: PersonalMix = new Map()
  let launches: FrameLaunches = new Map()
  let drop: FrameDrop | undefined
  let spared: TrackId | undefined
  const now = { ease: 0 as Ease, origin: 0 }
  const place = createBlockPlace()
  const start = { pitch: 0, velocity: 0, offset: 0, seed: 0, isAside: false }
  const span: { segment: FrameSegment | undefined; from: number } = { segment: undefined, from: 0 }

  const trackById = (id: string): EngineTrack | undefined => tracks.find((one) => one.id === id)
  const busOf = (id: string): Bus => trackById(id)?.bus ?? spare
  const takeStep = createStepTaker(pending, trackById, hands.chords)
  const begin = ({ bus, beat, endBeat, pitch, velocity, seed }: PendingNote): void => {
    if (bus === undefined || span.segment === undefined) return
    const frame = Math.max(span.from, frameOfBeat(span.segment, beat))
    if (isDropped(drop, frame)) return
    start.pitch = pitch
    start.velocity = velocity
    start.offset = frame - place.frame
    start.seed = seed
    start.isAside = false
    const voice = strike(voices, bus, start, place.frame)
    if (voice !== undefined) voice.endBeat = endBeat
  }
  const playhead = createPlayhead<TrackWalker>({
    onStep(walker, step, frame) {
      takeStep(walker, step, frame, steps)
    },
    onHalt(frame) {
      pending.drop()
      hands.chords.halt()
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
      // What ends before another note begins is known to that one, and what begins here may end here.
      endNotes(voices, segment, from, to, place.frame)
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
    hands.process(place.frame, count, busOf)
    playhead.walk(place.frame, place.frame + count, walkers)
    playhead.readPlace(place.frame, place)
    place.moves = playhead.moves()
    voices.render(count, place)
    clearDesk(desk)
    for (const bus of buses) gather(bus, place, count, sampleRate)
    for (const bus of buses) {
      const sounds = mixBus(bus, desk, place, sampleRate)
      if (sounds) stems?.take(bus.id, desk.busLeft, desk.busRight, at, count)
    }
    // Behind the spare one and those of the tracks there are those whose track is gone.
    dropSilent(buses, 1 + tracks.length, voices)
    master.addReverb(desk, count, place.age, now.ease >= 2)
    passDropGate(drop, desk.left, desk.right, place.frame, count, sampleRate)
    stems?.take(ROOM_STEM, master.roomLeft, master.roomRight, at, count)
    master.hold(desk, count)
    if (hush.process(desk.left, desk.right, count)) clear()
    metronome.mix(desk.left, desk.right, count)
    master.finish(desk, left, right, at, count)
  }

  const settle = (): void => {
    relateTracks(tracks, personal, place.stepBack)
    voices.limits.spared = spared === undefined ? undefined : trackById(spared)?.bus.strip
    for (const { bus } of tracks) {
      bus.drums?.ease(now.ease >= 3 && bus.strip !== voices.limits.spared)
    }
    walkers = tracks.flatMap((track) => [track.steps, track.arp])
    buses = [spare, ...tracks.map(({ bus }) => bus), ...ringing(voices, buses, tracks, spare)]
  }
  const takePatch = (patch: TrackPatch): void => {
    const { id } = patch
    const track = trackById(id)
    if (track !== undefined) changeTrack(track, patch, now.ease >= 2, sampleRate)
    else if (isNew(patch)) {
      tracks.push(createTrack(patch, launches.get(id) ?? -Infinity, now.ease >= 2, sampleRate))
    }
  }

  const change = ({ changed, removed }: SongPatch): void => {
    const known = tracks.length
    changed.forEach(takePatch)
    const fresh = tracks.slice(known)
    for (const id of removed) {
      const index = tracks.findIndex((track) => track.id === id)
      const [gone] = index < 0 ? [] : tracks.splice(index, 1)
      if (gone === undefined) continue
      voices.release(0, gone.bus.strip, true)
      pending.drop(gone.bus)
    }
    settle()
    // Whoever is not to be heard is so from the first sample on.
    for (const { bus } of fresh) snap(bus.strip)
  }
  const setLaunches = (next: FrameLaunches): void => {
    launches = next
    for (const track of tracks) track.from = launches.get(track.id) ?? -Infinity
  }
  /** The coming song's tracks are all there are from now on, and whatever was launched is so. */
  const takeComing = (song: ComingSong): void => {
    for (const track of tracks) beginAnew(track)
    pending.drop()
    steps = song.steps
    setLaunches(new Map())
    change({ changed: song.patch.changed, removed: missingIn(song, tracks) })
  }

  return {
    latency: master.latency,
    change,
    setComing: coming.set,
    setComingFrame: coming.setFrame,
    setTempo: playhead.setTempo,
    setSteps(next) {
      steps = next
    },
    setLaunches,
    setDrop(next) {
      drop = next
    },
    setStepBack(stepBack) {
      place.stepBack = stepBack
      settle()
    },
    setClick: metronome.set,
    setMix(mix) {
      personal = mix
      settle()
    },
    audition(audition) {
      auditions(audition, busOf(audition.track), place.frame)
    },
    playHand: hands.play,
    bendHand: hands.bend,
    panic() {
      pending.drop()
      hands.drop()
      hush.begin()
    },
    setVolume: master.setVolume,
    setOrigin(frame) {
      now.origin = Math.round(frame)
    },
    setEase(ease, own) {
      now.ease = ease
      spared = own
      limitVoices(voices, ease)
      for (const { bus } of tracks) setBusSound(bus, bus.strip.sound, ease >= 2, sampleRate)
      settle()
      voices.trim()
    },
    process(left, right, frame, stems) {
      for (let at = 0; at < left.length; at += BLOCK) {
        place.frame = frame + at + master.latency
        place.age = place.frame - now.origin
        place.count = Math.min(BLOCK, left.length - at)
        const next = coming.take(place.frame + place.count)
        if (next !== undefined) takeComing(next)
        processBlock(left, right, at, stems)
      }
    },
    takeLevels: () => ({
      peak: master.takePeak(),
      voices: voices.sounding() + drumsSounding(tracks),
      tracks: takeTrackLevels(tracks),
    }),
    readScope: master.readScope,
  }
}

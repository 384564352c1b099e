import { ARP_RATES } from '../sequence/arp-settings.ts'
import type { TrackLoop } from '../sequence/compile.ts'
import { pitchToPiece } from '../sequence/drum-sound.ts'
import type { TrackId } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { createBus, setBusSound, type Bus } from './dsp/bus.ts'
import type { NoteStart, Voice } from './dsp/voice.ts'
import type { Voices } from './dsp/voices.ts'
import { audibleTracks } from './audible-tracks.ts'
import type { PersonalMix } from './engine-types.ts'
import { UNKNOWN_STEP, type Walker } from './playhead.ts'
import { USUAL_MIX } from './protocol.ts'
import type { TrackPatch } from './song-patch.ts'
import type { StepBack } from './step-back.ts'

/** A track as the engine plays it. */
export interface EngineTrack {
  readonly id: TrackId
  readonly bus: Bus
  loop: TrackLoop
  /** What it plays before audio frame `from`; undefined for the same. */
  before: TrackLoop | undefined
  from: number
  /** Of both. */
  grid: Walker['loop']
  /** What an arpeggiator plays that this track feeds. */
  readonly source: { readonly bus: Bus; loop: TrackLoop }
  /** Walks its loop, and its arpeggiator's notes. */
  readonly steps: TrackWalker
  readonly arp: TrackWalker
}

export interface TrackWalker extends Walker {
  readonly track: () => EngineTrack
  readonly isArp: boolean
}

export function createTrack(
  { id, loop, before, sound }: NewTrack,
  from: number,
  isEased: boolean,
  sampleRate: number,
): EngineTrack {
  const walker = (isArp: boolean): TrackWalker => ({
    track: () => track,
    isArp,
    get loop() {
      return isArp ? ARP_LOOPS[soundOf(track).arpRate] : track.grid
    },
    nextStep: UNKNOWN_STEP,
    lastBeat: -1,
  })
  const bus = createBus(id, sound, isEased, sampleRate)
  const track: EngineTrack = {
    id,
    bus,
    source: { bus, loop },
    loop,
    before: before ?? undefined,
    from,
    grid: gridOf(loop, before),
    steps: walker(false),
    arp: walker(true),
  }
  return track
}

const ARP_LOOPS = Object.fromEntries(
  Object.entries(ARP_RATES).map(([rate, subdivision]) => [rate, { subdivision, ahead: 0 }]),
) as unknown as Readonly<Record<keyof typeof ARP_RATES, Walker['loop']>>

export const soundOf = ({ bus }: EngineTrack): TrackSound => bus.strip.sound

export type NewTrack = Required<TrackPatch>

export const isNew = (patch: TrackPatch): patch is NewTrack =>
  patch.loop !== undefined && patch.before !== undefined && patch.sound !== undefined

/** Looks as far ahead as the loop that looks farther. */
const gridOf = (loop: TrackLoop, before: TrackLoop | null | undefined): Walker['loop'] => ({
  subdivision: loop.subdivision,
  ahead: Math.max(loop.ahead, before?.ahead ?? 0),
})

/** What a track plays on a step that begins on this frame. */
export const loopAt = ({ loop, before, from }: EngineTrack, frame: number): TrackLoop =>
  before !== undefined && frame < from ? before : loop

/** Takes what a patch says of a track that is there. */
export function changeTrack(
  track: EngineTrack,
  { loop, before, sound }: TrackPatch,
  isEased: boolean,
  sampleRate: number,
): void {
  if (sound !== undefined) {
    if (sound.arpRate !== soundOf(track).arpRate) track.arp.nextStep = UNKNOWN_STEP
    setBusSound(track.bus, sound, isEased, sampleRate)
  }
  if (before !== undefined) track.before = before ?? undefined
  if (loop !== undefined) {
    if (loop.subdivision !== track.loop.subdivision) track.steps.nextStep = UNKNOWN_STEP
    track.loop = loop
  }
  track.grid = gridOf(track.loop, track.before)
}

/** Settles what depends on other tracks: who is heard by this listener, who turns whom down, and whose turn is when. */
export function relateTracks(
  tracks: readonly EngineTrack[],
  mix: PersonalMix,
  stepBack: StepBack | undefined,
): void {
  const all = tracks.map((track) => ({ id: track.id, sound: soundOf(track) }))
  const audible = audibleTracks(all, mix)
  for (const { bus } of tracks) bus.isDucking = false
  for (const { id, bus } of tracks) {
    const { volume, pan } = mix.get(id) ?? USUAL_MIX
    const { own, sound } = bus.strip
    own.gain = audible.has(id) ? volume : 0
    own.pan = pan
    bus.turnGain.turn = stepBack?.turns.find(([track]) => track === id)?.[1] ?? -1
    const ducker = tracks.find((track) => track.id === sound.duckBy)?.bus
    bus.ducker = ducker === bus ? undefined : ducker
    if (bus.ducker !== undefined) bus.ducker.isDucking = true
  }
}

/** Strikes one note of whatever the track is. @returns the voice that is to be ended; none for a drum */
export function strike(
  voices: Voices,
  bus: Bus,
  start: NoteStart,
  frame: number,
): Voice | undefined {
  const { drums, kit, strip } = bus
  if (strip.sound.instrument !== 'drums') return voices.begin(strip, start)
  const piece = pitchToPiece(start.pitch)
  if (piece === undefined || drums === undefined || kit === undefined) return undefined
  drums.begin(piece, kit, start.velocity, start.offset, start.seed, frame)
  return undefined
}

import { ARP_RATES } from '../sequence/arp-settings.ts'
import type { TrackLoop } from '../sequence/compile.ts'
import { pitchToPiece } from '../sequence/drum-sound.ts'
import type { TrackId } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { createBus, setBusSound, type Bus } from './dsp/bus.ts'
import type { Voice } from './dsp/voice.ts'
import type { Voices } from './dsp/voices.ts'
import type { TrackMix } from './engine-types.ts'
import { UNKNOWN_STEP, type Walker } from './playhead.ts'
import { USUAL_MIX } from './protocol.ts'
import type { TrackPatch } from './song-patch.ts'

/** A track as the engine plays it. */
export interface EngineTrack {
  readonly id: TrackId
  readonly bus: Bus
  sound: TrackSound
  loop: TrackLoop
  /** What this listener alone wants to hear of it. */
  mix: TrackMix
  /** Walks its loop, and its arpeggiator's notes. */
  readonly steps: TrackWalker
  readonly arp: TrackWalker
}

export interface TrackWalker extends Walker {
  readonly track: () => EngineTrack
  readonly isArp: boolean
}

export function createTrack(
  id: TrackId,
  loop: TrackLoop,
  sound: TrackSound,
  sampleRate: number,
): EngineTrack {
  const walker = (isArp: boolean): TrackWalker => ({
    track: () => track,
    isArp,
    get loop() {
      return isArp ? ARP_LOOPS[track.sound.arpRate] : track.loop
    },
    nextStep: UNKNOWN_STEP,
    lastBeat: -1,
  })
  const track: EngineTrack = {
    id,
    bus: createBus(id, sound, sampleRate),
    sound,
    loop,
    mix: USUAL_MIX,
    steps: walker(false),
    arp: walker(true),
  }
  return track
}

const ARP_LOOPS = Object.fromEntries(
  Object.entries(ARP_RATES).map(([rate, subdivision]) => [rate, { subdivision, ahead: 0 }]),
) as unknown as Readonly<Record<keyof typeof ARP_RATES, Walker['loop']>>

export const isArpeggiated = ({ sound }: EngineTrack): boolean =>
  sound.arp === 'on' && sound.instrument === 'synth'

/** Takes what a patch says of a track that is there. */
export function changeTrack(
  track: EngineTrack,
  { loop, sound }: TrackPatch,
  isEased: boolean,
  sampleRate: number,
): void {
  if (sound !== undefined) {
    if (sound.arpRate !== track.sound.arpRate) track.arp.nextStep = UNKNOWN_STEP
    track.sound = sound
    setBusSound(track.bus, sound, isEased, sampleRate)
  }
  if (loop === undefined) return
  if (loop.subdivision !== track.loop.subdivision) track.steps.nextStep = UNKNOWN_STEP
  track.loop = loop
}

/** Settles what depends on other tracks: who is heard, and who turns whom down. */
export function relateTracks(tracks: readonly EngineTrack[]): void {
  const isSoloed = tracks.some(({ sound }) => sound.soloed === 'on')
  const isMineSoloed = tracks.some(({ mix }) => mix.soloed)
  for (const { bus } of tracks) bus.isDucking = false
  for (const { bus, sound, mix } of tracks) {
    const isHeard = sound.muted === 'off' && (!isSoloed || sound.soloed === 'on')
    const isHeardByMe = !mix.muted && (!isMineSoloed || mix.soloed)
    const { own } = bus.strip
    own.gain = isHeard && isHeardByMe ? mix.volume : 0
    own.pan = mix.pan
    const ducker = tracks.find(({ id }) => id === sound.duckBy)?.bus
    bus.ducker = ducker === bus ? undefined : ducker
    if (bus.ducker !== undefined) bus.ducker.isDucking = true
  }
}

/** Strikes one note of whatever the track is. @returns the voice that is to be ended; none for a drum */
export function strike(
  voices: Voices,
  bus: Bus,
  start: { pitch: number; velocity: number; offset: number; seed: number },
  frame: number,
): Voice | undefined {
  const { drums, kit, strip } = bus
  if (strip.sound.instrument !== 'drums') return voices.begin(strip, start)
  const piece = pitchToPiece(start.pitch)
  if (piece === undefined || drums === undefined || kit === undefined) return undefined
  drums.begin(piece, kit, start.velocity, start.offset, start.seed, frame)
  return undefined
}

import { NOTE_BEATS } from '../../sequence/synth-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { tunedKit } from '../../sequence/tuned-kit.ts'
import type { DrumPatch } from '../../sequence/drum-sound.ts'
import type { BlockPlace } from './block-place.ts'
import { hashText } from './hash.ts'
import { createDrumVoices, type DrumVoices } from './drums/drum-voices.ts'
import { createChorus, type Chorus } from './effects/chorus.ts'
import { createDrive, type Drive } from './effects/drive.ts'
import { createDuck, type Duck } from './effects/duck.ts'
import { createEcho, type Echo } from './effects/echo.ts'
import { createEqualiser, type Equaliser } from './effects/equaliser.ts'
import { passFader } from './fader.ts'
import type { Desk } from './desk.ts'
import { createTurnGain, followTurn, passTurn, type TurnGain } from './turn-gain.ts'
import {
  CHUNK,
  CHUNKS,
  createStrip,
  prepare,
  setSound,
  snap,
  type BeatPlace,
  type Strip,
} from './strip.ts'

/** One track's way from its voices to the mix. */
export interface Bus {
  /** Of its track. */
  readonly id: string
  readonly strip: Strip
  /** What the strip's sound asked for so far; whatever is not asked for is not there. */
  readonly effects: Effects
  /** How loud it is while people take turns. */
  readonly turnGain: TurnGain
  drums: DrumVoices | undefined
  kit: DrumPatch | undefined
  /** Whose peaks turn it down. */
  ducker: Bus | undefined
  /** Highest absolute sample of each chunk of the block in work, before the effects; kept up for those who duck by it. */
  readonly peaks: Float64Array
  isDucking: boolean
  /** Highest absolute samples of both sides since they were last set to 0. */
  peakLeft: number
  peakRight: number
  /** Strokes that are on their way. */
  pending: number
}

interface Effects {
  drive: Drive | undefined
  equaliser: Equaliser | undefined
  chorus: Chorus | undefined
  duck: Duck | undefined
  echo: Echo | undefined
}

/** Until the tempo is known, in the same block. */
const FIRST_ECHO = 12_000
/** Of nobody who ducks: what was turned down comes back. */
const NO_PEAKS = new Float64Array(CHUNKS)

/**
 * @param id  of its track, which is random: what is random in the track comes of it, the same for everybody
 * @param isEased  whether its richest effects are given up
 */
export function createBus(
  id: string,
  sound: TrackSound,
  isEased: boolean,
  sampleRate: number,
): Bus {
  const bus: Bus = {
    id,
    strip: createStrip(sound, hashText(id)),
    effects: {
      drive: undefined,
      equaliser: undefined,
      chorus: undefined,
      duck: undefined,
      echo: undefined,
    },
    turnGain: createTurnGain(),
    drums: undefined,
    kit: undefined,
    ducker: undefined,
    peaks: new Float64Array(CHUNKS),
    isDucking: false,
    peakLeft: 0,
    peakRight: 0,
    pending: 0,
  }
  setBusSound(bus, sound, isEased, sampleRate)
  return bus
}

/** Gives it another sound; makes whatever that needs. @param isEased  whether its richest effects are given up */
export function setBusSound(
  bus: Bus,
  sound: TrackSound,
  isEased: boolean,
  sampleRate: number,
): void {
  setSound(bus.strip, sound)
  addEffects(bus.effects, sound, sampleRate)
  setEffects(bus.effects, sound, isEased)
  if (sound.instrument !== 'drums') return
  bus.drums ??= createDrumVoices(sampleRate)
  bus.kit = tunedKit(sound)
}

/** Throws away all that sounds in it, echoes included; it goes on as if it were new. */
export function clearBus(bus: Bus, isEased: boolean, sampleRate: number): void {
  const { effects, strip } = bus
  bus.drums?.silence()
  strip.left.fill(0)
  strip.right.fill(0)
  effects.drive = undefined
  effects.equaliser = undefined
  effects.chorus = undefined
  effects.duck = undefined
  effects.echo = undefined
  setBusSound(bus, strip.sound, isEased, sampleRate)
}

function addEffects(effects: Effects, sound: TrackSound, sampleRate: number): void {
  const { drive, lowDb, middleDb, highDb, chorus, duck, echo } = sound
  if (drive > 0) effects.drive ??= createDrive(sampleRate)
  if (lowDb !== 0 || middleDb !== 0 || highDb !== 0) {
    effects.equaliser ??= createEqualiser(sampleRate)
  }
  if (chorus > 0) effects.chorus ??= createChorus(sampleRate)
  if (duck > 0) effects.duck ??= createDuck(sampleRate)
  if (echo > 0) effects.echo ??= createEcho(sampleRate)
}

function setEffects(effects: Effects, sound: TrackSound, isEased: boolean): void {
  const { drive, lowDb, middleDb, highDb, echo, echoFeedback, echoTone, duck } = sound
  effects.drive?.set({ amount: drive })
  effects.equaliser?.set({ lowDb, middleDb, highDb })
  effects.chorus?.set({ amount: isEased ? 0 : sound.chorus })
  effects.echo?.set({ frames: FIRST_ECHO, feedback: echoFeedback, tone: echoTone, level: echo })
  effects.duck?.set({ depth: duck, releaseSeconds: sound.duckSeconds })
}

/** Renders a track's drums and keeps its peaks; after the voices, and before any bus is mixed. */
export function gather(bus: Bus, place: BeatPlace, count: number, sampleRate: number): void {
  const { strip, drums } = bus
  if (drums !== undefined && drums.isActive()) {
    prepare(strip, place, sampleRate)
    drums.render(strip.left, strip.right, count)
  }
  if (!bus.isDucking) return
  for (let chunk = 0, from = 0; from < count; chunk++, from += CHUNK) {
    let peak = 0
    for (let i = from; i < Math.min(count, from + CHUNK); i++) {
      peak = Math.max(peak, Math.abs(strip.left[i] ?? 0), Math.abs(strip.right[i] ?? 0))
    }
    bus.peaks[chunk] = peak
  }
}

/** Takes one block through the track's effects and its fader, and adds it to the desk. @returns whether there was any */
export function mixBus(bus: Bus, desk: Desk, place: BlockPlace, sampleRate: number): boolean {
  const { strip, effects } = bus
  const { count } = place
  const peaks = bus.ducker?.peaks ?? NO_PEAKS
  if (!strip.isReady && areSilent(effects)) {
    effects.duck?.follow(count, peaks)
    followTurn(bus.turnGain, place, sampleRate)
    snap(strip)
    return false
  }
  prepare(strip, place, sampleRate)
  const { left, right } = strip
  effects.drive?.process(left, right, count)
  effects.equaliser?.process(left, right, count)
  effects.chorus?.process(left, right, count, place.age)
  effects.duck?.process(left, right, count, peaks)
  passFader(strip, desk.busLeft, desk.busRight, count)
  passTurn(bus.turnGain, desk.busLeft, desk.busRight, place, sampleRate)
  if (effects.echo !== undefined) addEcho(bus, effects.echo, desk, place)
  addToDesk(bus, desk, count)
  return true
}

function addEcho(
  { strip }: Bus,
  echo: Echo,
  { busLeft, busRight }: Desk,
  { beatsPerFrame, count }: BlockPlace,
): void {
  echo.time.frames = NOTE_BEATS[strip.sound.echoTime] / beatsPerFrame
  echo.process(busLeft, busRight, busLeft, busRight, count)
}

function addToDesk(bus: Bus, desk: Desk, count: number): void {
  const { busLeft, busRight, left, right, sendLeft, sendRight } = desk
  const { reverb } = bus.strip.sound
  let { peakLeft, peakRight } = bus
  for (let i = 0; i < count; i++) {
    const l = busLeft[i] ?? 0
    const r = busRight[i] ?? 0
    left[i] = (left[i] ?? 0) + l
    right[i] = (right[i] ?? 0) + r
    sendLeft[i] = (sendLeft[i] ?? 0) + reverb * l
    sendRight[i] = (sendRight[i] ?? 0) + reverb * r
    peakLeft = Math.max(peakLeft, Math.abs(l))
    peakRight = Math.max(peakRight, Math.abs(r))
  }
  bus.peakLeft = peakLeft
  bus.peakRight = peakRight
}

const areSilent = ({ drive, equaliser, chorus, echo }: Effects): boolean =>
  (drive?.isSilent() ?? true) &&
  (equaliser?.isSilent() ?? true) &&
  (chorus?.isSilent() ?? true) &&
  (echo?.isSilent() ?? true)

/** Whether anything of it is heard, now or later, without another note. */
export const isBusSilent = ({ effects, drums }: Bus): boolean =>
  areSilent(effects) && drums?.isActive() !== true

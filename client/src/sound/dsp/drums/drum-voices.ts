import {
  DRUM_PIECES,
  type DrumParams,
  type DrumPatch,
  type DrumPiece,
} from '../../../sequence/drum-sound.ts'
import { mixHash } from '../hash.ts'
import { strikeCowbell, strikeCrash, strikeHat, strikeRide } from './cymbals.ts'
import {
  clearDrumVoice,
  createDrumScratch,
  createDrumVoice,
  isFading,
  loudnessOf,
  renderDrumVoice,
  startDrumVoice,
  type DrumVoice,
} from './drum-voice.ts'
import { strikeClap, strikeShaker } from './hands.ts'
import { strikeKick, strikeRim, strikeSnare, strikeTom } from './skins.ts'

/** Hits that sound at the same time. */
export const MAX_DRUM_VOICES = 24
/** Places beyond that for voices which fade to make room. */
const FADING_PLACES = 16

/** The same of a kit whose voices are given up. */
const EASED_DRUM_VOICES = 6

/** All hits of one kit; allocates nothing after it was made. */
export interface DrumVoices {
  readonly all: readonly DrumVoice[]
  /**
   * Strikes a piece at `offset` of the coming block, within what is rendered next; the block begins on `frame`. A hat ends an open hat that rings, and a
   * kick the kick before it; when too many hits sound, the faintest makes room.
   *
   * @param velocity  1 to 127: level, brightness and attack
   * @param seed  32 bits: the same gives the same sound to the last bit
   * @returns whether it sounds; not when all places are taken by hits of this very block
   */
  begin(
    piece: DrumPiece,
    patch: DrumPatch,
    velocity: number,
    offset: number,
    seed: number,
    frame: number,
  ): boolean
  /** Whether most of its hits are given up, those beyond at once. */
  ease(isEased: boolean): void
  /** Ends what rings of one piece, or everything, within 3 ms from `offset` of the coming block. */
  choke(offset: number, piece?: DrumPiece): void
  /** Ends all where they are, as whoever has made sure that nothing is heard of it. */
  silence(): void
  /** Adds the coming `count` samples, up to `BLOCK`, to both sides. */
  render(left: Float64Array, right: Float64Array, count: number): void
  /** How many sound, those that fade not counted. */
  sounding(): number
  /** Whether any does, or fades. */
  isActive(): boolean
}

type Strike<Piece extends DrumPiece> = (voice: DrumVoice, params: DrumParams<Piece>) => void

const STRIKES: { readonly [Piece in DrumPiece]: Strike<Piece> } = {
  kick: strikeKick,
  snare: strikeSnare,
  clap: strikeClap,
  'closed-hat': strikeHat,
  'open-hat': strikeHat,
  'low-tom': strikeTom,
  'mid-tom': strikeTom,
  'high-tom': strikeTom,
  rim: strikeRim,
  cowbell: strikeCowbell,
  crash: strikeCrash,
  ride: strikeRide,
  shaker: strikeShaker,
}

/** What a piece ends when it is struck. */
const CHOKES: Readonly<Partial<Record<DrumPiece, DrumPiece>>> = {
  kick: 'kick',
  'closed-hat': 'open-hat',
  'open-hat': 'open-hat',
}

export function createDrumVoices(sampleRate: number): DrumVoices {
  const all = Array.from({ length: MAX_DRUM_VOICES + FADING_PLACES }, () =>
    createDrumVoice(sampleRate),
  )
  const work = createDrumScratch(sampleRate)

  const sounding = (): number => {
    let count = 0
    for (const voice of all) if (isSounding(voice)) count++
    return count
  }
  const limit = { most: MAX_DRUM_VOICES }
  /** @returns whether no more than so many sound now; those that begin in this block stay */
  const keepTo = (most: number, offset: number): boolean => {
    while (sounding() > most) {
      const voice = faintest(all)
      if (voice === undefined) return false
      fadeFrom(voice, offset)
    }
    return true
  }

  return {
    all,
    sounding,
    begin(piece, patch, velocity, offset, seed, frame) {
      const choked = CHOKES[piece]
      if (choked !== undefined) chokeEarlier(all, offset, choked)
      if (!keepTo(limit.most - 1, offset)) return false
      const voice = freeAmong(all)
      if (voice === undefined) return false
      strike(voice, piece, patch[piece], velocity, seed)
      startDrumVoice(voice, offset, frame + offset)
      return true
    },
    ease(isEased) {
      limit.most = isEased ? EASED_DRUM_VOICES : MAX_DRUM_VOICES
      keepTo(limit.most, 0)
    },
    isActive() {
      for (const voice of all) if (voice.isActive) return true
      return false
    },
    choke(offset, piece) {
      chokeEarlier(all, offset, piece)
    },
    silence() {
      for (const voice of all) voice.isActive = false
    },
    render(left, right, count) {
      for (const voice of all) {
        if (voice.isActive) renderDrumVoice(voice, work, left, right, count)
      }
    },
  }
}

function strike<Piece extends DrumPiece>(
  voice: DrumVoice,
  piece: Piece,
  params: DrumPatch[Piece],
  velocity: number,
  seed: number,
): void {
  voice.piece = piece
  clearDrumVoice(voice, params, velocity, mixHash(seed, DRUM_PIECES.indexOf(piece)))
  STRIKES[piece](voice, params)
}

/** Of two that fall on the same frame both sound, in whatever order they come. */
function chokeEarlier(all: readonly DrumVoice[], offset: number, piece?: DrumPiece): void {
  for (const voice of all) {
    if (piece !== undefined && voice.piece !== piece) continue
    if (voice.isHeard || voice.beginAt < offset) fadeFrom(voice, offset)
  }
}

function fadeFrom(voice: DrumVoice, offset: number): void {
  voice.fadeAt = Math.min(voice.fadeAt, offset)
}

const isSounding = (voice: DrumVoice): boolean => voice.isActive && !isFading(voice)

function freeAmong(all: readonly DrumVoice[]): DrumVoice | undefined {
  for (const voice of all) if (!voice.isActive) return voice
  return undefined
}

/** Of equally faint ones, the oldest. */
function faintest(all: readonly DrumVoice[]): DrumVoice | undefined {
  let found: DrumVoice | undefined
  for (const voice of all) {
    if (!voice.isHeard || !isSounding(voice)) continue
    if (found === undefined || isFainter(voice, found)) found = voice
  }
  return found
}

function isFainter(voice: DrumVoice, than: DrumVoice): boolean {
  const loudness = loudnessOf(voice)
  const other = loudnessOf(than)
  return loudness === other ? voice.frame < than.frame : loudness < other
}

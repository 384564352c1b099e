import { isGated, silence } from './envelope.ts'
import { MAX_UNISON } from './oscillator.ts'
import { prepare, type BeatPlace, type Strip } from './strip.ts'
import { renderVoice } from './render-voice.ts'
import { createVoiceSource } from './voice-source.ts'
import { beginVoice, createVoice, NEVER, turnVoice, type NoteStart, type Voice } from './voice.ts'

/** Voices of one track, and of all tracks, that sound at the same time. */
export const MAX_TRACK_VOICES = 16
export const MAX_VOICES = 64
/** Places beyond that for voices which fade to make room. */
const FADING_PLACES = 32

/** What is given up when the processor cannot keep up. */
export interface VoiceLimits {
  /** Oscillators of one voice. */
  unison: number
  /** Voices of one track, of those that are not spared. */
  trackVoices: number
  spared: Strip | undefined
}

/** All voices; allocates nothing after it was made. */
export interface Voices {
  readonly all: readonly Voice[]
  /** Changed by whoever governs; holds for notes that begin from then on, and after `trim` for all. */
  readonly limits: VoiceLimits
  /**
   * Begins a note at its offset of the coming block. Of a track that plays one note at a time the voice that is held
   * goes on to it; else a voice of the same track and pitch is released, and when too many sound, the oldest released
   * or else the quietest makes room. Undefined when all of them begin in this block too.
   */
  begin(strip: Strip, start: NoteStart): Voice | undefined
  /** Lets what sounds beyond the limits make room. */
  trim(): void
  /** Releases one held voice at `offset` of the coming block. */
  end(voice: Voice, offset: number): void
  /** Releases the song's held voices of one strip, or all of them. @param withAside  those that are played aside too */
  release(offset: number, strip?: Strip, withAside?: boolean): void
  /** Ends all of them where they are, as whoever has made sure that nothing is heard of it. */
  silence(): void
  /** Renders the coming `count` samples of every voice into its strip. @param place  where the song stands at the first */
  render(count: number, place: BeatPlace): void
  /** How many sound, those that fade not counted. */
  sounding(strip?: Strip): number
  /** Whether anything of a strip is heard, fading included. */
  isRinging(strip: Strip): boolean
}

/** @param unused any strip; free places hold on to it */
export function createVoices(sampleRate: number, unused: Strip): Voices {
  const all = Array.from({ length: MAX_VOICES + FADING_PLACES }, () => createVoice(unused))
  const source = createVoiceSource(sampleRate)
  const limits: VoiceLimits = {
    unison: MAX_UNISON,
    trackVoices: MAX_TRACK_VOICES,
    spared: undefined,
  }
  let serial = 0

  const sounding = (strip?: Strip): number => {
    let count = 0
    for (const voice of all) if (isSounding(voice) && isOf(voice, strip)) count++
    return count
  }
  const makeRoom = (strip: Strip | undefined, offset: number): boolean => {
    const voice = leastMissed(all, strip)
    if (voice !== undefined) voice.fadeAt = offset
    return voice !== undefined
  }
  const mostOf = (strip: Strip): number =>
    strip === limits.spared ? MAX_TRACK_VOICES : limits.trackVoices
  /** @returns whether no more than so many of the strip sound now; those that begin in this block stay */
  const keepTo = (most: number, strip: Strip, offset: number): boolean => {
    while (sounding(strip) > most) if (!makeRoom(strip, offset)) return false
    return true
  }
  const hasRoom = (strip: Strip, offset: number): boolean =>
    keepTo(mostOf(strip) - 1, strip, offset) &&
    (sounding() < MAX_VOICES || makeRoom(undefined, offset))

  return {
    all,
    limits,
    sounding,
    begin(strip, start) {
      const { playMode } = strip.sound
      const isAside = start.isAside === true
      const held = playMode === 'poly' ? undefined : heldOf(all, strip, isAside, start.offset)
      if (held !== undefined) {
        turnVoice(held, start, playMode === 'mono')
        return held
      }
      for (const voice of all) {
        if (voice.pitch !== start.pitch || voice.isAside !== isAside) continue
        if (isOf(voice, strip)) releaseAt(voice, start.offset)
      }
      if (!hasRoom(strip, start.offset)) return undefined
      const voice = freeAmong(all)
      if (voice === undefined) return undefined
      beginVoice(voice, strip, start, limits.unison, sampleRate)
      voice.serial = ++serial
      return voice
    },
    trim() {
      for (const { strip } of all) keepTo(mostOf(strip), strip, 0)
    },
    end: releaseAt,
    isRinging: (strip) => all.some((voice) => !isFree(voice) && voice.strip === strip),
    release(offset, strip, withAside = false) {
      for (const voice of all) {
        if (isOf(voice, strip) && (withAside || !voice.isAside)) releaseAt(voice, offset)
      }
    },
    silence() {
      for (const voice of all) silence(voice.envelope)
    },
    render(count, place) {
      for (const voice of all) {
        if (isFree(voice)) continue
        if (voice.endSamples < count) releaseAt(voice, voice.endSamples)
        voice.endSamples -= count
        prepare(voice.strip, place, sampleRate)
        renderVoice(voice, source, count, sampleRate)
      }
    },
  }
}

/** The voice of a track that plays one note at a time; not one that is let go before `offset` of the coming block. */
function heldOf(
  all: readonly Voice[],
  strip: Strip,
  isAside: boolean,
  offset: number,
): Voice | undefined {
  for (const voice of all) {
    if (voice.strip !== strip || voice.isAside !== isAside) continue
    if (voice.releaseAt < offset) continue
    if (isSounding(voice) && isGated(voice.envelope)) return voice
  }
  return undefined
}

function freeAmong(all: readonly Voice[]): Voice | undefined {
  for (const voice of all) if (isFree(voice)) return voice
  return undefined
}

const isFree = (voice: Voice): boolean => voice.envelope.stage === 'idle'

const isSounding = ({ envelope, fadeAt }: Voice): boolean =>
  envelope.stage !== 'idle' && envelope.stage !== 'fade' && fadeAt === NEVER

const isOf = (voice: Voice, strip: Strip | undefined): boolean =>
  strip === undefined || voice.strip === strip

function releaseAt(voice: Voice, offset: number): void {
  if (isGated(voice.envelope)) voice.releaseAt = Math.min(voice.releaseAt, offset)
}

function leastMissed(all: readonly Voice[], strip: Strip | undefined): Voice | undefined {
  let least: Voice | undefined
  for (const voice of all) {
    if (!voice.isHeard || !isSounding(voice) || !isOf(voice, strip)) continue
    if (least === undefined || isLessMissed(voice, least)) least = voice
  }
  return least
}

function isLessMissed(voice: Voice, than: Voice): boolean {
  const isReleased = !isGated(voice.envelope)
  if (isReleased !== !isGated(than.envelope)) return isReleased
  if (isReleased) return voice.serial < than.serial
  return loudness(voice) < loudness(than)
}

const loudness = ({ envelope, amplitude }: Voice): number => envelope.level * amplitude

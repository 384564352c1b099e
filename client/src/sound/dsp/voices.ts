import { isGated } from './envelope.ts'
import { BLOCK, prepare, type Strip } from './strip.ts'
import { beginVoice, createVoice, NEVER, renderVoice, type Voice } from './voice.ts'

/** Voices of one track, and of all tracks, that sound at the same time. */
export const MAX_TRACK_VOICES = 16
export const MAX_VOICES = 64
/** Places beyond that for voices which fade to make room. */
const FADING_PLACES = 32

/** All voices; allocates nothing after it was made. */
export interface Voices {
  readonly all: readonly Voice[]
  /**
   * Begins a note at `offset` of the coming block. A voice of the same track and pitch is released; when too many
   * sound, the oldest released or else the quietest makes room. Undefined when all of them begin in this block too.
   */
  begin(strip: Strip, pitch: number, velocity: number, offset: number): Voice | undefined
  /** Releases one held voice at `offset` of the coming block. */
  end(voice: Voice, offset: number): void
  /** Releases the held voices of one strip, or all of them. */
  release(offset: number, strip?: Strip): void
  /** Renders the coming `count` samples of every voice into the buses. */
  render(count: number): void
  /** How many sound, those that fade not counted. */
  sounding(strip?: Strip): number
}

/** @param unused any strip; free places hold on to it */
export function createVoices(sampleRate: number, unused: Strip): Voices {
  const all = Array.from({ length: MAX_VOICES + FADING_PLACES }, () => createVoice(unused))
  const scratch = new Float64Array(BLOCK)
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
  const hasRoom = (strip: Strip, offset: number): boolean => {
    if (sounding(strip) >= MAX_TRACK_VOICES) return makeRoom(strip, offset)
    return sounding() < MAX_VOICES || makeRoom(undefined, offset)
  }

  return {
    all,
    sounding,
    begin(strip, pitch, velocity, offset) {
      for (const voice of all) {
        if (voice.pitch === pitch && isOf(voice, strip)) releaseAt(voice, offset)
      }
      if (!hasRoom(strip, offset)) return undefined
      const voice = all.find(isFree)
      if (voice === undefined) return undefined
      beginVoice(voice, strip, pitch, velocity, offset, sampleRate)
      voice.serial = ++serial
      return voice
    },
    end: releaseAt,
    release(offset, strip) {
      for (const voice of all) if (isOf(voice, strip)) releaseAt(voice, offset)
    },
    render(count) {
      for (const voice of all) {
        if (isFree(voice)) continue
        if (voice.endSamples < count) releaseAt(voice, voice.endSamples)
        voice.endSamples -= count
        prepare(voice.strip, sampleRate)
        renderVoice(voice, scratch, count, sampleRate)
      }
    },
  }
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

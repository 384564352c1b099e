import { advance, endStage, fade, followSustain, release, silence } from './envelope.ts'
import { settleFilter } from './filter.ts'
import { CHUNK } from './strip.ts'
import { aim, attackBoth, NEVER, PHASE_FM, type Voice } from './voice.ts'

/** Sets what holds for some samples, and renders them; both as the voice's sound wants it. */
export interface VoiceSource {
  /** @param at  of the block's samples @returns up to which sample it holds: the end of the chunk, or of the block */
  control(voice: Voice, at: number): number
  /** Adds the voice's samples, times its envelope's level, to its strip. */
  add(voice: Voice, from: number, to: number): void
}

/** Adds the voice's coming `count` samples to its strip. */
export function renderVoice(
  voice: Voice,
  source: VoiceSource,
  count: number,
  sampleRate: number,
): void {
  const { envelope, strip } = voice
  const { sound } = strip
  let at = voice.beginAt
  let held = 0
  followSustain(envelope, sound.sustain, sampleRate)
  while (at < count && envelope.stage !== 'idle') {
    if (takesTurn(voice, at, sampleRate) || at >= held) {
      held = Math.min(count, source.control(voice, at))
      moveModulation(voice, held - at, sampleRate / CHUNK)
    }
    const next = Math.min(voice.releaseAt, voice.fadeAt, voice.turnAt, at + envelope.remaining)
    const end = Math.min(held, next)
    source.add(voice, at, end)
    envelope.remaining -= end - at
    if (envelope.remaining <= 0) {
      endStage(envelope, sound.decaySeconds, sound.sustain, sampleRate)
    }
    at = end
  }
  voice.beginAt = 0
  voice.isHeard = true
  keepSane(voice)
}

/** Does what is to be done at this sample. @returns whether the voice is to be controlled anew */
function takesTurn(voice: Voice, at: number, sampleRate: number): boolean {
  const { envelope, modulation } = voice
  const { sound } = voice.strip
  let isOther = false
  if (at >= voice.releaseAt) {
    release(envelope, sound.releaseSeconds, sampleRate)
    release(modulation, sound.modReleaseSeconds, sampleRate / CHUNK)
    voice.releaseAt = NEVER
    isOther = true
  }
  if (at >= voice.fadeAt) {
    fade(envelope, sampleRate)
    voice.fadeAt = NEVER
  }
  if (at >= voice.turnAt) {
    aim(voice, voice.turnPitch, voice.turnVelocity, sampleRate)
    if (voice.isStruckAgain) attackBoth(voice, sampleRate)
    voice.turnAt = NEVER
    isOther = true
  }
  return isOther
}

/** Moves the second envelope on over so many samples: a step for each chunk that they begin in. */
function moveModulation(voice: Voice, samples: number, rate: number): void {
  const { modulation } = voice
  const { sound } = voice.strip
  for (let moved = 0; moved < samples; moved += CHUNK) {
    followSustain(modulation, sound.modSustain, rate)
    advance(modulation, sound.modDecaySeconds, sound.modSustain, rate)
  }
}

function keepSane(voice: Voice): void {
  const { strip, envelope, phases } = voice
  const sum = envelope.level + (phases[0] ?? 0) + (phases[PHASE_FM] ?? 0) + voice.tone
  if (settleFilter(voice.filter) && Number.isFinite(sum)) return
  phases.fill(0)
  voice.memory.fill(0)
  silence(envelope)
  strip.left.fill(0)
  strip.right.fill(0)
}

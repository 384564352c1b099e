import type { Bus } from './dsp/bus.ts'
import { mixHash } from './dsp/hash.ts'
import type { NoteStart } from './dsp/voice.ts'
import type { Voices } from './dsp/voices.ts'
import { strike } from './engine-tracks.ts'
import type { Audition } from './protocol.ts'

/** Of a note that is tried out by hand; each sounds a little different. */
const AUDITION = 0x4865_6172

/** @returns sounds one pitch at once on a bus, from frame `frame` on; makes no objects */
export function createAuditions(
  voices: Voices,
  sampleRate: number,
): (audition: Audition, bus: Bus, frame: number) => void {
  const start: NoteStart = { pitch: 0, velocity: 0, offset: 0, seed: 0, isAside: true }
  const count = { auditions: 0 }
  return ({ pitch, velocity, seconds }, bus, frame) => {
    start.pitch = pitch
    start.velocity = velocity
    start.seed = mixHash(AUDITION, ++count.auditions)
    const voice = strike(voices, bus, start, frame)
    if (voice !== undefined) voice.endSamples = Math.max(1, Math.round(seconds * sampleRate))
  }
}

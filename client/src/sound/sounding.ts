import { isBusSilent, type Bus } from './dsp/bus.ts'
import { MAX_UNISON } from './dsp/oscillator.ts'
import { MAX_TRACK_VOICES, type Voices } from './dsp/voices.ts'
import type { EngineTrack } from './engine-tracks.ts'
import type { Ease, FrameSegment, TrackLevel } from './engine-types.ts'
import { frameOfBeat } from './frame-beats.ts'

const EASED_UNISON = 3
const EASED_VOICES = 3

/** Gives up what a device cannot keep up with. */
export function limitVoices({ limits }: Voices, ease: Ease): void {
  limits.unison = ease >= 1 ? EASED_UNISON : MAX_UNISON
  limits.trackVoices = ease >= 3 ? EASED_VOICES : MAX_TRACK_VOICES
}

/** How many strokes of kits sound. */
export function drumsSounding(tracks: readonly EngineTrack[]): number {
  let count = 0
  for (const { bus } of tracks) count += bus.drums?.sounding() ?? 0
  return count
}

/** Buses whose track is gone, but not yet its sound. */
export function ringing(
  voices: Voices,
  buses: readonly Bus[],
  tracks: readonly EngineTrack[],
  spare: Bus,
): readonly Bus[] {
  const kept = new Set(tracks.map(({ bus }) => bus)).add(spare)
  return buses.filter((bus) => !kept.has(bus) && (voices.isRinging(bus.strip) || !isBusSilent(bus)))
}

/** Forgets those buses from place `first` on of which nothing is heard any more; makes no objects. */
export function dropSilent(buses: Bus[], first: number, voices: Voices): void {
  for (let at = buses.length - 1; at >= first; at--) {
    const bus = buses[at]
    if (bus === undefined || voices.isRinging(bus.strip) || !isBusSilent(bus)) continue
    buses.copyWithin(at, at + 1)
    buses.pop()
  }
}

/** Releases the voices whose note ends between two frames of the song. */
export function endNotes(
  voices: Voices,
  segment: FrameSegment,
  from: number,
  to: number,
  blockFrame: number,
): void {
  for (const voice of voices.all) {
    if (voice.endBeat === Infinity) continue
    const frame = frameOfBeat(segment, voice.endBeat)
    if (frame < to) voices.end(voice, Math.max(from, frame) - blockFrame)
  }
}

/** Buses below this peak (-80 dB) do not count as sounding. */
const INAUDIBLE = 1e-4

/** Peaks of the tracks that sounded since this was last asked. */
export function takeTrackLevels(tracks: readonly EngineTrack[]): readonly TrackLevel[] {
  const levels = tracks.flatMap(({ id, bus: { peakLeft: left, peakRight: right } }) =>
    Math.max(left, right) > INAUDIBLE ? [{ id, left, right }] : [],
  )
  for (const { bus } of tracks) {
    bus.peakLeft = 0
    bus.peakRight = 0
  }
  return levels
}

import { chordEnds } from './chord-lane.ts'
import { playsChords } from './lane-loops.ts'
import { stepsOf, type Song, type Track } from './song.ts'

/** Beats until what a track plays comes round: as long as its loop, and at least as the chords that move it. */
export function roundBeats(
  track: Pick<Track, 'sound' | 'follow' | 'steps' | 'subdivision'>,
  song: Pick<Song, 'chords' | 'stepCount'>,
): number {
  const isMoved = track.follow !== undefined && track.sound.instrument !== 'drums'
  const lane = isMoved || playsChords(track, song) ? (song.chords ?? []) : []
  return Math.max(stepsOf(track, song) / track.subdivision, chordEnds(lane).at(-1) ?? 0)
}

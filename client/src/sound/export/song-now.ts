import type { PatternName } from '../../sequence/pattern.ts'
import { playsChords } from '../../sequence/lane-loops.ts'
import { roundBeats } from '../../sequence/round-beats.ts'
import { launchOf, patternOf, type Song, type Track } from '../../sequence/song.ts'
import { EMPTY_SONG } from '../../sequence/song.ts'
import type { Trade } from '../../sequence/trade.ts'

/**
 * What the song plays from now on, with nothing left that is to change but whose turn it is, where people take turns.
 *
 * @param scene  this row of patterns, where a track has notes in it; undefined: what plays or is about to
 */
export function songNow(song: Song, scene?: PatternName): Song {
  const { root, scale, stepCount, swing, chords, schema, trade } = song
  return {
    ...EMPTY_SONG,
    schema,
    root,
    scale,
    stepCount,
    ...(swing === undefined ? {} : { swing }),
    ...(isToStay(trade) ? { trade } : {}),
    ...(chords === undefined ? {} : { chords }),
    tracks: song.tracks.map((track) => {
      const { pattern, isOff } = launchOf(track)
      const isInScene = scene !== undefined && patternOf(track, scene).size > 0
      return { ...track, launch: isInScene ? { pattern: scene, isOff: false } : { pattern, isOff } }
    }),
  }
}

const isToStay = (trade: Trade | undefined): boolean =>
  trade !== undefined && trade.end === undefined

/** Beats until the longest loop begins anew, or the chords, of those that play; as many as the song's steps where none does. */
export function loopBeats(song: Song): number {
  const beats = song.tracks
    .filter((track) => playsNotes(track, song))
    .map((track) => roundBeats(track, song))
  return beats.length === 0 ? song.stepCount / 4 : Math.max(...beats)
}

/** Whether a note of it ever begins. */
function playsNotes(track: Track, song: Song): boolean {
  const { pattern, isOff } = launchOf(track)
  return !isOff && (patternOf(track, pattern).size > 0 || playsChords(track, song))
}

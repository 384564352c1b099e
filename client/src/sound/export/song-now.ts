import type { PatternName } from '../../sequence/pattern.ts'
import { launchOf, patternOf, stepsOf, type Song, type Track } from '../../sequence/song.ts'
import { EMPTY_SONG } from '../../sequence/song.ts'
import type { Trade } from '../../sequence/trade.ts'

/**
 * What the song plays from now on, with nothing left that is to change but whose turn it is, where people take turns.
 *
 * @param scene  this row of patterns, where a track has notes in it; undefined: what plays or is about to
 */
export function songNow(song: Song, scene?: PatternName): Song {
  const { root, scale, stepCount, swing, schema, trade } = song
  return {
    ...EMPTY_SONG,
    schema,
    root,
    scale,
    stepCount,
    ...(swing === undefined ? {} : { swing }),
    ...(isToStay(trade) ? { trade } : {}),
    tracks: song.tracks.map((track) => {
      const { pattern, isOff } = launchOf(track)
      const isInScene = scene !== undefined && patternOf(track, scene).size > 0
      return { ...track, launch: isInScene ? { pattern: scene, isOff: false } : { pattern, isOff } }
    }),
  }
}

const isToStay = (trade: Trade | undefined): boolean =>
  trade !== undefined && trade.end === undefined

/** Beats until the longest loop begins anew, of those that play notes; as many as the song's steps where none does. */
export function loopBeats(song: Song): number {
  const beats = song.tracks
    .filter(playsNotes)
    .map((track) => stepsOf(track, song) / track.subdivision)
  return beats.length === 0 ? song.stepCount / 4 : Math.max(...beats)
}

/** Whether a note of it ever begins. */
function playsNotes(track: Track): boolean {
  const { pattern, isOff } = launchOf(track)
  return !isOff && patternOf(track, pattern).size > 0
}

import { ARP_RATES, isArpeggiated } from '../sequence/arp-settings.ts'
import type { TrackLoop } from '../sequence/compile.ts'
import { compileTrack } from '../sequence/compile-track.ts'
import { playsChords } from '../sequence/lane-loops.ts'
import { roundBeats } from '../sequence/round-beats.ts'
import { firstStepFrom } from '../sequence/onsets.ts'
import type { PatternName } from '../sequence/pattern.ts'
import { launchOf, patternOf, type Playing, type Song, type Track } from '../sequence/song.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { createArpNotes } from '../sound/arp-notes.ts'
import { hashText } from '../sound/dsp/hash.ts'
import { addStepNotes, type Striking } from '../sound/step-notes.ts'

/** What the tracks play now, or a scene of them. */
export type Passage = 'now' | PatternName

/** What of a song is played, and how. */
export interface Take {
  /** One after the other. */
  readonly passages: readonly Passage[]
  /** Times round, of the longest loop that plays: from 1. */
  readonly loops: number
  /** Notes sound by their chance, as everybody hears them from the first beat on; else each time round. */
  readonly hasChance: boolean
  /** With swing and humanise; else straight. What is nudged is nudged in any case. */
  readonly hasFeel: boolean
}

/** One note that sounds. */
export interface Stroke {
  /** In beats, from 0. */
  readonly beat: number
  readonly endBeat: number
  readonly pitch: number
  /** 1 to 127, with fractions. */
  readonly velocity: number
}

export interface SongStrokes {
  /** In the order of the tracks, by beat. */
  readonly tracks: readonly { readonly track: Track; readonly strokes: readonly Stroke[] }[]
  readonly passages: readonly { readonly passage: Passage; readonly beat: number }[]
  readonly endBeat: number
}

/** So many strokes no song has that somebody plays on. */
export const MOST_STROKES = 150_000

/**
 * All that a take of a song strikes, by the rule of the engine itself: the same chance falls, the same notes stray.
 *
 * @param tracks  those of the song that are taken
 * @returns undefined when there is too much of it
 */
export function songStrokes(
  song: Song,
  tracks: readonly Track[],
  take: Take,
): SongStrokes | undefined {
  const players = tracks.map((track) => ({
    track,
    strip: stripOf(track, take),
    strokes: [] as Stroke[],
  }))
  const playing = new Map(tracks.map((track): [string, Playing] => [track.id, launchOf(track)]))
  const begun: { passage: Passage; beat: number }[] = []
  let beat = 0
  for (const passage of take.passages) {
    for (const track of tracks) {
      if (passage !== 'now' && patternOf(track, passage).size > 0) {
        playing.set(track.id, { pattern: passage, isOff: false })
      }
    }
    const loops = new Map(
      song.tracks.map((track) => [
        track.id as string,
        loopOf(track, song, playing.get(track.id) ?? launchOf(track), take),
      ]),
    )
    const endBeat = beat + passageBeats(song, tracks, playing, take)
    for (const player of players) play({ song, player, loops, fromBeat: beat, endBeat })
    if (players.reduce((sum, { strokes }) => sum + strokes.length, 0) > MOST_STROKES) {
      return undefined
    }
    begun.push({ passage, beat })
    beat = endBeat
  }
  for (const { strokes } of players) {
    strokes.sort((one, other) => one.beat - other.beat || one.pitch - other.pitch)
  }
  return { tracks: players, passages: begun, endBeat: beat }
}

interface Player extends Striking {
  readonly track: Track
  readonly strokes: Stroke[]
}

/** What the engine makes of a track's id and sound. */
function stripOf({ id, sound }: Track, { hasFeel }: Take): Striking['strip'] {
  const played: TrackSound = hasFeel ? sound : { ...sound, humanise: 0, arpSwing: 0 }
  return { seed: hashText(id), sound: played }
}

const loopOf = (track: Track, song: Song, playing: Playing, take: Take): TrackLoop =>
  asTaken(compileTrack(track, song, playing), take)

function asTaken(loop: TrackLoop, take: Take): TrackLoop {
  const { lane } = loop
  return {
    ...loop,
    ...(take.hasFeel ? {} : { swing: 0 }),
    ...(take.hasChance ? {} : { chances: loop.chances.map(() => 100) }),
    ...(lane && { lane: { ...lane, loops: lane.loops.map((each) => asTaken(each, take)) } }),
  }
}

/** Of more than one passage each ends with a bar, as scenes change. */
function passageBeats(
  song: Song,
  tracks: readonly Track[],
  playing: ReadonlyMap<string, Playing>,
  { loops, passages }: Take,
): number {
  const sounding = tracks.filter((track) => {
    const { pattern, isOff } = playing.get(track.id) ?? launchOf(track)
    return !isOff && (patternOf(track, pattern).size > 0 || playsChords(track, song))
  })
  const longest = sounding.map((track) => roundBeats(track, song))
  const beats = loops * Math.max(0, ...longest)
  return passages.length > 1 ? BEATS_PER_BAR * Math.ceil(beats / BEATS_PER_BAR) : beats
}

interface Stretch {
  readonly song: Song
  readonly player: Player
  /** Of all tracks of the song: an arpeggiator may play around another's. */
  readonly loops: ReadonlyMap<string, TrackLoop>
  readonly fromBeat: number
  readonly endBeat: number
}

function play({ song, player, loops, fromBeat, endBeat }: Stretch): void {
  const { track, strip, strokes } = player
  const sink = {
    // Nothing begins before the song, however early it is meant to be.
    add: (_by: Player, beat: number, end: number, pitch: number, velocity: number): void =>
      void strokes.push({ beat: Math.max(0, beat), endBeat: end, pitch, velocity }),
  }
  const loop = loops.get(track.id)
  if (loop === undefined) return
  if (!isArpeggiated(strip.sound)) {
    forEachStep(loop.subdivision, fromBeat, endBeat, (step) => {
      addStepNotes(sink, player, loop, step, song.stepCount)
    })
    return
  }
  const arp = createArpNotes()
  const feed = song.tracks.find(({ id }) => id === strip.sound.arpFeed) ?? track
  const bus = { strip: { seed: hashText(feed.id), sound: feed.sound } }
  const source = { bus, loop: loop.chords ?? loops.get(feed.id) ?? loop }
  forEachStep(ARP_RATES[strip.sound.arpRate], fromBeat, endBeat, (step) => {
    arp.add(sink, player, source, step, song.stepCount)
  })
}

function forEachStep(
  subdivision: number,
  fromBeat: number,
  endBeat: number,
  onStep: (step: number) => void,
): void {
  const end = firstStepFrom(endBeat, subdivision)
  for (let step = firstStepFrom(fromBeat, subdivision); step < end; step++) onStep(step)
}

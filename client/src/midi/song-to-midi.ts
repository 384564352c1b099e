import type { Song, Track } from '../sequence/song.ts'
import { BEATS_PER_BAR, type Bpm } from '../sequence/time.ts'
import { gmProgram } from './gm-program.ts'
import { songStrokes, type Passage, type Stroke, type Take } from './song-strokes.ts'
import {
  CHANNELS,
  DRUM_CHANNEL,
  MICROS_PER_MINUTE,
  type MidiChannel,
  type MidiEvent,
  type MidiFile,
  type MidiTrack,
} from './smf.ts'

/** Fine enough that every nudge of every subdivision comes back as it was. */
export const TICKS_PER_BEAT = 960

/** What is said in a file, as people read it. */
export interface FileTexts {
  readonly title: string
  /** Who made it, a line each. */
  readonly credits: readonly string[]
  readonly trackName: (track: Track) => string
  readonly trackCredit: (track: Track) => string
  readonly passageName: (passage: Passage) => string
}

/**
 * A jam as a file of format 1: the tempo and all that is said of the whole first, then a track for each of `tracks` that
 * strikes anything.
 * Kits play on the channel of drums, each synth on one of its own as far as these go.
 *
 * @returns undefined when there is too much of it
 */
export function songToMidi(
  song: Song,
  tracks: readonly Track[],
  bpm: Bpm,
  take: Take,
  texts: FileTexts,
): MidiFile | undefined {
  const played = songStrokes(song, tracks, take)
  if (played === undefined) return undefined
  const endTick = tickOf(played.endBeat)
  const first: readonly MidiEvent[] = [
    { tick: 0, kind: 'name', text: texts.title },
    ...texts.credits.map((text) => ({ tick: 0, kind: 'text', text }) as const),
    { tick: 0, kind: 'tempo', microsPerBeat: Math.round(MICROS_PER_MINUTE / bpm) },
    { tick: 0, kind: 'meter', beats: BEATS_PER_BAR, unit: 4 },
    ...played.passages.map(({ passage, beat }) => ({
      tick: tickOf(beat),
      kind: 'marker' as const,
      text: texts.passageName(passage),
    })),
  ]
  const struck = played.tracks.filter(({ strokes }) => strokes.length > 0)
  const channels = channelsOf(struck.map(({ track }) => track))
  return {
    format: 1,
    ticksPerBeat: TICKS_PER_BEAT,
    tracks: [
      { events: first, endTick },
      ...struck.map(({ track, strokes }) =>
        midiTrack(track, strokes, channels.get(track) ?? 0, endTick, texts),
      ),
    ],
  }
}

function channelsOf(tracks: readonly Track[]): ReadonlyMap<Track, MidiChannel> {
  let synths = 0
  return new Map(
    tracks.map((track) => {
      if (track.sound.instrument === 'drums') return [track, DRUM_CHANNEL]
      const channel = synths++ % (CHANNELS - 1)
      return [track, channel < DRUM_CHANNEL ? channel : channel + 1]
    }),
  )
}

function midiTrack(
  track: Track,
  strokes: readonly Stroke[],
  channel: MidiChannel,
  endTick: number,
  texts: FileTexts,
): MidiTrack {
  const notes = apart(strokes.map(wholeTicks))
  const pitches = notes.map(({ pitch }) => pitch).sort((one, other) => one - other)
  const middle = pitches[Math.floor(pitches.length / 2)] ?? 60
  const program = track.sound.instrument === 'drums' ? 0 : gmProgram(track.sound, middle)
  return {
    events: [
      { tick: 0, kind: 'name', text: texts.trackName(track) },
      { tick: 0, kind: 'text', text: texts.trackCredit(track) },
      { tick: 0, kind: 'program', channel, program },
      ...noteEvents(notes, channel),
    ],
    endTick: notes.reduce((latest, note) => Math.max(latest, note.endTick), endTick),
  }
}

interface TickNote {
  readonly tick: number
  readonly endTick: number
  readonly pitch: number
  readonly velocity: number
}

const tickOf = (beat: number): number => Math.round(beat * TICKS_PER_BEAT)

function wholeTicks({ beat, endBeat, pitch, velocity }: Stroke): TickNote {
  const tick = tickOf(beat)
  return {
    tick,
    endTick: Math.max(tick + 1, tickOf(endBeat)),
    pitch,
    velocity: Math.min(127, Math.max(1, Math.round(velocity))),
  }
}

/**
 * A pitch that is struck while it sounds ends there: a file cannot tell the ends of the two apart. Of two strokes at
 * once the louder stays.
 */
function apart(notes: readonly TickNote[]): readonly TickNote[] {
  const kept: TickNote[] = []
  const last = new Map<number, number>()
  for (const note of notes.toSorted((one, other) => one.tick - other.tick)) {
    const index = last.get(note.pitch)
    const before = index === undefined ? undefined : kept[index]
    if (index !== undefined && before !== undefined && before.endTick > note.tick) {
      if (before.tick === note.tick) {
        kept[index] = before.velocity > note.velocity ? before : note
        continue
      }
      kept[index] = { ...before, endTick: note.tick }
    }
    last.set(note.pitch, kept.length)
    kept.push(note)
  }
  return kept
}

/** An end comes before a stroke on the same tick. */
function noteEvents(notes: readonly TickNote[], channel: MidiChannel): readonly MidiEvent[] {
  const ends = notes.map(
    ({ endTick, pitch }) => ({ tick: endTick, kind: 'note-off', channel, pitch }) as const,
  )
  const strokes = notes.map(
    ({ tick, pitch, velocity }) => ({ tick, kind: 'note-on', channel, pitch, velocity }) as const,
  )
  return [...ends, ...strokes].sort((one, other) => one.tick - other.tick)
}

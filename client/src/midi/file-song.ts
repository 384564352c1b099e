import { pairedNotes, type FileNote } from './paired-notes.ts'
import type { Oddity } from './parse-track.ts'
import {
  DRUM_CHANNEL,
  MICROS_PER_MINUTE,
  type MidiChannel,
  type MidiEvent,
  type MidiFile,
  type MidiTrack,
} from './smf.ts'

/** What one channel of one track plays: the part of one instrument. */
export interface FilePart {
  /** As the file calls it; empty where it does not. */
  readonly name: string
  readonly channel: MidiChannel
  readonly isDrums: boolean
  /** By tick, then by pitch; at least one. */
  readonly notes: readonly FileNote[]
}

/** A file as a jam sees it. */
export interface FileSong {
  readonly ticksPerBeat: number
  readonly parts: readonly FilePart[]
  /** Beats a minute at the beginning; undefined where the file does not say. */
  readonly bpm: number | undefined
  /** How often the tempo changes later. */
  readonly tempoChanges: number
  /** Quarter notes in a bar, as it begins; 4 where the file does not say. */
  readonly barBeats: number
  /** What is wrong with the file, each once. */
  readonly oddities: readonly Oddity[]
}

const USUAL_BAR_BEATS = 4

/** Takes a file apart by who plays what. */
export function fileSong(file: MidiFile, oddities: readonly Oddity[] = []): FileSong {
  const all = file.tracks.flatMap(({ events }) => events)
  const bpms = all
    .filter((event) => event.kind === 'tempo')
    .sort((one, other) => one.tick - other.tick)
    .map(({ microsPerBeat }) => MICROS_PER_MINUTE / microsPerBeat)
  const meter = all.find((event) => event.kind === 'meter')
  return {
    ticksPerBeat: file.ticksPerBeat,
    parts: file.tracks.flatMap(partsOf),
    bpm: bpms[0],
    tempoChanges: bpms.filter((bpm, index) => index > 0 && bpm !== bpms[index - 1]).length,
    barBeats: meter === undefined ? USUAL_BAR_BEATS : (4 * meter.beats) / meter.unit,
    oddities,
  }
}

function partsOf(track: MidiTrack): readonly FilePart[] {
  const byChannel = new Map<MidiChannel, FileNote[]>()
  for (const note of pairedNotes(track)) {
    const known = byChannel.get(note.channel)
    if (known === undefined) byChannel.set(note.channel, [note])
    else known.push(note)
  }
  const name = nameOf(track.events)
  return [...byChannel].map(([channel, notes]) => ({
    name,
    channel,
    isDrums: channel === DRUM_CHANNEL,
    notes,
  }))
}

const nameOf = (events: readonly MidiEvent[]): string => {
  const named = events.find((event) => event.kind === 'name' && event.text.trim() !== '')
  const found = named ?? events.find((event) => event.kind === 'instrument')
  return found !== undefined && 'text' in found ? found.text.trim() : ''
}

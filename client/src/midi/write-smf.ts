import { type MidiEvent, type MidiFile, type MidiTrack, TEXT_TYPES } from './smf.ts'
import { textToBytes } from './text-bytes.ts'

const META = 0xff
const END_OF_TRACK = [META, 0x2f, 0]
/** Of a click, and of 32nds in a beat, as everybody writes them. */
const CLOCKS_PER_CLICK = 24
const THIRTY_SECONDS = 8

/** The bytes of a file. */
export function writeSmf({ format, ticksPerBeat, tracks }: MidiFile): Uint8Array<ArrayBuffer> {
  const head = [...word(format), ...word(tracks.length), ...word(ticksPerBeat)]
  return Uint8Array.from([...chunk('MThd', head), ...tracks.flatMap(trackBytes)])
}

function trackBytes({ events, endTick }: MidiTrack): readonly number[] {
  const bytes: number[] = []
  let last = 0
  const add = (tick: number, event: readonly number[]): void => {
    bytes.push(...variable(tick - last), ...event)
    last = tick
  }
  for (const event of events) add(event.tick, eventBytes(event))
  add(endTick, END_OF_TRACK)
  return chunk('MTrk', bytes)
}

function eventBytes(event: MidiEvent): readonly number[] {
  switch (event.kind) {
    case 'note-on':
      return [0x90 | event.channel, event.pitch, event.velocity]
    case 'note-off':
      return [0x80 | event.channel, event.pitch, 0]
    case 'program':
      return [0xc0 | event.channel, event.program]
    case 'tempo':
      return meta(0x51, long(event.microsPerBeat).slice(1))
    case 'meter':
      return meta(0x58, [
        event.beats,
        Math.round(Math.log2(event.unit)),
        CLOCKS_PER_CLICK,
        THIRTY_SECONDS,
      ])
    default:
      return meta(TEXT_TYPES[event.kind], textToBytes(event.text))
  }
}

const meta = (type: number, data: readonly number[]): readonly number[] => [
  META,
  type,
  ...variable(data.length),
  ...data,
]

const chunk = (name: string, data: readonly number[]): readonly number[] => [
  ...textToBytes(name),
  ...long(data.length),
  ...data,
]

/** Seven bits a byte, the highest first; all but the last are marked. */
function variable(value: number): readonly number[] {
  const bytes = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) | 128)
  }
  return bytes
}

const word = (value: number): readonly number[] => [value >>> 8, value & 255]
const long = (value: number): readonly number[] => [...word(value >>> 16), ...word(value & 0xffff)]

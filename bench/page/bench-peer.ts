/** One peer of a room as the bench works it: our jam, or the same kind of song over stock y-webrtc. */
export interface BenchPeer {
  /** Undefined before it has joined. */
  self(): string | undefined
  /** Open direct links, by the other peer's name for itself. */
  connections(): ReadonlyMap<string, RTCPeerConnection>
  /** Something about the links changed. */
  onLinks(listener: () => void): void
  /** Writes a note into a cell, or takes it away. @param cell 0 to `CELLS` - 1 */
  toggle(cell: number): void
  /** The cells that hold a note. */
  cells(): ReadonlySet<number>
  onSong(listener: () => void): void
  /** Fills the song with notes and chat up to about that many bytes. */
  fill(bytes: number): Filled
  /** Notes of the whole song and lines of chat. */
  entryCount(): number
  /** Sends a number to everybody, at once or not at all. */
  sendLive(number: number): void
  onLive(listener: (number: number) => void): void
}

export interface Filled {
  /** Of the document as one update. */
  readonly bytes: number
  /** Notes and lines of chat. */
  readonly entries: number
}

export type OpenPeer = (options: {
  readonly room: string
  /** Where stock y-webrtc finds its signal server. */
  readonly signalUrl: string
}) => Promise<BenchPeer>

/** Steps of the cells' pattern. */
export const STEPS = 16
const PITCHES = 85
export const CELLS = STEPS * PITCHES

/** Notes of one part of a filled song. */
const PART_STEPS = 8
/** Tracks of a filled song; more than 64 are not shown. */
const FILLED_TRACKS = 60
const PARTS_A_TRACK = 4
const LOWEST = 24
const MAX_LINES = 200
/** As long as a line may be: 500 characters as people count them, 35 bytes each. */
const LONG_LINE = '👩🏽‍❤️‍💋‍👨🏿'.repeat(500)

export interface FillWith {
  /** Adds notes to a track. */
  part(track: string, notes: readonly { readonly step: number; readonly pitch: number }[]): void
  line(text: string): void
  bytes(): number
  entries(): number
}

/** Writes notes until the song has so many bytes, and lines of chat when all tracks are full. */
export function fillSong(bytes: number, song: FillWith): Filled {
  const isFull = (): boolean => song.bytes() >= bytes
  for (let part = 0; part < FILLED_TRACKS * PARTS_A_TRACK && !isFull(); part++) {
    const track = `filled${letters(Math.floor(part / PARTS_A_TRACK))}`
    const firstStep = (part % PARTS_A_TRACK) * PART_STEPS
    const notes = Array.from({ length: PART_STEPS * PITCHES }, (_, at) => ({
      step: firstStep + (at % PART_STEPS),
      pitch: LOWEST + Math.floor(at / PART_STEPS),
    }))
    song.part(track, notes)
  }
  for (let line = 0; line < MAX_LINES && !isFull(); line++) song.line(LONG_LINE)
  return { bytes: song.bytes(), entries: song.entries() }
}

/** Two letters that tell up to 676 numbers apart. */
const letters = (number: number): string =>
  String.fromCharCode(97 + Math.floor(number / 26), 97 + (number % 26))

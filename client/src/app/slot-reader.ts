import type { RoomId } from '@beatcord/shared'
import type { SongCopy } from '../jam/shared-song.ts'
import { judgeSong, type KeptSong, takeSong } from '../jam/slot-song.ts'
import type { SlotClient } from '../net/slot-client.ts'
import { openSlot, type SlotContents } from '../net/slot-envelope.ts'
import { SLOT_WORDS } from '../words/slots.ts'

/** What of a room's slot was taken in. */
export type SlotRead =
  | {
      readonly outcome: 'read'
      readonly version: number
      readonly savedMs: number
      /** Whether newer versions could not be read. */
      readonly isEarlier: boolean
      readonly song: KeptSong
      readonly took: 'changed' | 'same' | 'too-large'
      /** Of that version; what nobody here knows is for others to read. */
      readonly contents: SlotContents
    }
  /** There is something, and none of it can be read. @property version  the newest */
  | { readonly outcome: 'unreadable'; readonly version: number }
  | { readonly outcome: 'none' | 'away' | 'denied' }

export const SONG_PART = 'song'
/** As many as the server keeps. */
const VERSIONS = 3

export interface SlotReaderOptions {
  readonly client: Pick<SlotClient, 'read'>
  readonly roomId: RoomId
  readonly slotKey: CryptoKey
  readonly copy: () => Pick<SongCopy, 'doc'>
}

/** Takes the newest version into the song that opens under our key and holds a song as peers take it from each other. */
export async function readSlot(options: SlotReaderOptions): Promise<SlotRead> {
  const { client, roomId, slotKey } = options
  let newest = 0
  let before: number | undefined
  for (let tried = 0; tried < VERSIONS; tried++) {
    const answer = await client.read(roomId, before)
    if (answer.outcome === 'none') break
    if (answer.outcome !== 'slot') return { outcome: answer.outcome }
    const { version, sealed } = answer
    // A server that gives the same again would have us ask for ever.
    if (before !== undefined && version >= before) break
    newest = Math.max(newest, version)
    before = version
    const contents = await openSlot(slotKey, { roomId, version }, sealed)
    const part = contents?.parts.find(({ name }) => name === SONG_PART)
    const song = part && judgeSong(part.bytes)
    if (contents === undefined || song === undefined) continue
    const took = takeSong(options.copy().doc, song)
    const { savedMs } = contents
    return { outcome: 'read', version, savedMs, isEarlier: tried > 0, song, took, contents }
  }
  return newest === 0 ? { outcome: 'none' } : { outcome: 'unreadable', version: newest }
}

/** What people are told of it; undefined when there is nothing to tell. */
export function readToWords(read: SlotRead): string | undefined {
  if (read.outcome === 'unreadable') return SLOT_WORDS.unreadable
  if (read.outcome !== 'read' || read.took === 'same') return undefined
  if (read.took === 'too-large') return SLOT_WORDS.tooLarge
  return read.isEarlier ? SLOT_WORDS.isBackEarlier(read.savedMs) : SLOT_WORDS.isBack(read.savedMs)
}

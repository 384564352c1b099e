import type { PeerId } from '@beatcord/shared'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Transport } from '../clock/transport.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Song } from '../sequence/song.ts'
import { type Chat, createChat } from './chat.ts'
import { createAuthors } from './client-id.ts'
import type { ClockSync } from './clock-sync.ts'
import { createCompactor } from './compactor.ts'
import { createCopyKeeper } from './copy-keeper.ts'
import type { EditStep, KeptEdits } from './edit-history.ts'
import { createJamProvider } from './jam-provider.ts'
import { LIVE_COPY_MARK } from './live-kinds.ts'
import type { PresenceDoor } from './presence-door.ts'
import type { Roles } from './roles.ts'
import { createSongReader, type Overlay } from './song-reader.ts'
import { createSongVerbs, type OwnTrack, type SongVerbs } from './song-verbs.ts'
import { createSheets, type Sheets } from './sheets.ts'
import { createMomentKeeper } from './moment-keeper.ts'
import { createTransportKeeper } from './transport-keeper.ts'
import {
  createWritable,
  isForReading,
  refusalOf,
  type SongSize,
  type Writable,
} from './writable.ts'

/** The document of a song, and how its sheets are read. */
export interface SongCopy {
  readonly doc: Y.Doc
  readonly sheets: Sheets
  /** Who of those linked writes under a Yjs client; undefined when nobody does. */
  linkedAuthor(client: number): PeerId | undefined
}

/** Everything that stands around one document, for as long as it is the one we play. */
export interface SharedSong extends SongCopy {
  readonly song: Live<Song>
  readonly verbs: SongVerbs
  /** What this person did to this copy, oldest first. */
  readonly history: Live<readonly EditStep[]>
  keptEdits(): KeptEdits
  readonly chat: Pick<Chat, 'lines' | 'say'>
  readonly transport: Live<Transport>
  setTransport(transport: Transport): void
  readonly writable: Live<Writable>
  size(): SongSize
  /** True once some peer's answer brought all that we lacked. */
  readonly synced: Live<boolean>
  /** @returns why the sender is to be cut off; false when the kind is none of ours */
  hearLive(from: PeerId, bytes: Uint8Array, arrivedMs: number): string | false | undefined
  close: Undo
}

export interface SharedSongOptions {
  readonly mesh: Mesh
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly clock: ClockSync
  readonly awareness: Awareness
  readonly presence: PresenceDoor
  readonly roles: Roles
  readonly ownTrack: () => OwnTrack | undefined
  /** Monotonic moment at which this page came into the room. */
  readonly sinceMs: number
  /** This copy is the odd one of the room: the given document is to be taken in its place. */
  readonly onDiverged: (better: Y.Doc) => void
  /** What is heard and seen before it is in the document. */
  readonly overlay: Overlay
  /** Of riffs, which are no part of it. @returns why the sender is to be cut off, if so */
  readonly onRiff: (from: PeerId, body: Uint8Array) => string | undefined
  /** What this person did in the copy before, to be taken back here. */
  readonly earlier?: KeptEdits
}

export function createSharedSong(doc: Y.Doc, options: SharedSongOptions): SharedSong {
  const { mesh, timers, random, clock, roles } = options
  const scope = createScope()
  const { writable, size, room, mayAdd, close: closeWritable } = createWritable(doc, roles.own)
  scope.own(closeWritable)
  const mayEdit = (): boolean => refusalOf(writable.read()) === undefined
  const authors = createAuthors()
  const linkedAuthor = (client: number): PeerId | undefined =>
    mesh.peers().find((peer) => {
      const page = mesh.pageOf(peer)
      return page !== undefined && authors.own({ peer, page }, [client])
    })
  const isForeignAuthor = (client: number): boolean => linkedAuthor(client) === undefined
  const authorOf = (client: number): PeerId | undefined => {
    const self = mesh.self()
    return self !== undefined && authors.own(self, [client]) ? self.peer : linkedAuthor(client)
  }
  // Before the reader, so that nobody is told of a song that is about to be mended.
  const compactor = createCompactor({
    doc,
    timers,
    mayWrite: () => !isForReading(writable.read()),
    mayCompact: () => isFirst(mesh, roles),
    isForeignAuthor,
  })
  scope.own(compactor.close)
  const { song, close: closeReader } = createSongReader(doc, options.overlay)
  scope.own(closeReader)
  const maySay = (): boolean => writable.read() === 'listening' || mayEdit()
  const chat = createChat(doc, maySay, mayEdit, authorOf)
  scope.own(chat.close)
  scope.own(mesh.onPeer(chat.look))
  const keeping = {
    doc,
    clock,
    timers,
    random,
    mayEdit: () => !isForReading(writable.read()),
  }
  const keeper = createTransportKeeper(keeping)
  scope.own(keeper.close)
  scope.own(createMomentKeeper(keeping).close)
  const provider = createJamProvider({
    ...options,
    doc,
    room,
    onWhole: (from, whole) => void copies.compare(from, whole),
  })
  scope.own(provider.close)
  const copies = createCopyKeeper({
    ...options,
    doc,
    askWhole: provider.askWhole,
    isForeignAuthor,
  })
  scope.own(copies.close)

  const verbs = createSongVerbs({
    doc,
    song: song.read,
    own: options.ownTrack,
    writable: writable.read,
    mayAdd,
    earlier: options.earlier,
  })

  return {
    doc,
    sheets: createSheets(doc),
    linkedAuthor,
    song,
    verbs,
    history: verbs.history,
    keptEdits: verbs.keptEdits,
    chat,
    transport: keeper.transport,
    setTransport: keeper.write,
    writable,
    size,
    synced: provider.synced,
    hearLive(from, bytes, arrivedMs) {
      if (bytes[0] !== LIVE_COPY_MARK) return provider.hearLive(from, bytes, arrivedMs)
      return copies.hear(from, bytes.subarray(1)) ? undefined : 'copy-mark'
    },
    close: scope.close,
  }
}

/** Whether nobody who is linked and may write has a lower id: one of us does what is to be done once. */
export function isFirst(
  mesh: Pick<Mesh, 'self' | 'peers'>,
  { mayEdit }: Pick<Roles, 'mayEdit'>,
): boolean {
  const self = mesh.self()
  return self !== undefined && mesh.peers().every((peer) => self.peer < peer || !mayEdit(peer))
}

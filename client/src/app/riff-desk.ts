import { createRiffJournal } from '../jam/riff-journal.ts'
import type { Jam } from '../jam/jam.ts'
import { createRiffStore } from '../jam/riff-store.ts'
import { createLive, type Live, type LiveSource } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { decodeBase64url, encodeBase64url } from '../net/base64url.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { parseName } from '../sequence/parse-name.ts'
import type { Riff, RiffAuthor } from '../sequence/riff.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import { withRiff } from '../sequence/with-riff.ts'
import { RIFF_WORDS } from '../words/riffs.ts'
import type { Ear } from './ear.ts'
import type { Leads } from './leads.ts'
import type { ComingSong } from './player.ts'
import { createReplay } from './replay.ts'
import { createRiffComeback } from './riff-comeback.ts'
import { packRiff, unpackRiff } from './riff-file.ts'
import { beginJamWith, forgetFork, forkOf, remixHref } from './riff-fork.ts'
import type { Riffs } from './riff-types.ts'
import { encodeSongFile, SONG_FILE_TYPE } from './song-file.ts'
import type { Drawer } from './storage.ts'
import type { TransportDesk } from './transport-desk.ts'

export interface RiffDeskOptions {
  readonly jam: Jam
  readonly mesh: Mesh
  readonly timers: Timers
  readonly random: () => number
  readonly drawer: Drawer
  /** Names the room in this browser. */
  readonly tag: string
  readonly me: Live<RiffAuthor>
  readonly mayEdit: (peer: Parameters<Mesh['send']>[0]) => boolean
  readonly transport: Pick<TransportDesk, 'view' | 'setTempo'>
  readonly leads: Pick<Leads, 'changeMs'>
  readonly ear: Pick<Ear, 'listenTo'>
  /** What the engine is to play from a moment on. */
  readonly player: LiveSource<ComingSong | undefined>
}

/** Riffs as the page has them, and what else the app does with them. */
export interface RiffDesk extends Riffs {
  /** The latest, packed, as many as so many bytes hold. */
  packed(mostBytes: number): readonly Uint8Array<ArrayBuffer>[]
  /** Takes one in; what is no riff is passed over. */
  takePacked(bytes: Uint8Array): Promise<void>
  /** All of them as a song file has them: packed, in base64url. */
  pack(): readonly string[]
  /** Takes those of a song file in; what is no riff is passed over. */
  unpack(riffs: readonly string[]): Promise<void>
  readonly close: Undo
}

/** Keeps riffs, and does what can be done with them. */
export function createRiffDesk(options: RiffDeskOptions): RiffDesk {
  const { jam, timers, drawer, transport, ear } = options
  const scope = createScope()
  const journal = createRiffJournal({
    ...options,
    lateFrames: jam.lateFrames,
    roles: options,
    store: createRiffStore(options.tag),
    unpack: unpackRiff,
  })
  scope.own(journal.close)
  const comeback = createRiffComeback({
    ...options,
    riffs: journal.riffs,
    setTempo: transport.setTempo,
  })
  scope.own(comeback.close)
  const { close: closeReplay, ...replay } = createReplay(options)
  scope.own(closeReplay)
  const listening = createLive<Riff | undefined>(undefined)
  const find = (id: string): Riff | undefined => journal.riffs.read().find((riff) => riff.id === id)
  const listen = (riff: Riff | undefined): void => {
    listening.set(riff)
    ear.listenTo(riff && ((song) => withRiff(song, riff.song)))
  }

  const packedUpTo = (mostBytes: number): readonly Uint8Array<ArrayBuffer>[] => {
    let left = mostBytes
    return journal.riffs.read().flatMap(({ id }) => {
      const bytes = journal.bytesOf(id)
      left -= bytes?.length ?? 0
      return bytes === undefined || left < 0 ? [] : [bytes]
    })
  }
  /** A jam that was made out of a riff begins with it. */
  const begin = (): void => {
    const riff = find(forkOf(drawer, options.tag))
    if (riff === undefined) return
    forgetFork(drawer, options.tag)
    if (jam.song.read().tracks.length === 0) comeback.bringBack(riff)
  }
  scope.own(journal.riffs.subscribe(begin))

  return {
    list: journal.riffs,
    async keep(name, past) {
      const { song, bpm } = past ?? { song: jam.song.read(), bpm: transport.view.read().bpm }
      if (!hasNotes(song)) throw new Error(RIFF_WORDS.nothingToKeep)
      const atMs = timers.wallMs()
      const { name: who, colour } = options.me.read()
      const packed = await packRiff({
        name: parseName(name) ?? RIFF_WORDS.unnamed(new Date(atMs)),
        atMs,
        by: { name: who, colour },
        bpm,
        song,
      }).catch(() => {
        throw new Error(RIFF_WORDS.tooLarge)
      })
      journal.add(packed.riff, packed.bytes)
    },
    listening,
    listen,
    bringBack(id) {
      const riff = find(id)
      if (riff === undefined || !comeback.bringBack(riff)) return false
      listen(undefined)
      return true
    },
    coming: comeback.coming,
    replay,
    forget(id) {
      if (listening.read()?.id === id) listen(undefined)
      journal.forget(id)
    },
    async fork(id) {
      const riff = find(id)
      if (riff === undefined) throw new Error(RIFF_WORDS.gone)
      return beginJamWith(riff, options, options.tag)
    },
    remixLink(id) {
      const bytes = journal.bytesOf(id)
      return bytes && remixHref(bytes)
    },
    save(id) {
      const riff = find(id)
      if (riff === undefined) return Promise.reject(new Error(RIFF_WORDS.gone))
      const text = encodeSongFile({ ...EMPTY_SONG, ...riff.song }, riff.bpm)
      return Promise.resolve(new Blob([text], { type: SONG_FILE_TYPE }))
    },
    packed: packedUpTo,
    async takePacked(bytes) {
      await journal.addPacked(new Uint8Array(bytes))
    },
    pack: () => packedUpTo(Infinity).map(encodeBase64url),
    async unpack(riffs) {
      for (const riff of riffs) {
        const bytes = decodeBase64url(riff)
        if (bytes !== undefined) await journal.addPacked(bytes)
      }
    },
    close: scope.close,
  }
}

const hasNotes = ({ tracks }: Song): boolean =>
  tracks.some(({ patterns }) => Object.values(patterns).some((pattern) => pattern.size > 0))

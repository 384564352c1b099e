import * as Y from 'yjs'
import { parseTransport } from '../clock/parse-transport.ts'
import { lastAsked } from '../clock/tempo-map.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Song } from '../sequence/song.ts'
import { INITIAL_BPM, type Bpm } from '../sequence/time.ts'
import { docShape } from './doc-shape.ts'
import { createSongReader } from './song-reader.ts'

/** What changed in the song within a second or so. */
export interface Take {
  /** When, ms since 1970. */
  readonly atMs: number
  readonly update: Uint8Array<ArrayBuffer>
  /** Whether it holds all of the song, so that nothing before it counts. */
  readonly isWhole: boolean
}

/** Where takes are kept, oldest first. What fails is not kept, and nobody is told. */
export interface TakeStore {
  read(): Promise<readonly Take[]>
  add(take: Take): Promise<void>
  /** Puts these in place of all that are kept. */
  replace(takes: readonly Take[]): Promise<void>
}

/** Records in this browser how a song is written. */
export interface Recording {
  /** All that was recorded, oldest first; what has just changed among it. */
  takes(): Promise<readonly Take[]>
  /** Forgets everything; goes on recording, unless it is closed. */
  clear(): Promise<void>
  close: Undo
}

export interface RecordingOptions {
  /** The document that is played, which may give way to another one. */
  readonly copy: Live<{ readonly doc: Y.Doc }>
  readonly store: TakeStore
  readonly timers: Pick<Timers, 'after' | 'wallMs'>
}

/** So that a drag is few takes. */
const TAKE_MS = 1000
/** Beyond either the older half becomes one take. */
const MOST_TAKES = 3600
export const MOST_TAKE_BYTES = 4 * 1024 * 1024

export function createRecording({ copy, store, timers }: RecordingOptions): Recording {
  const scope = createScope()
  let waiting: Uint8Array[] = []
  let isWhole = true
  let undoWait: Undo | undefined
  let following = createScope()
  let count = 0
  let bytes = 0
  // One after the other: what was added while others are thinned out would be lost.
  let work: Promise<unknown> = Promise.resolve()
  const enqueue = <T>(act: () => Promise<T>): Promise<T> => {
    const done = work.then(act)
    work = done.catch(() => undefined)
    return done
  }

  const add = async (take: Take): Promise<void> => {
    await store.add(take)
    count += 1
    bytes += take.update.length
    if (count <= MOST_TAKES && bytes <= MOST_TAKE_BYTES) return
    const thinned = thin(await store.read())
    await store.replace(thinned)
    measure(thinned)
  }
  const measure = (takes: readonly Take[]): void => {
    count = takes.length
    bytes = takes.reduce((sum, { update }) => sum + update.length, 0)
  }
  const flush = (): void => {
    undoWait?.()
    undoWait = undefined
    if (waiting.length === 0) return
    const [only] = waiting
    const update = waiting.length === 1 && only !== undefined ? only : Y.mergeUpdates(waiting)
    const take = { atMs: timers.wallMs(), update: new Uint8Array(update), isWhole }
    waiting = []
    isWhole = false
    void enqueue(() => add(take))
  }
  const follow = (): void => {
    flush()
    following.close()
    following = createScope()
    const { doc } = copy.read()
    const onUpdate = (update: Uint8Array): void => {
      waiting.push(update)
      undoWait ??= timers.after(TAKE_MS, flush)
    }
    // Whatever happened while nobody recorded is in it, too.
    isWhole = true
    waiting.push(Y.encodeStateAsUpdate(doc))
    flush()
    doc.on('update', onUpdate)
    following.own(() => {
      doc.off('update', onUpdate)
    })
  }
  void enqueue(async () => {
    measure(await store.read())
  })
  scope.own(copy.subscribe(follow))
  scope.own(() => {
    following.close()
  })
  scope.own(flush)
  follow()

  return {
    takes() {
      flush()
      return enqueue(() => store.read())
    },
    async clear() {
      waiting = []
      await enqueue(async () => {
        await store.replace([])
        measure([])
      })
      follow()
    },
    close: scope.close,
  }
}

/** The older half as one take that holds all it amounts to; moments in it are no longer told apart. */
export function thin(takes: readonly Take[]): readonly Take[] {
  const half = Math.ceil(takes.length / 2)
  const older = takes.slice(0, half)
  const last = older.at(-1)
  if (last === undefined) return takes
  const doc = docAt(older)
  const update = new Uint8Array(Y.encodeStateAsUpdate(doc))
  doc.destroy()
  return [{ atMs: last.atMs, update, isWhole: true }, ...takes.slice(half)]
}

/** The song and its tempo as they were after the last of these takes. */
export function songAfter(takes: readonly Take[]): { readonly song: Song; readonly bpm: Bpm } {
  const doc = docAt(takes)
  const { song, close } = createSongReader(doc)
  close()
  const transport = parseTransport(docShape(doc).room.get('transport'))
  doc.destroy()
  return {
    song: song.read(),
    bpm: transport === undefined ? INITIAL_BPM : lastAsked(transport).bpm,
  }
}

function docAt(takes: readonly Take[]): Y.Doc {
  const begin = takes.findLastIndex(({ isWhole }) => isWhole)
  const doc = new Y.Doc()
  docShape(doc)
  for (const { update } of takes.slice(Math.max(0, begin))) applyTo(doc, update)
  return doc
}

function applyTo(doc: Y.Doc, update: Uint8Array): void {
  try {
    Y.applyUpdate(doc, update)
  } catch {
    // A damaged disk: what of it can be read is shown.
  }
}

import * as Y from 'yjs'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { docShape, isSetting, MY_EDIT } from './doc-shape.ts'
import type { Dot, EntryValue } from './sheet-base.ts'
import { createSheets } from './sheets.ts'

/** What we wrote and another copy of the song has something else in place of, written by somebody in our name. */
export interface LostEdits {
  readonly entries: readonly {
    readonly track: TrackId
    readonly key: string
    readonly value: EntryValue
  }[]
  readonly room: ReadonlyMap<string, unknown>
  readonly tracks: ReadonlyMap<string, unknown>
  readonly lines: readonly unknown[]
}

/**
 * @param mine   our copy as it was
 * @param other  the copy that we play from now on
 * @param isOwn  whether this page writes under this Yjs client
 */
export function lostEdits(
  mine: Y.Doc,
  other: Y.Doc,
  isOwn: (client: number) => boolean,
): LostEdits {
  const shape = docShape(mine)
  const isLost = (dot: Dot): boolean => isOwn(dot.client) && !isSame(mine, other, dot)
  const lostIn = (map: Y.Map<unknown>): ReadonlyMap<string, unknown> =>
    new Map(
      [...map._map].flatMap(([key, item]) =>
        !item.deleted && isLost(item.id) ? [[key, map.get(key)] as const] : [],
      ),
    )
  const sheets = createSheets(mine)
  const entries = [...shape.sheets.keys()].filter(isTrackId).flatMap((track) =>
    [...sheets.state(track).entries].flatMap(([key, { value, dot, by }]) => {
      // What we wrote for somebody else was brought over by others too.
      return by === undefined && isLost(dot) ? [{ track, key, value }] : []
    }),
  )
  const room = new Map([...lostIn(shape.room)].filter(([key]) => isSetting(key)))
  return { entries, room, tracks: lostIn(shape.tracks), lines: lostLines(shape.chat, isLost) }
}

export const isNothing = ({ entries, room, tracks, lines }: LostEdits): boolean =>
  entries.length + room.size + tracks.size + lines.length === 0

/** Writes them once more, as edits of now. */
export function writeAgain(doc: Y.Doc, { entries, room, tracks, lines }: LostEdits): void {
  const shape = docShape(doc)
  const sheets = createSheets(doc)
  doc.transact(() => {
    for (const [key, value] of room) shape.room.set(key, value)
    for (const [track, meta] of tracks) shape.tracks.set(track, meta)
    for (const { track, key, value } of entries) sheets.write(track, key, value)
    if (lines.length > 0) shape.chat.push([...lines])
  }, MY_EDIT)
}

function lostLines(chat: Y.Array<unknown>, isLost: (dot: Dot) => boolean): readonly unknown[] {
  const lines: unknown[] = []
  for (let item = chat._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentAny)) continue
    const { client, clock } = item.id
    const own = item.content.arr as readonly unknown[]
    lines.push(...own.filter((_, index) => isLost({ client, clock: clock + index })))
  }
  return lines
}

/** Whether the other copy has what stands here at this clock; what is taken away anywhere is nobody's loss. */
function isSame(mine: Y.Doc, other: Y.Doc, dot: Dot): boolean {
  const [ours, theirs] = [itemAt(mine, dot), itemAt(other, dot)]
  if (ours === undefined || theirs === undefined) return true
  return pathOf(ours) === pathOf(theirs) && textAt(ours, dot) === textAt(theirs, dot)
}

function itemAt({ store }: Y.Doc, { client, clock }: Dot): Y.Item | undefined {
  if (clock >= Y.getState(store, client)) return undefined
  const struct: Y.Item | Y.GC = Y.getItem(store, Y.createID(client, clock))
  return struct instanceof Y.Item && !struct.deleted ? struct : undefined
}

/** In which map or list it stands, and under which key. */
function pathOf({ parent, parentSub }: Y.Item): string {
  const type = parent as Y.AbstractType<unknown>
  const above = type._item === null ? Y.findRootTypeKey(type) : pathOf(type._item)
  return `${above} ${parentSub ?? ''}`
}

const textAt = ({ content, id }: Y.Item, { clock }: Dot): string =>
  content instanceof Y.ContentAny
    ? JSON.stringify(content.arr[clock - id.clock])
    : content.constructor.name

import * as Y from 'yjs'
import { docShape } from './doc-shape.ts'

/** Longest update that says a line. */
const MAX_LINE_BYTES = 16 * 1024

/**
 * Whether an update adds lines to the chat and does nothing else: all that a listener may write. To be asked when the
 * document has everything that the update stands on, and the update can be read.
 */
export function isChatOnly(doc: Y.Doc, update: Uint8Array): boolean {
  if (update.length > MAX_LINE_BYTES) return false
  const { structs, ds } = Y.decodeUpdate(update)
  if (ds.clients.size > 0) return false
  const brought = new Map<string, Y.Item>()
  const { chat } = docShape(doc)

  function isLineAfter({ client, clock }: Y.ID): boolean {
    if (brought.has(`${client} ${clock}`)) return true
    if (clock >= Y.getState(doc.store, client)) return false
    const before: Y.Item | Y.GC = Y.getItem(doc.store, Y.createID(client, clock))
    return before instanceof Y.Item && before.parent === chat
  }

  return structs.every((struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) return false
    const { origin, rightOrigin, parent, parentSub } = struct
    if (parentSub !== null) return false
    const beside = [origin, rightOrigin].filter((id) => id !== null)
    const isLine = beside.length > 0 ? beside.every(isLineAfter) : (parent as unknown) === 'chat'
    const { client, clock } = struct.id
    for (let at = 0; at < struct.length; at++) brought.set(`${client} ${clock + at}`, struct)
    return isLine
  })
}

import * as Y from 'yjs'
import { MAX_ANSWER_PIECES } from './gate.ts'
import { walkUpdate } from './update-walk.ts'

/** How many bytes of an update that was judged tell what the document does not have yet. */
export function lackedBytes(doc: Y.Doc, update: Uint8Array): number {
  let lacked = 0
  let startsAt = 0
  walkUpdate(update, MAX_ANSWER_PIECES, {
    section(_client, _clock, at) {
      startsAt = at
    },
    struct({ client, clock, length, endsAt }) {
      if (clock + length > Y.getState(doc.store, client)) lacked += endsAt - startsAt
      startsAt = endsAt
    },
    taken: () => undefined,
  })
  return lacked
}

import * as v from 'valibot'
import type { RoomId } from '@beatcord/shared'
import { namesSchema, roomIdSchema, type RoomState, roomStateSchema } from '../room-state.ts'

const leftSchema = v.union([
  v.strictObject({ names: namesSchema, state: roomStateSchema }),
  /** Under a name that the room had before. */
  v.strictObject({ movedTo: roomIdSchema }),
])

/** What a home leaves behind, so that another goes on with the room. */
export type Left =
  { readonly names: readonly RoomId[]; readonly state: RoomState } | { readonly movedTo: RoomId }

/** Reads what was left behind; undefined when it is nothing, or no good. Never throws. */
export function parseLeft(text: string): Left | undefined {
  if (text === '') return undefined
  try {
    const result = v.safeParse(leftSchema, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

/** By each name of a room what is to be found there. */
export const leftOf = (names: readonly RoomId[], state: RoomState): readonly [RoomId, string][] => {
  const now = names.at(-1)
  return names.map((name) => {
    const left: Left = name === now || now === undefined ? { names, state } : { movedTo: now }
    return [name, JSON.stringify(left)]
  })
}

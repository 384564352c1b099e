import * as encoding from 'lib0/encoding'
import type { Member } from '../net/mesh.ts'
import { FORWARD, SYNC } from './gate.ts'

/** A frame of y-protocols' sync, as y-webrtc numbers it. */
export function syncFrame(kind: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, SYNC)
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}

/** An update on its way to somebody whom its author does not reach. */
export function forwardFrame({ peer, page }: Member, update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, FORWARD)
  encoding.writeVarString(encoder, peer)
  encoding.writeVarString(encoder, page)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

import type { Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { joinPeer, type SeatedPeer } from './talking-peer.ts'

/** Three peers of a real server, of whom two share a room. */
export interface RelayStage extends ServerStage {
  readonly ana: SeatedPeer
  readonly bo: SeatedPeer
  /** Sits in another room. */
  readonly cy: SeatedPeer
}

/** Turns of the event loop. */
const STILL_TURNS = 200

export async function setRelayStage(overrides: Partial<Config> = {}): Promise<RelayStage> {
  const stage = await setServerStage(overrides)
  const ana = await joinPeer(stage.port, 'garage')
  const bo = await joinPeer(stage.port, 'garage')
  const cy = await joinPeer(stage.port, 'cellar')
  await ana.nextOf('peer-joined')
  return { ...stage, ana, bo, cy }
}

export const idOf = (peer: SeatedPeer): SeatedPeer['welcome']['seat']['peerId'] =>
  peer.welcome.seat.peerId

/** A payload of so many bytes, 4 or more, that tells its place in a row. */
export function numbered(index: number, bytes: number): Uint8Array {
  const payload = new Uint8Array(bytes)
  new DataView(payload.buffer).setUint32(0, index)
  return payload
}

export const numberOf = ({ payload }: { readonly payload: Uint8Array }): number =>
  new DataView(payload.buffer, payload.byteOffset).getUint32(0)

/** Resolves when nothing more leaves the sender: all is sent, or the way is full. */
export async function untilStill(sender: SeatedPeer, advance: (ms: number) => void): Promise<void> {
  let turns = 0
  let leftBytes = -1
  await until(() => {
    advance(1)
    const { bufferedAmount } = sender.socket
    turns = bufferedAmount === leftBytes ? turns + 1 : 0
    leftBytes = bufferedAmount
    return turns > STILL_TURNS
  })
}

import { createLive } from '../lib/live.ts'
import type { Mesh } from '../net/mesh.ts'

const nothing = (): void => undefined

/** A mesh of one, who never had a seat. */
export const NOBODY: Mesh = {
  links: createLive(new Map()),
  self: () => undefined,
  pageOf: () => undefined,
  reachOf: () => undefined,
  peers: () => [],
  send: () => false,
  broadcast: nothing,
  onBytes: () => nothing,
  onPeer: () => nothing,
  cutOff: nothing,
  close: nothing,
}

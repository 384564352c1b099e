import type { PeerId, Role, RoomId, Rules } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import type { SignalClient } from './signal-client-types.ts'

/** What a signal client tells of a room that has no roles: for tests of other things. */
export const plainStanding = (): Pick<
  SignalClient,
  | 'role'
  | 'rules'
  | 'certificate'
  | 'knocks'
  | 'onCertificate'
  | 'cameBefore'
  | 'room'
  | 'hearClaims'
  | 'ask'
> => ({
  role: createLive<Role>('player'),
  rules: createLive<Rules>({ door: 'open', newcomers: 'player' }),
  certificate: createLive<string | undefined>(undefined),
  knocks: createLive<ReadonlyMap<PeerId, string>>(new Map()),
  room: createLive<RoomId | undefined>(undefined),
  onCertificate: () => () => undefined,
  cameBefore: () => true,
  hearClaims: () => undefined,
  ask: () => false,
})

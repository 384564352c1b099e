import {
  parseSeatClaims,
  type PeerId,
  type Role,
  type RoomId,
  type RosterEntry,
  type Rules,
  type SeatClaims,
  type ServerMessage,
} from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { decodeBase64url } from './base64url.ts'
import type { SignalClient } from './signal-client-types.ts'

/** What we are in the room, how it is kept, and who wants to come in. */
export interface OwnStanding {
  readonly client: Pick<
    SignalClient,
    'role' | 'rules' | 'certificate' | 'knocks' | 'room' | 'onCertificate' | 'cameBefore'
  >
  /** The server's word. */
  hear(message: ServerMessage): void
  /** We are seated no more. */
  out(): void
  /** Whether a good certificate that came by a link is of our room, and none that we know of is of a later epoch. */
  takes(claims: SeatClaims): boolean
  /** What such a one says of us. */
  hearClaims(claims: SeatClaims): void
}

export function createOwnStanding(): OwnStanding {
  const role = createLive<Role>('player')
  const rules = createLive<Rules>({ door: 'open', newcomers: 'player' })
  const certificate = createLive<string | undefined>(undefined)
  const knocks = createLive<ReadonlyMap<PeerId, string>>(new Map())
  const events = createEvents<{ certificate: [string] }>()
  const room = createLive<RoomId | undefined>(undefined)
  let before: ReadonlySet<PeerId> = new Set()
  let self: PeerId | undefined
  let epoch = -1

  function appoint(next: Role): void {
    if (next !== role.read()) role.set(next)
  }

  function keep(next: string | undefined): void {
    // From the server itself: whoever could forge it could say the same without.
    const claims = next === undefined ? undefined : claimsOf(next)
    if (next === undefined || claims === undefined) return
    if (claims.room !== room.read()) room.set(claims.room)
    epoch = Math.max(epoch, claims.epoch)
    certificate.set(next)
  }

  function knocksWithout(peer: PeerId): ReadonlyMap<PeerId, string> {
    return new Map([...knocks.read()].filter(([each]) => each !== peer))
  }

  return {
    client: {
      role,
      rules,
      certificate,
      knocks,
      room,
      onCertificate: (listener) => events.on('certificate', listener),
      cameBefore: (peer) => before.has(peer),
    },
    hear(message) {
      switch (message.type) {
        case 'welcome':
          // Of the first welcome to this seat: later ones are of those who came after us, too.
          if (message.seat.peerId !== self) before = new Set(message.roster.map(idOf))
          self = message.seat.peerId
          knocks.set(new Map())
          rules.set(message.rules)
          appoint(message.role)
          keep(message.seat.certificate)
          break
        case 'seat':
          appoint(message.role)
          keep(message.seat.certificate)
          break
        case 'rules':
          rules.set(message.rules)
          break
        case 'certificate':
          events.emit('certificate', message.certificate)
          break
        case 'knock':
          knocks.set(new Map(knocks.read()).set(message.peerId, message.sealed))
          break
        case 'knock-over':
          knocks.set(knocksWithout(message.peerId))
          break
        default:
      }
    },
    out() {
      knocks.set(new Map())
    },
    takes(claims) {
      if (claims.room !== room.read() || claims.epoch < epoch) return false
      ;({ epoch } = claims)
      return true
    },
    hearClaims(claims) {
      rules.set(claims.rules)
      appoint(claims.role)
    },
  }
}

const idOf = ({ peerId }: RosterEntry): PeerId => peerId

/** What a certificate says, whoever signed it. */
function claimsOf(certificate: string): SeatClaims | undefined {
  const bytes = decodeBase64url(certificate.split('.')[1] ?? '')
  if (bytes === undefined) return undefined
  try {
    return parseSeatClaims(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    // A server that signs junk is heard as if it had signed nothing.
    return undefined
  }
}

import type { SeatState } from '../room-state.ts'
import type { Comer } from '../room-types.ts'
import type { PastStanding } from '../standing.ts'
import type { InstanceId } from './directory.ts'
import type { Mirror } from './mirror.ts'
import type { PacketOf } from './packets.ts'

/** What somebody was, by a certificate or by what is known of the room. */
export function pastOf(
  mirror: Mirror,
  { peerId, past }: Pick<Comer, 'peerId' | 'past'>,
): PastStanding | undefined {
  return mirror.seats.has(peerId) ? mirror.standingOf(peerId) : past
}

/** Without what else a certificate says. */
export const pastToWire = ({
  role,
  rules,
  epoch,
  since,
  iss,
}: PastStanding): NonNullable<PacketOf<'join'>['past']> => ({ role, rules, epoch, since, iss })

/** What is not known of a room by its mirror. */
export interface ByMirror {
  readonly cap: number
  readonly nowSeconds: number
  readonly instance: InstanceId
}

/** The seat somebody gets while the home of their room is silent; or why they get none. */
export function admitByMirror(
  mirror: Mirror,
  { peerId, sealed, past }: Pick<Comer, 'peerId' | 'sealed' | 'past'>,
  { cap, nowSeconds, instance }: ByMirror,
): SeatState | 'room-full' | 'locked' | 'knock' {
  const { seats } = mirror
  const { rules, epoch, iss } = mirror.order()
  const held = seats.get(peerId)
  const good = past?.iss === iss && past.epoch === epoch ? past : undefined
  const known = held ?? good
  if (held === undefined && seats.size >= cap) return 'room-full'
  if (known === undefined && rules.door !== 'open') return rules.door
  const { role = rules.newcomers, since = nowSeconds } = known ?? {}
  const cameByEpoch = good === undefined ? {} : { cameByEpoch: good.epoch }
  return { peerId, role, since, ...cameByEpoch, isHere: true, sealed, instance }
}

import type { Clock } from './clock.ts'
import type { Load } from './load.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Rooms } from './rooms.ts'
import type { SeatCertificates } from './seat-certificates.ts'
import type { Seats } from './seats.ts'
import type { SocketLimits } from './socket-limits.ts'
import type { IceServers } from './turn.ts'

/** What all connections of one server share. */
export interface Hall {
  readonly rooms: Rooms
  readonly seats: Seats
  readonly certificates: SeatCertificates
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly load: Load
  readonly roomCap: number
  readonly socketLimits: SocketLimits
  readonly iceServers: IceServers
  readonly inactivityTimeoutMs: number
  /** How much each peer may send to others through the server; 0: nothing. */
  readonly relayBytesPerSecond: number
}

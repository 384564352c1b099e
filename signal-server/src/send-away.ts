import { randomInt } from 'node:crypto'
import type { WebSocket } from 'ws'
import { CLOSE_CODES, encodeRetryAfter, type Lack } from '@beatcord/shared'
import type { Clock } from './clock.ts'

/** How long who is sent away is asked to wait, in ms: drawn for each, so that they do not all come back at one moment. */
const WAIT_MS: Readonly<
  Record<Lack | 'restarting', { readonly min: number; readonly max: number }>
> = {
  restarting: { min: 200, max: 2_000 },
  // Whoever finds no place comes back when others have gone.
  'address-full': { min: 3_000, max: 10_000 },
  busy: { min: 3_000, max: 10_000 },
}

/** Everybody is sent away within this time, in so many slices. */
export const DRAIN_MS = 4_000
const DRAIN_SLICES = 10
/** So few are no crowd, and need not wait for one another. */
const LEAST_SLICE = 50

/** The reason of a close that asks to come back later. */
export const reasonToReturn = (meaning: Lack | 'restarting'): string =>
  encodeRetryAfter(randomInt(WAIT_MS[meaning].min, WAIT_MS[meaning].max))

/** Closes a socket and asks to come back later. */
export function sendAway(socket: WebSocket, meaning: Lack | 'restarting'): void {
  socket.close(CLOSE_CODES[meaning], reasonToReturn(meaning))
}

/** Tells everybody to come back, a crowd in slices. Resolves when the last was told. */
export async function drain(sockets: Iterable<WebSocket>, clock: Clock): Promise<void> {
  const waiting = [...sockets]
  const slice = Math.max(LEAST_SLICE, Math.ceil(waiting.length / DRAIN_SLICES))
  while (waiting.length > 0) {
    for (const socket of waiting.splice(0, slice)) sendAway(socket, 'restarting')
    if (waiting.length > 0) await pause(clock, DRAIN_MS / DRAIN_SLICES)
  }
}

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve))

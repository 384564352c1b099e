import type { Request, RequestHandler, Response } from 'express'
import { isRoomId, MAX_SLOT_BYTES, type RoomId } from '@beatcord/shared'
import { visitorOf } from '../addresses.ts'
import { readBody } from './slot-body.ts'
import type { SlotCounts } from './slot-counts.ts'
import type { SlotAct, SlotDoor } from './slot-door.ts'
import type { SlotLimits } from './slot-limits.ts'
import { SlotsAwayError, type SlotStore } from './slot-store.ts'

export interface SlotsOptions {
  readonly store: SlotStore
  readonly door: SlotDoor
  readonly limits: SlotLimits
  readonly counts: Pick<SlotCounts, 'slotAnswered' | 'slotPassed'>
  readonly trustedHops: number
}

const TYPE = 'application/octet-stream'
/** For a body that is too much for now. */
const AGAIN_SECONDS = 1
/** For a store that cannot be reached. */
const AWAY_SECONDS = 30
const VERSION = /^\d{1,12}$/
const TAG = /^"(\d{1,12})"$/
const ACTS: Readonly<Record<string, SlotAct>> = { GET: 'read', PUT: 'write', DELETE: 'remove' }
/** The status of a body that was not written. */
const NO_BODY = { 'too-large': 413, broken: 400 } as const

/**
 * Answers GET, PUT and DELETE of what a room has left behind. It is sealed: nothing here can read it, and nothing of
 * a request is logged.
 */
export function slots({ store, door, limits, counts, trustedHops }: SlotsOptions): RequestHandler {
  /** The room, when this may be done now; undefined when it was answered. */
  async function enter(
    request: Request,
    response: Response,
    act: SlotAct,
  ): Promise<RoomId | undefined> {
    const { room: roomId } = request.params
    if (typeof roomId !== 'string' || !isRoomId(roomId)) {
      refuse(response, 404)
      return undefined
    }
    const waitSeconds = limits.mayAsk(
      roomId,
      visitorOf(request, trustedHops),
      act === 'read' ? 'read' : 'write',
    )
    if (waitSeconds > 0) {
      refuse(response, 429, waitSeconds)
      return undefined
    }
    const status = await door.judge(request.headers.authorization, roomId, act)
    if (status === 200) return roomId
    refuse(response, status)
    return undefined
  }

  /** Whether there is a place for a body until this is answered; if not, it was. */
  function holds(response: Response): boolean {
    const free = limits.hold()
    if (free === undefined) refuse(response, 503, AGAIN_SECONDS)
    else response.once('close', free)
    return free !== undefined
  }

  async function read(request: Request, response: Response): Promise<void> {
    const roomId = await enter(request, response, 'read')
    if (roomId === undefined || !holds(response)) return
    const { before } = request.query
    const below = typeof before === 'string' && VERSION.test(before) ? Number(before) : undefined
    const slot = await store.read(roomId, below)
    if (slot === undefined) {
      refuse(response, 404)
      return
    }
    counts.slotPassed('out', slot.body.length)
    response.set('ETag', tagOf(slot.version)).type(TYPE).send(slot.body)
  }

  async function write(request: Request, response: Response): Promise<void> {
    const roomId = await enter(request, response, 'write')
    if (roomId === undefined) return
    const expected = expectedOf(request)
    if (expected === undefined) {
      refuse(response, 428)
      return
    }
    if (!holds(response)) return
    const body = await readBody(request, MAX_SLOT_BYTES)
    if (typeof body === 'string' || body.length === 0) {
      refuse(response, typeof body === 'string' ? NO_BODY[body] : 400)
      return
    }
    const written = await store.write(roomId, expected, body)
    if (written.outcome === 'no-room') refuse(response, 507)
    else {
      const isWritten = written.outcome === 'written'
      if (isWritten) counts.slotPassed('in', body.length)
      response
        .set('ETag', tagOf(written.version))
        .status(isWritten ? 204 : 412)
        .end()
    }
  }

  async function remove(request: Request, response: Response): Promise<void> {
    const roomId = await enter(request, response, 'remove')
    if (roomId === undefined) return
    await store.remove(roomId)
    response.status(204).end()
  }

  const acts = { read, write, remove }
  return async (request, response, next) => {
    const act = ACTS[request.method]
    if (act === undefined) {
      next()
      return
    }
    response.once('close', () => {
      counts.slotAnswered(act, response.writableFinished ? response.statusCode : 'cut')
    })
    response.set('Cache-Control', 'no-store')
    try {
      await acts[act](request, response)
    } catch (error) {
      if (!(error instanceof SlotsAwayError)) throw error
      refuse(response, 503, AWAY_SECONDS)
    }
  }
}

/** The version that must stand there, 0 for none; undefined when the request does not say. */
function expectedOf({ headers }: Request): number | undefined {
  if (headers['if-none-match'] === '*') return 0
  const version = TAG.exec(headers['if-match'] ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

const tagOf = (version: number): string => `"${String(version)}"`

function refuse(response: Response, status: number, retrySeconds?: number): void {
  if (retrySeconds !== undefined) response.set('Retry-After', String(retrySeconds))
  // What is still to come of a body is not read, so that nothing more can be asked on this connection.
  if (response.req.method === 'PUT') response.set('Connection', 'close')
  response.req.resume()
  response.status(status).end()
}

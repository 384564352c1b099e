import { expect, test } from 'vitest'
import { MAX_SLOT_BYTES, type RoomId } from '@beatcord/shared'
import { createSlotClient, type SlotClient } from './slot-client.ts'

const GARAGE = 'g'.repeat(52) as RoomId
const SEALED = new Uint8Array([1, 2, 3])

interface Asked {
  readonly url: string
  readonly init: RequestInit
}

function clientOf(
  answer: Response | Error,
  certificate: string | undefined = 'paper',
): { readonly client: SlotClient; readonly asked: Asked[] } {
  const asked: Asked[] = []
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init })
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const client = createSlotClient({
    fetch: fetch as typeof globalThis.fetch,
    certificate: () => certificate,
  })
  return { client, asked }
}

const answerOf = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(status === 200 ? SEALED : null, { status, headers })

test('[SLOT2] the newest version is read, or the one before another', async () => {
  const { client, asked } = clientOf(answerOf(200, { ETag: '"7"' }))

  expect(await client.read(GARAGE)).toEqual({ outcome: 'slot', version: 7, sealed: SEALED })
  await client.read(GARAGE, 7).catch(() => undefined)

  expect(asked.map(({ url }) => url)).toEqual([
    `/api/rooms/${GARAGE}/slot`,
    `/api/rooms/${GARAGE}/slot?before=7`,
  ])
  expect(asked[0]?.init.headers).toEqual({ Authorization: 'Bearer paper' })
})

test.each([
  [answerOf(404), { outcome: 'none' }],
  [answerOf(403), { outcome: 'denied' }],
  [answerOf(401), { outcome: 'denied' }],
  [answerOf(503, { 'Retry-After': '30' }), { outcome: 'away', retryMs: 30_000 }],
  [answerOf(429, { 'Retry-After': '999999' }), { outcome: 'away', retryMs: 3_600_000 }],
  [answerOf(500, { 'Retry-After': 'soon' }), { outcome: 'away' }],
  [answerOf(200), { outcome: 'away' }],
  [answerOf(200, { ETag: '"junk"' }), { outcome: 'away' }],
  [
    answerOf(200, { ETag: '"1"', 'Content-Length': String(MAX_SLOT_BYTES + 1) }),
    { outcome: 'away' },
  ],
  [new TypeError('offline'), { outcome: 'away' }],
] as const)(
  '[SLOT7] whatever a server answers is read as what it means: %#',
  async (answer, read) => {
    expect(await clientOf(answer).client.read(GARAGE)).toEqual(read)
  },
)

test('[SLOT3] a write says what it follows', async () => {
  const { client, asked } = clientOf(answerOf(204, { ETag: '"8"' }))

  const first = await client.write(GARAGE, 0, SEALED, false)
  await client.write(GARAGE, 7, SEALED, false)

  expect(first).toEqual({ outcome: 'written', version: 8 })
  expect(asked.map(({ init }) => init.headers)).toEqual([
    { 'If-None-Match': '*', Authorization: 'Bearer paper' },
    { 'If-Match': '"7"', Authorization: 'Bearer paper' },
  ])
})

test('[SLOT12] of a page that goes only what is small is sent on by the browser', async () => {
  const { client, asked } = clientOf(answerOf(204))

  await client.write(GARAGE, 0, SEALED, true)
  await client.write(GARAGE, 0, SEALED, false)
  await client.write(GARAGE, 0, new Uint8Array(64 * 1024), true)

  expect(asked.map(({ init }) => init.keepalive)).toEqual([true, false, false])
})

test.each([
  [answerOf(204), { outcome: 'written', version: 4 }],
  [answerOf(412, { ETag: '"9"' }), { outcome: 'conflict', version: 9 }],
  [answerOf(412), { outcome: 'away' }],
  [answerOf(404), { outcome: 'off' }],
  [answerOf(413), { outcome: 'no-room' }],
  [answerOf(507), { outcome: 'no-room' }],
  [answerOf(403), { outcome: 'denied' }],
  [new TypeError('offline'), { outcome: 'away' }],
] as const)(
  '[SLOT3] whatever a write is answered is read as what it means: %#',
  async (answer, read) => {
    expect(await clientOf(answer).client.write(GARAGE, 3, SEALED, false)).toEqual(read)
  },
)

test.each([
  [answerOf(204), 'removed'],
  [answerOf(404), 'removed'],
  [answerOf(403), 'denied'],
  [answerOf(503), 'away'],
] as const)(
  '[SLOT5] a deletion is told to have happened only when it has: %#',
  async (answer, outcome) => {
    expect(await clientOf(answer).client.remove(GARAGE)).toBe(outcome)
  },
)

test('without a certificate nothing is asked', async () => {
  const asked: string[] = []
  const client = createSlotClient({
    fetch: (() => asked.push('asked')) as unknown as typeof fetch,
    certificate: () => undefined,
  })

  expect(await client.read(GARAGE)).toEqual({ outcome: 'away' })
  expect(asked).toEqual([])
})

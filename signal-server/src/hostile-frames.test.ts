import { afterAll, beforeAll, expect, test } from 'vitest'
import { GOOD_CLIENT_MESSAGES, HOSTILE_FRAMES } from '@beatcord/shared/hostile-frames'
import { CLOSE_CODES, MAX_FRAME_BYTES, MAX_HELLO_BYTES } from '@beatcord/shared'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { connectPeer, joinPeer, rawSocketOf, type SeatedPeer } from './talking-peer.ts'

let stage: ServerStage
let ana: SeatedPeer
let bo: SeatedPeer

beforeAll(async () => {
  stage = await setServerStage()
  ana = await joinPeer(stage.port, 'garage')
  bo = await joinPeer(stage.port, 'garage')
})

afterAll(() => stage.close())

let rooms = 0
/** Rooms fill up: a seat waits a while for each peer that was cut off. */
const emptyRoom = (): string => `cellar ${String((rooms += 1))}`

/** That ana and bo still hear each other, and nothing else came to them. */
async function expectUnharmed(): Promise<void> {
  ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'still there?' })
  expect(await bo.next()).toMatchObject({ type: 'signal', data: 'still there?' })
  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
}

const fitting = HOSTILE_FRAMES.filter(({ text }) => Buffer.byteLength(text) <= MAX_FRAME_BYTES)
const tooLarge = HOSTILE_FRAMES.filter((frame) => !fitting.includes(frame))
const tooLargeUnseated = fitting.filter(({ text }) => Buffer.byteLength(text) > MAX_HELLO_BYTES)

test.each(fitting.filter((frame) => !tooLargeUnseated.includes(frame)))(
  '[SIG3] $name is refused as $code, unseated',
  async ({ text, code }) => {
    const cy = await connectPeer(stage.port)

    cy.sayRaw(text)

    expect(await cy.next()).toMatchObject({ type: 'refused', code })
    cy.socket.terminate()
    await expectUnharmed()
  },
)

test.each(fitting)('[SIG3] $name is refused as $code, seated', async ({ text, code }) => {
  const cy = await joinPeer(stage.port, emptyRoom())
  const expected = code === 'version' ? 'already-admitted' : code

  cy.sayRaw(text)

  expect(await cy.next()).toMatchObject({ type: 'refused', code: expected })
  await cy.roundTrip()
  cy.socket.terminate()
  await expectUnharmed()
})

test.each(tooLargeUnseated)('[SIG6] $name closes with 1009, unseated', async ({ text }) => {
  const cy = await connectPeer(stage.port)

  cy.sayRaw(text)

  expect(await cy.closed).toMatchObject({ code: 1009 })
  await expectUnharmed()
})

test.each(tooLarge)('[SIG6] $name closes with 1009', async ({ text }) => {
  const cy = await joinPeer(stage.port, emptyRoom())

  cy.sayRaw(text)

  expect(await cy.closed).toMatchObject({ code: 1009 })
  await expectUnharmed()
})

test('[SIG3] frames of every hostile kind at once, from many sockets, leave the others alone', async () => {
  const small = fitting.filter((frame) => !tooLargeUnseated.includes(frame))
  const crowd = await Promise.all(fitting.map(() => connectPeer(stage.port)))

  for (const cy of crowd) {
    for (const { text } of small.slice(0, 25)) cy.sayRaw(text)
  }

  expect(new Set(await stage.endsOf(...crowd))).toEqual(new Set([CLOSE_CODES.refused]))
  await expectUnharmed()
})

test('[SIG6] one byte too many closes with 1009, one less does not', async () => {
  const cy = await joinPeer(stage.port, emptyRoom())

  cy.sayRaw(' '.repeat(MAX_FRAME_BYTES))
  const largest = await cy.next()
  cy.sayRaw(' '.repeat(MAX_FRAME_BYTES + 1))

  expect(largest).toMatchObject({ type: 'refused', code: 'bad-json' })
  expect(await cy.closed).toMatchObject({ code: 1009 })
  await expectUnharmed()
})

test('[SIG6] a binary frame is refused, whatever it says', async () => {
  const cy = await connectPeer(stage.port)

  cy.sayRaw(Buffer.from(JSON.stringify(GOOD_CLIENT_MESSAGES['hello'])))

  expect(await cy.next()).toMatchObject({ type: 'refused', code: 'bad-message' })
  cy.socket.terminate()
  await expectUnharmed()
})

// What the WebSocket layer itself must survive: first byte FIN/RSV/opcode, second MASK/length.
test.each([
  ['unmasked', [0x81, 0x02, 0x7b, 0x7d]],
  ['with a reserved bit', [0xf1, 0x80, 0, 0, 0, 0]],
  ['with an unknown opcode', [0x83, 0x80, 0, 0, 0, 0]],
  ['not UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]],
  ['claiming 200 MB', [0x81, 0xff, 0, 0, 0, 0, 0x0b, 0xeb, 0xc2, 0]],
  ['a ping of 126 bytes', [0x89, 0xfe, 0, 126]],
  ['a close of one byte', [0x88, 0x81, 0, 0, 0, 0, 1]],
])('[SIG3] a frame %s ends its own socket only', async (_name, bytes) => {
  const cy = await joinPeer(stage.port, emptyRoom())

  rawSocketOf(cy).write(Buffer.from(bytes))

  await cy.closed
  await expectUnharmed()
})

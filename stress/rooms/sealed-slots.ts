import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { RoomId } from '@beatcord/shared'
import * as Y from 'yjs'
import { readSlot, SONG_PART } from '../../client/src/app/slot-reader.ts'
import { keepSong } from '../../client/src/jam/slot-song.ts'
import { roomIdOf } from '../../client/src/net/room-id.ts'
import { createRoomSecret, deriveRoomKeys } from '../../client/src/net/room-keys.ts'
import { createSlotClient, type SlotClient } from '../../client/src/net/slot-client.ts'
import { sealSlot } from '../../client/src/net/slot-envelope.ts'
import type { TestServer } from '../../e2e/server.ts'
import { bodyKey } from '../../signal-server/src/slots/disk-index.ts'
import { openLevel } from '../../signal-server/src/slots/level.ts'
import { frameBody } from '../../signal-server/src/slots/slot-frame.ts'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { mustHear, type Peer, sit } from '../server/peer.ts'
import { counted, jamGoesOn, socketUrl, withSlotServer } from './slot-server.ts'

type Bytes = Uint8Array<ArrayBuffer>

const ROOMS = 8
const GOOD_VERSIONS = 2
const NOTES = 400

/** A room with somebody in it, and what it has left. */
interface Room {
  readonly roomId: RoomId
  readonly slotKey: CryptoKey
  readonly client: SlotClient
  readonly people: readonly [Peer, Peer]
  /** Sealed, of each version from the first. */
  readonly bodies: Bytes[]
}

/** What is put in the place of a version, by somebody in the room or on the disk. */
type Harm = (dice: Dice, room: Room, other: Room) => Bytes

const newestOf = ({ bodies }: Room): Bytes => bodies.at(-1) ?? new Uint8Array()

const HARMS: Readonly<Record<string, Harm>> = {
  junk: () => new Uint8Array(randomBytes(5_000)),
  'of another room': (_dice, _room, other) => newestOf(other),
  'cut short': (dice, room) => newestOf(room).slice(0, 1 + dice.below(newestOf(room).length - 1)),
  'of another version': (_dice, { bodies: [first = new Uint8Array()] }) => first,
  'with one bit turned'(dice, room) {
    const bytes = newestOf(room).slice()
    const at = dice.below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
    return bytes
  },
}

/** What rooms leave, sealed as pages seal it, at a real server with a real store; read as pages read it. */
export const sealedSlots: readonly Scenario[] = [
  {
    name: 'slots: sealed songs overwritten by members with junk, cut short, and swapped between rooms',
    run: ({ dice }) =>
      withSlotServer({}, async (server) => {
        const rooms = await fill(server)
        let played = 0
        for (const [name, harm] of Object.entries(HARMS)) {
          for (const [at, room] of rooms.entries()) {
            const other = rooms[(at + 1) % rooms.length] ?? room
            const bad = harm(dice, room, other)
            const version = GOOD_VERSIONS + 1
            const { client, roomId } = room
            const written = await asked(() => client.write(roomId, GOOD_VERSIONS, bad, false))
            // It is sealed: the server cannot know.
            must(written.outcome === 'written', `${name}: it must be written, ${written.outcome}`)
            await mustFallBack(name, room, version)
            await mustHear(...room.people)
            played += 1
            // As whoever reads it writes it anew, here from the beginning.
            await anew(room)
          }
        }
        await jamGoesOn(server)
        return `${played} versions that were none: each time the one before was read, and people heard each other`
      }),
  },
  {
    name: 'slots: values of the store itself made junk, cut short, and swapped between rooms',
    run: ({ dice }) =>
      withSlotServer({}, async (server) => {
        const rooms = await fill(server)
        const kept = Object.entries(HARMS)
        let [played, broken] = [0, 0]
        for (const isWhole of [true, false]) {
          for (const [name, harm] of kept) {
            await server.kill()
            const { level } = await openLevel(join(server.dataDir, 'slots'))
            for (const [at, room] of rooms.entries()) {
              const other = rooms[(at + 1) % rooms.length] ?? room
              const bad = Buffer.from(harm(dice, room, other))
              // With the sum of a whole body the store itself takes it for one.
              const value = isWhole ? frameBody(bad) : bad
              await level.put(bodyKey(room.roomId, GOOD_VERSIONS), value)
            }
            await level.close()
            await server.start()
            for (const room of rooms) await mustBeEarlier(name, room)
            broken += await counted(server, 'slots_trouble_total{what="broken"}')
            played += rooms.length
            await jamGoesOn(server)
          }
        }
        must(broken > 0, 'the store must count what it found broken')
        return `${played} values spoilt: each time the version before was read; ${broken} times the store saw it first`
      }),
  },
]

const fill = (server: TestServer): Promise<readonly Room[]> =>
  Promise.all(
    Array.from({ length: ROOMS }, async () => {
      const { authKey, slotKey } = await deriveRoomKeys(createRoomSecret())
      const ana = await sit(socketUrl(server), authKey)
      const bo = await sit(socketUrl(server), authKey)
      const room: Room = {
        roomId: await roomIdOf(authKey),
        slotKey,
        client: createSlotClient({
          fetch: (path, init) => fetch(new URL(path as string, server.url), init),
          certificate: () => ana.claim.certificate,
        }),
        people: [ana, bo],
        bodies: [],
      }
      await writeGood(room)
      return room
    }),
  )

async function writeGood({ roomId, slotKey, client, bodies }: Room): Promise<void> {
  bodies.length = 0
  for (let version = 1; version <= GOOD_VERSIONS; version++) {
    const parts = [{ name: SONG_PART, bytes: keepSong(songOf(version)).update }]
    const body = await sealSlot(slotKey, { roomId, version }, { savedMs: Date.now(), parts })
    const { outcome } = await asked(() => client.write(roomId, version - 1, body, false))
    must(outcome === 'written', `version ${version} must be written, ${outcome}`)
    bodies.push(body)
  }
}

async function anew(room: Room): Promise<void> {
  const removed = await asked(async () => ({ outcome: await room.client.remove(room.roomId) }))
  must(removed.outcome === 'removed', `it must be removed, ${removed.outcome}`)
  await writeGood(room)
}

function songOf(version: number): Y.Doc {
  const doc = new Y.Doc()
  const notes = doc.getMap('notes')
  for (let note = 0; note < NOTES; note++) notes.set(`note ${note}`, note * version)
  doc.getMap('about').set('version', version)
  return doc
}

/** A room may be asked so often, and not more. */
async function asked<T extends { readonly outcome: string }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const answer = await ask()
    if (answer.outcome !== 'away' || tries === 20) return answer
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function mustFallBack(name: string, room: Room, version: number): Promise<void> {
  const doc = await readInto(name, room)
  const at = doc.getMap('about').get('version')
  must(
    at === GOOD_VERSIONS,
    `${name}: of ${version} the one before must be read, got ${String(at)}`,
  )
}

async function mustBeEarlier(name: string, room: Room): Promise<void> {
  const doc = await readInto(name, room, GOOD_VERSIONS)
  const at = doc.getMap('about').get('version')
  must(at === GOOD_VERSIONS - 1, `${name}: the version before must be read, got ${String(at)}`)
}

/** @param spoilt  a version that may not be read */
async function readInto(name: string, room: Room, spoilt?: number): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const read = await asked(() => readSlot({ ...room, copy: () => ({ doc }) }))
  must(read.outcome === 'read', `${name}: a version must be read, ${read.outcome}`)
  must(read.version !== spoilt, `${name}: what was spoilt must not be read`)
  return doc
}

import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { clientIdOf, IDS_OF_PAGE } from '../../client/src/jam/client-id.ts'
import { forwardFrame, syncFrame } from '../../client/src/jam/doc-frames.ts'
import { ANSWER } from '../../client/src/jam/gate.ts'
import { CY } from '../../client/src/jam/jam-stage.ts'
import { LIVE_UPDATE, liveFrame } from '../../client/src/jam/live-kinds.ts'
import type { Member, Mesh } from '../../client/src/net/mesh.ts'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { awarenessFrame, type HostileRoom, inRoom, MALLORY, updateFrame } from './room.ts'

const FORGERIES = 1000
const FORGED = 'forged'

/** An update that writes a key of the room under somebody's client id, with a clock of the forger's choice. */
function forgery(client: number, clock: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at <= clock; at++) doc.getMap('room').set(`${FORGED}${at}`, 32)
  return Y.mergeUpdates(updates.slice(-1))
}

const memberOf = (mesh: Mesh): Member => {
  const self = mesh.self()
  if (self === undefined) throw new Error('somebody in a room must have a seat')
  return self
}

/** The next clock of a client in ana's document: what Yjs itself would take without a doubt. */
const nextClock = ({ ana }: HostileRoom, client: number): number =>
  Y.getState(ana.doc.store, client)

/** In the answer to a question of ana's: the next edits of ana herself or of bo, whom she is linked with. */
function forgeAnswer(room: HostileRoom, mallory: Mesh, dice: Dice): void {
  const { ana, bo } = room
  const victim = memberOf((dice.pick([ana, bo]) ?? bo).mesh)
  // Sometimes under an id that its owner has not come to yet.
  const client = clientIdOf(victim, dice.chance(0.7) ? 0 : dice.below(IDS_OF_PAGE))
  mallory.send(ana.id, 'doc', syncFrame(ANSWER, forgery(client, nextClock(room, client))))
}

function forgeOnce(room: HostileRoom, mallory: Mesh, dice: Dice): void {
  const { ana, bo } = room
  const victim = dice.pick([memberOf(ana.mesh), memberOf(bo.mesh)])
  const stranger = { peer: CY, page: 'page of cy' }
  const author = dice.chance(0.8) && victim !== undefined ? victim : stranger
  const client = dice.chance(0.1) ? dice.below(2 ** 31) : clientIdOf(author, 0)
  const update = forgery(client, nextClock(room, client))
  const frames = [
    (): boolean => mallory.send(ana.id, 'doc', updateFrame(update)),
    (): boolean => mallory.send(ana.id, 'live', liveFrame(LIVE_UPDATE, update)),
    (): boolean => mallory.send(ana.id, 'doc', syncFrame(ANSWER, update)),
    (): boolean => mallory.send(ana.id, 'doc', forwardFrame(author, update)),
    (): boolean => mallory.send(ana.id, 'doc', forwardFrame(memberOf(mallory), update)),
  ]
  dice.pick(frames)?.()
}

const m5: Scenario = {
  name: 'M5 1,000 edits in the name of others',
  run: ({ dice }) =>
    inRoom((room) => {
      let [cut, asked] = [0, 0]
      for (let count = 0; count < FORGERIES; count++) {
        const mallory = room.intrude()
        room.stage.meshes.deliverAll()
        const isAsked = dice.chance(0.4)
        if (isAsked) {
          // Ana has asked the newcomer what she lacks.
          forgeAnswer(room, mallory, dice)
          asked += 1
        } else {
          // What she asked is answered first, so that no question is left open.
          mallory.send(room.ana.id, 'doc', syncFrame(ANSWER, Uint8Array.of(0, 0)))
          room.stage.meshes.deliverAll()
          forgeOnce(room, mallory, dice)
        }
        room.stage.meshes.deliverAll()
        if (room.cutCode() !== undefined) cut += 1
      }
      const keys = [room.ana, room.bo].flatMap(({ doc }) => [...doc.getMap('room').keys()])
      const applied = keys.filter((key) => key.startsWith(FORGED)).length
      must(applied === 0, `none must be applied, ${applied} were`)
      must(cut > FORGERIES / 5, `forgers must be cut off, ${cut} were`)
      room.mustPlayOn()
      return `0 of ${FORGERIES} applied, ${asked} of them in answers that were asked for; ${cut} forgers cut off, the rest passed over`
    }),
}

/** The client under which bo speaks of himself, read off what he sends. */
function presenceOfBo(room: HostileRoom): number {
  const { stage, bo } = room
  bo.jam.awareness.setLocalStateField('hears', true)
  const clients: number[] = []
  for (const { from, bytes } of stage.meshes.packets()) {
    if (from !== bo.id || bytes[0] !== 1) continue
    // 1, length, 1 state, then the client as seven bits a byte.
    let [client, factor] = [0, 1]
    for (const byte of bytes.subarray(3)) {
      client += (byte & 127) * factor
      factor *= 128
      if (byte < 128) break
    }
    clients.push(client)
  }
  stage.meshes.deliverAll()
  const [client] = clients
  if (client === undefined) throw new Error('bo must have said how he is')
  return client
}

const m6: Scenario = {
  name: 'M6 presence in the name of another',
  run: () =>
    inRoom((room) => {
      const { ana, bo, stage } = room
      const clientId = presenceOfBo(room)
      const before = ana.jam.awarenessOf(bo.id)
      must(before !== undefined, 'bo must be present to ana')

      const state = { hears: false, name: 'PWNED' }
      room.intrude().send(ana.id, 'doc', awarenessFrame([{ clientId, clock: 100, state }]))
      stage.meshes.deliverAll()

      must(isDeepStrictEqual(ana.jam.awarenessOf(bo.id), before), 'bo’s presence must stay his own')
      must(ana.mesh.peers().includes(bo.id), 'bo must not be cut off for what another says')
      return 'bo is to ana as he was, what was said counts as the sender’s own'
    }),
}

const m7: Scenario = {
  name: 'M7 presence whose clock stands at 2^53 - 1',
  run: () =>
    inRoom((room) => {
      const { ana, bo, stage } = room
      for (const clocks of [[Number.MAX_SAFE_INTEGER], [1, Number.MAX_SAFE_INTEGER]]) {
        const mallory = room.intrude()
        for (const clock of clocks) {
          mallory.send(ana.id, 'doc', awarenessFrame([{ clientId: 7, clock, state: {} }]))
        }
        stage.meshes.deliverAll()
        must(room.cutCode() !== undefined, 'a clock that jumps must cut its sender off, did not')
      }
      for (const hears of [false, true, false, true]) {
        bo.jam.awareness.setLocalStateField('hears', hears)
        stage.meshes.deliverAll()
        must(ana.jam.awarenessOf(bo.id)?.['hears'] === hears, 'bo must be heard of, is not')
      }
      must(ana.jam.awarenessOf(MALLORY) === undefined, 'who is cut off must not be present')
      return `cut off, also after an honest start: ${room.cutCode() ?? ''}; bo is heard of as before`
    }),
}

/** Edits and presence that claim to be somebody else's: rows M5 to M7. */
export const hostileClaims: readonly Scenario[] = [m5, m6, m7]

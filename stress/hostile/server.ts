import { isFullMesh, until } from '../../client/src/net/test-tab.ts'
import type { Dice } from '../random.ts'
import { must, type Scenario } from '../scenario.ts'
import { honest, type Middle, type Tamper, type Word } from './middle.ts'
import { allGreet, inRealRoom, liesHeard, type RealRoom, type RealTab } from './real-room.ts'

const ATTACK_MS = 6000
const INJECT_EVERY_MS = 20
/** Eight each way, by the protocol. */
const MOST_HALF_OPEN = 16

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const openings = (tabs: readonly RealTab[]): number =>
  tabs.reduce((sum, { mesh }) => sum + mesh.peers().length, 0)

const three = async (room: RealRoom): Promise<readonly RealTab[]> => [
  await room.join(),
  await room.join(),
  await room.join(),
]

function flip(bytes: Buffer, dice: Dice): Buffer {
  const copy = Buffer.from(bytes)
  const at = dice.below(copy.length)
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << dice.below(8)), at)
  return copy
}

/** Tells each what the other said in the name of a third, or with a bit turned. */
const swapping =
  (middle: Middle, dice: Dice): Tamper =>
  (to, word) => {
    const other = dice.pick(middle.peers().filter((id) => id !== to && id !== word.from))
    if (other !== undefined && dice.chance(0.5)) return [{ ...word, from: other }]
    if (word.kind === 'relay') return [{ ...word, payload: flip(word.payload, dice) }]
    const sealed = flip(Buffer.from(word.data, 'base64url'), dice)
    return [{ ...word, data: sealed.toString('base64url') }]
  }

/** The server is honest again: all are linked with whom they think, and hear nobody else. */
async function mustRecover(room: RealRoom, tabs: readonly RealTab[]): Promise<void> {
  const isHonest = room.middle
  isHonest.tamper = honest
  await until(() => isFullMesh(tabs))
  await allGreet(tabs)
  const lies = tabs.flatMap(liesHeard)
  must(lies.length === 0, `links must end at whom they name, heard ${lies.join()}`)
}

const swap: Scenario = {
  name: 'M17 a server that swaps senders and turns bits, of offers and of relayed frames',
  run: ({ dice }) =>
    inRealRoom(async ({ middle, ...room }) => {
      middle.tamper = swapping(middle, dice)
      const tabs = await three({ middle, ...room })

      await pass(ATTACK_MS)

      must(openings(tabs) === 0, `no link may open, ${openings(tabs)} did`)
      must(
        tabs.every(({ told }) => told.length === 0),
        'no link may have been open, one was',
      )
      await mustRecover({ middle, ...room }, tabs)
      return `0 links in ${ATTACK_MS / 1000} s; full mesh, rightly named, once it is honest`
    }),
}

const replay: Scenario = {
  name: 'M17 a server that replays all that somebody said who has left',
  run: () =>
    inRealRoom(async (room) => {
      const { middle } = room
      const recorded: { readonly to: string; readonly word: Word }[] = []
      middle.tamper = (to, word) => {
        recorded.push({ to, word })
        return [word]
      }
      const tabs = [...(await three(room))].sort((a, b) => (a.id < b.id ? -1 : 1))
      await until(() => isFullMesh(tabs))
      // The lower id offers: what is replayed would make the others connect.
      const [cy, ana, bo] = tabs
      if (!ana || !bo || !cy) throw new Error('three must be there')
      const words = recorded.filter(({ to, word }) => to === ana.id && word.from === cy.id)
      must(words.length > 0, 'something must have been recorded')
      cy.signal.leave()
      cy.close()
      await until(() => !ana.mesh.links.read().has(cy.id))
      const told = ana.told.length
      const made = ana.connections.length

      middle.tamper = honest
      middle.say(ana.id, { kind: 'joined', peerId: cy.id })
      await until(() => ana.mesh.links.read().has(cy.id))
      for (let round = 0; round < ATTACK_MS / 1000; round++) {
        for (const { word } of words) middle.say(ana.id, word)
        await pass(1000)
      }

      must(ana.told.length === told, `nothing may open, heard of ${ana.told.slice(told).join()}`)
      const anew = ana.connections.length - made
      must(anew === 0, `no connection may be made of a replayed offer, ${anew} were`)
      await allGreet([ana, bo])
      must([ana, bo].flatMap(liesHeard).length === 0, 'links must end at whom they name')
      return `${words.length} words replayed ${ATTACK_MS / 1000} times, 0 links`
    }),
}

const drop: Scenario = {
  name: 'M17 a server that loses every other word',
  run: ({ dice }) =>
    inRealRoom(async (room) => {
      let lost = 0
      room.middle.tamper = (_to, word) => {
        const isLost = dice.chance(0.5)
        if (isLost) lost += 1
        return isLost ? [] : [word]
      }
      const tabs = await three(room)
      const startedMs = performance.now()
      await pass(ATTACK_MS)
      const open = openings(tabs)
      await mustRecover(room, tabs)
      const tookMs = performance.now() - startedMs
      must(lost > 0, 'something must have been lost')
      return `${lost} words lost, ${open} of 6 ends open meanwhile, all ${(tookMs / 1000).toFixed(1)} s after joining`
    }),
}

const PHANTOM_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

const phantom = (dice: Dice): string =>
  Array.from({ length: 26 }, () => PHANTOM_ALPHABET.charAt(dice.below(32))).join('')

function invent(from: string, dice: Dice): Word {
  if (dice.chance(0.5)) {
    return { kind: 'relay', from, payload: Buffer.from(dice.bytes(dice.below(400))) }
  }
  const offer = JSON.stringify({ kind: 'wire', signal: { type: 'offer', sdp: 'v=0' } })
  const junk = Buffer.from(dice.bytes(1 + dice.below(400))).toString('base64url')
  return { kind: 'signal', from, data: dice.chance(0.2) ? offer : junk }
}

/** @param introduces whether the server presents those in whose names it speaks */
const inject = (name: string, introduces: boolean): Scenario => ({
  name,
  run: ({ dice }) =>
    inRealRoom(async (room) => {
      const { middle } = room
      const tabs = await three(room)
      let said = 0
      let mostHalfOpen = 0
      const timer = setInterval(() => {
        for (const to of middle.peers()) {
          const stranger = phantom(dice)
          if (introduces && said < 200) middle.say(to, { kind: 'joined', peerId: stranger })
          const member = dice.pick(middle.peers())
          for (const from of [stranger, member ?? stranger]) middle.say(to, invent(from, dice))
          said += 2
        }
        mostHalfOpen = Math.max(mostHalfOpen, ...tabs.map((tab) => tab.halfOpen()))
      }, INJECT_EVERY_MS)
      try {
        const names = new Set(tabs.map(({ id }) => id))
        const linked = ({ mesh }: RealTab): number =>
          mesh.peers().filter((id) => names.has(id)).length
        await until(() => tabs.every((tab) => linked(tab) === 2))
        await pass(ATTACK_MS)
        await until(() => tabs.every((tab) => linked(tab) === 2))
        await allGreet(tabs)
        must(openings(tabs) === 6, `nobody else may be linked, ${openings(tabs)} ends are open`)
      } finally {
        clearInterval(timer)
      }
      must(tabs.flatMap(liesHeard).length === 0, 'nothing invented may be heard, something was')
      const made = Math.max(...tabs.map(({ connections }) => connections.length))
      const most = introduces ? MOST_HALF_OPEN : 2
      must(mostHalfOpen <= most, `at most ${most} connections half-open, were ${mostHalfOpen}`)
      must(introduces || made === 2, `connections only to members, ${made} were made`)
      return `${said} words invented, 0 heard; at most ${mostHalfOpen} connections half-open`
    }),
})

/** A hostile server between real links: rows M14 and M17. */
export const hostileServer: readonly Scenario[] = [
  inject('M14 words of people whom the server did not introduce', false),
  swap,
  replay,
  drop,
  inject('M17 a server that invents people, offers and relayed frames', true),
]

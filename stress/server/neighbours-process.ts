import process, { argv } from 'node:process'
import type { ServerMessage } from '@beatcord/shared'
import type { Heard } from './neighbours.ts'
import { pair, type Peer, randomKey, sit } from './peer.ts'

/** Honest people, in a process of their own so that whoever attacks from another one does not slow their clocks. */
const [, , url = '', address = ''] = argv

const PAIRS = 5
const SIGNAL_EVERY_MS = 50
const JOIN_EVERY_MS = 100
/** A signal that takes longer is lost. */
const LATEST_MS = 2000
const room = randomKey()

const signalsMs: number[] = []
const joinsMs: number[] = []
const faults: string[] = []
const pairs = await Promise.all(Array.from({ length: PAIRS }, () => pair(url)))
let leaving = false
let sent = 0

for (const two of pairs) {
  for (const peer of two) {
    peer.onMessage(listen(two))
    void peer.closed.then((code) => leaving || faults.push(`a neighbour was closed with ${code}`))
  }
}
const timers = [setInterval(signal, SIGNAL_EVERY_MS), setInterval(() => void join(), JOIN_EVERY_MS)]
let joining = Promise.resolve()
process.once('message', () => void end())
process.send?.('ready')

/** Whatever is not a signal of the other one, or papers of one's own, is a stranger's work. */
function listen(two: readonly Peer[]): (message: ServerMessage) => void {
  return (message) => {
    if (leaving) return
    if (message.type === 'seat' || message.type === 'certificate') return
    const sentMs = message.type === 'signal' ? Number(message.data) : NaN
    const isOfUs = message.type === 'signal' && two.some(({ id }) => id === message.from)
    if (isOfUs && sentMs > 0) signalsMs.push(performance.now() - sentMs)
    else faults.push(`a neighbour heard ${message.type}`)
  }
}

function signal(): void {
  sent += PAIRS
  for (const [from, to] of pairs) {
    from.say({ type: 'signal', to: to.id, data: String(performance.now()) })
  }
}

function join(): Promise<void> {
  // One after the other: the first who are late would make the next late too.
  joining = joining.then(async () => {
    const startedMs = performance.now()
    const newcomer = await sit(url, room, { address })
    joinsMs.push(performance.now() - startedMs)
    await newcomer.leave()
  })
  return joining.catch((error: unknown) => void faults.push(`a newcomer: ${String(error)}`))
}

async function end(): Promise<void> {
  for (const timer of timers) clearInterval(timer)
  await joining.catch(() => undefined)
  const endMs = performance.now() + LATEST_MS
  while (signalsMs.length < sent && performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  leaving = true
  const heard: Heard = { signalsMs, joinsMs, lost: sent - signalsMs.length, faults }
  await Promise.all(pairs.flat().map((peer) => peer.leave()))
  process.send?.(heard, () => process.exit(0))
}

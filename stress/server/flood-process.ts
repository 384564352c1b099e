import { setPriority } from 'node:os'
import process, { argv } from 'node:process'
import { PROTOCOL_VERSION } from '@beatcord/shared'
import type { Flooded, FloodKind } from './flood.ts'
import { randomKey } from './peer.ts'
import { frameOf, openRaw, OPCODES, upgradeHead } from './raw-socket.ts'

/** Somebody who sends as fast as a server takes it, and comes again when cut off. */
const [, , port = '', kind = '', lanes = '', durationMs = ''] = argv

// An attacker's processor is elsewhere: here it comes after the server's and the neighbours'.
setPriority(19)

const ADDRESS = '127.0.0.2'
const NOBODY = 'y'.repeat(26)
const AT_ONCE = 64
const DEPTH = 30_000
const endMs = performance.now() + Number(durationMs)
const closes: Record<string, number> = {}
let frames = 0

const json = (message: object): Buffer => frameOf(JSON.stringify(message))
const relayed = Buffer.concat([Buffer.from([1]), Buffer.from(NOBODY), Buffer.alloc(1000)])

const FRAMES: Readonly<Record<FloodKind, Buffer>> = {
  signals: json({ type: 'signal', to: NOBODY, data: 'x'.repeat(200) }),
  junk: frameOf('{"type":'),
  'deep JSON': frameOf(`${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`),
  profiles: json({ type: 'profile', sealed: 'A'.repeat(600) }),
  pings: frameOf('x'.repeat(125), { opcode: OPCODES.ping }),
  pongs: frameOf('x'.repeat(125), { opcode: OPCODES.pong }),
  'relayed frames': frameOf(relayed, { opcode: OPCODES.binary }),
  joins: Buffer.concat([json({ type: 'leave' }), frameOf('', { opcode: OPCODES.close })]),
}

const frame = FRAMES[kind as FloodKind]
const batch = Buffer.concat(Array.from({ length: kind === 'joins' ? 1 : AT_ONCE }, () => frame))

async function flood(): Promise<void> {
  while (performance.now() < endMs) {
    const raw = openRaw(Number(port), upgradeHead(Number(port)), ADDRESS)
    const over = raw.ended.then((code) => {
      const how = String(code ?? 'cut')
      closes[how] = (closes[how] ?? 0) + 1
    })
    await raw.head
    await raw.write(
      json({ type: 'hello', version: PROTOCOL_VERSION, authKey: randomKey(), sealed: '' }),
    )
    while (!raw.isOver() && performance.now() < endMs) {
      await raw.write(batch)
      if (!raw.isOver()) frames += batch.length / frame.length
      if (kind === 'joins') await over
    }
    raw.destroy()
    await over
  }
}

await Promise.all(Array.from({ length: Number(lanes) }, flood))
const told: Flooded = { frames, closes }
process.send?.(told, () => process.exit(0))

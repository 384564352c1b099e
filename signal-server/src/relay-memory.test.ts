import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { encodeRelayFrame, MAX_RELAY_PAYLOAD_BYTES } from '@beatcord/shared'
import { startServerProcess } from './server-process.ts'
import { echo, joinPeer } from './talking-peer.ts'

const MEGABYTE = 1_000_000
const FLOOD_BYTES = 120 * MEGABYTE
/** What one flood may cost: a megabyte held for the sender, and what the system keeps of buffers and garbage. */
const ALLOWED_BYTES = 40 * MEGABYTE

const residentBytes = (pid: number): number => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

test.runIf(process.platform === 'linux')(
  '[SIG25] a flood at a reader that sleeps stays with its sender: the server keeps little of it, and serves others',
  async () => {
    const { child, says } = startServerProcess({ RELAY_BYTES_PER_SECOND: '1000000000' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const [, digits] = await says(/http:\/\/localhost:(\d+)/)
    const port = Number(digits)
    const [ana, bo, cy] = [
      await joinPeer(port, 'garage'),
      await joinPeer(port, 'garage'),
      await joinPeer(port, 'cellar'),
    ]
    bo.socket.pause()
    const beforeBytes = residentBytes(child.pid ?? 0)
    const payload = new Uint8Array(MAX_RELAY_PAYLOAD_BYTES)
    const frame = encodeRelayFrame({ urgency: 'wait', peer: bo.welcome.seat.peerId, payload })

    for (let sent = 0; sent < FLOOD_BYTES; sent += frame.length) ana.socket.send(frame)
    let leftBytes = Infinity
    while (ana.socket.bufferedAmount < leftBytes) {
      leftBytes = ana.socket.bufferedAmount
      for (let trips = 0; trips < 100; trips += 1) await echo(cy)
    }

    expect(leftBytes).toBeGreaterThan(FLOOD_BYTES / 2)
    expect(residentBytes(child.pid ?? 0) - beforeBytes).toBeLessThan(ALLOWED_BYTES)
    expect(bo.socket.readyState).toBe(bo.socket.OPEN)
    ana.socket.terminate()
  },
)

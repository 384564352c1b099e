import { isPeerId, type PeerId } from '@beatcord/shared'
import type { Jam } from '../../client/src/jam/jam.ts'
import type { WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'
import { LOWEST_PITCH } from '../../client/src/sequence/pattern.ts'
import { TRACK } from './jam-over.ts'
import { openJam } from './open-jam.ts'
import type { BenchPage, Heard, Sent } from './page-types.ts'
import { decodeRawFrame, encodeRawFrame, openRawChannel } from './raw-channel.ts'
import { offsetOf } from './raw-peers.ts'

const STEPS = 16
const PITCHES = 85
/** Shortest pause between two sendings; up to as much again is added at random, so that no timer's beat is met. */
const PAUSE_MS = 12

interface Stage {
  readonly jam: Jam
  readonly channel: RTCDataChannel
  /** Size in bytes of the frame that carried the latest edit. */
  readonly frameBytes: () => number
}

const heard: Heard[] = []
let stage: Promise<Stage> | undefined

async function join(): Promise<Stage> {
  let bytesOfLast = 0
  const { jam, mesh } = await openJam('bench', (whole) => ({
    ...whole,
    send(to, lane, bytes) {
      if (lane === 'doc') bytesOfLast = bytes.length
      return whole.send(to, lane, bytes)
    },
  }))
  hearEdits(jam)
  const peer = await firstPeer(mesh)
  const connection = mesh.rawConnection(peer)
  if (connection === undefined) throw new Error('an open link must have a connection')
  const channel = await openRawChannel(connection)
  channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    const atMs = performance.now()
    const { kind, number } = decodeRawFrame(data)
    if (kind === 'payload') heard.push({ kind: 'raw', key: String(number), atMs })
    if (kind === 'ping') channel.send(encodeRawFrame({ kind: 'pong', number, atMs }))
  })
  return { jam, channel, frameBytes: () => bytesOfLast }
}

function hearEdits({ song }: Jam): void {
  let known = notesOf(song)
  song.subscribe(() => {
    const atMs = performance.now()
    const now = notesOf(song)
    for (const key of now) if (!known.has(key)) heard.push({ kind: 'edit', key: `+${key}`, atMs })
    for (const key of known) if (!now.has(key)) heard.push({ kind: 'edit', key: `-${key}`, atMs })
    known = now
  })
}

const notesOf = (song: Jam['song']): ReadonlySet<string> =>
  new Set(
    song
      .read()
      .tracks.find(({ id }) => id === TRACK)
      ?.patterns.a.keys(),
  )

function firstPeer(mesh: WebRtcMesh): Promise<PeerId> {
  return new Promise((resolve) => {
    const look = (): void => {
      const [peer] = mesh.peers()
      if (isPeerId(peer)) resolve(peer)
    }
    mesh.onPeer(look)
    look()
  })
}

async function drive({ jam, channel, frameBytes }: Stage, rounds: number): Promise<Sent[]> {
  const sent: Sent[] = []
  for (let round = 0; round < rounds; round++) {
    // Each place is written and taken away again, so that the song stays small.
    const place = Math.floor(round / 2)
    const step = place % STEPS
    const pitch = LOWEST_PITCH + (Math.floor(place / STEPS) % PITCHES)
    const key = `${round % 2 === 0 ? '+' : '-'}${step}/${pitch}`
    await pause()
    sent.push({ kind: 'edit', key, atMs: performance.now() })
    jam.verbs.toggleNote(TRACK, step, pitch)
    await pause()
    const frame = encodeRawFrame({ kind: 'payload', number: round, atMs: 0 }, frameBytes())
    sent.push({ kind: 'raw', key: String(round), atMs: performance.now() })
    channel.send(frame)
  }
  await pause()
  return sent
}

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS * (1 + Math.random()))
  })

const staged = (): Promise<Stage> => (stage ??= join())

window.benchPage = {
  join: async () => {
    await staged()
  },
  drive: async (rounds) => drive(await staged(), rounds),
  heard: () => heard,
  offsetMs: async () => offsetOf((await staged()).channel),
} satisfies BenchPage

import { isPeerId, type PeerId } from '@beatcord/shared'
import { joinJam, type Jam, openSong } from '../../client/src/jam/jam.ts'
import { createPageWakes } from '../../client/src/net/page-wake.ts'
import { deriveRoomKeys } from '../../client/src/net/room-keys.ts'
import { createSeatStore } from '../../client/src/net/seat-store.ts'
import { createSignalClient } from '../../client/src/net/signal-client.ts'
import { createSimplePeerWires } from '../../client/src/net/simple-peer-wire.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import { createWebRtcMesh, type WebRtcMesh } from '../../client/src/net/webrtc-mesh.ts'
import { LOWEST_PITCH } from '../../client/src/sequence/pattern.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'
import type { BenchPage, Heard, Sent } from './page-types.ts'
import { decodeRawFrame, encodeRawFrame, openRawChannel } from './raw-channel.ts'

const TRACK = 'benchtrack' as TrackId
const STEPS = 16
const PITCHES = 85
const PINGS = 300
/** Shortest pause between two sendings; up to as much again is added at random, so that no timer's beat is met. */
const PAUSE_MS = 12

interface Stage {
  readonly jam: Jam
  readonly channel: RTCDataChannel
  /** Size in bytes of the frame that carried the latest edit. */
  readonly frameBytes: () => number
}

const timers = createTimers()
const heard: Heard[] = []
let stage: Promise<Stage> | undefined

async function join(): Promise<Stage> {
  const { mesh, signal } = await openMesh()
  const { watched, frameBytes } = watchDocFrames(mesh)
  const jam = joinJam({
    song: await openSong(),
    mesh: watched,
    timers,
    random: Math.random,
    newSessionId: [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({ self: signal.self.read(), others: signal.roster.read().size }),
    ownTrack: () => ({
      id: TRACK,
      meta: { owner: signal.self.read() ?? '', home: 'bench', name: 'bench', colour: 0, bornMs: 0 },
    }),
  })
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
  return { jam, channel, frameBytes }
}

async function openMesh() {
  const keys = await deriveRoomKeys({ name: 'bench' })
  const wakes = createPageWakes(window)
  const signal = createSignalClient({
    url: `ws://${location.host}/ws`,
    authKey: keys.authKey,
    sealed: '',
    seatStore: createSeatStore({ room: 'bench', storage: undefined, locks: undefined, timers }),
    timers,
    wakes,
    random: Math.random,
    WebSocket,
  })
  const createWire = createSimplePeerWires({
    iceServers: signal.iceServers.read,
    now: timers.now,
  })
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keys.signalKey,
    createWire,
    timers,
    wakes,
    random: Math.random,
  })
  return { mesh, signal }
}

/** The mesh as it is, with the size of each document frame noted as it leaves. */
function watchDocFrames(mesh: WebRtcMesh): { watched: WebRtcMesh; frameBytes: () => number } {
  let bytesOfLast = 0
  const watched: WebRtcMesh = {
    ...mesh,
    send(to, lane, bytes) {
      if (lane === 'doc') bytesOfLast = bytes.length
      return mesh.send(to, lane, bytes)
    },
  }
  return { watched, frameBytes: () => bytesOfLast }
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

async function offsetMs({ channel }: Stage): Promise<number> {
  let best = { tripMs: Infinity, offsetMs: 0 }
  for (let number = 0; number < PINGS; number++) {
    const sentMs = performance.now()
    const answer = pongOf(channel, number)
    channel.send(encodeRawFrame({ kind: 'ping', number, atMs: 0 }))
    const { theirMs, backMs } = await answer
    const tripMs = backMs - sentMs
    if (tripMs < best.tripMs) best = { tripMs, offsetMs: theirMs - (sentMs + backMs) / 2 }
  }
  return best.offsetMs
}

function pongOf(
  channel: RTCDataChannel,
  wanted: number,
): Promise<{ theirMs: number; backMs: number }> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<ArrayBuffer>): void => {
      const backMs = performance.now()
      const { kind, number, atMs } = decodeRawFrame(data)
      if (kind !== 'pong' || number !== wanted) return
      channel.removeEventListener('message', listen)
      resolve({ theirMs: atMs, backMs })
    }
    channel.addEventListener('message', listen)
  })
}

const staged = (): Promise<Stage> => (stage ??= join())

window.benchPage = {
  join: async () => {
    await staged()
  },
  drive: async (rounds) => drive(await staged(), rounds),
  heard: () => heard,
  offsetMs: async () => offsetMs(await staged()),
} satisfies BenchPage

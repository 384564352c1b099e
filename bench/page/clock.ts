import type { ClockPage, ClockSample } from './clock-types.ts'
import { comes } from './condition.ts'
import { followBenchPath } from './lossy-candidates.ts'
import { openJam, type OpenJam } from './open-jam.ts'
import { decodeRawFrame, encodeRawFrame, openRawChannel } from './raw-channel.ts'

const JOIN_LIMIT_MS = 30_000
const SAMPLE_MS = 100
const FRAME_MS = 16
const NTP_MS = 1000
/** A lost one is none. */
const ANSWER_LIMIT_MS = 500

const wallMs = (): number => performance.timeOrigin + performance.now()

function createClockPage(): ClockPage {
  let opened: OpenJam | undefined
  let raw: RTCDataChannel | undefined
  const here = (): OpenJam => {
    if (opened === undefined) throw new Error('a page must join first')
    return opened
  }
  return {
    async join(room) {
      const jam = await openJam(room, (mesh) => mesh)
      opened = jam
      const deadlineMs = performance.now() + JOIN_LIMIT_MS
      const { links } = jam.mesh
      const { state } = jam.jam.clock
      const isLinked = (): boolean => [...links.read().values()].some((l) => l.status === 'open')
      const isInTime = (): boolean => state.read().status === 'in-time'
      const linked = await comes((listener) => links.subscribe(listener), isLinked, deadlineMs)
      const timed = await comes((listener) => state.subscribe(listener), isInTime, deadlineMs)
      if (!linked || !timed) throw new Error('the pages must be linked and in time')
    },
    blockFor(ms) {
      setInterval(() => {
        const untilMs = performance.now() + ms
        while (performance.now() < untilMs);
      }, FRAME_MS)
    },
    sample: (seconds) =>
      new Promise((resolve) => {
        const { clock } = here().jam
        const samples: ClockSample[] = []
        const timer = setInterval(() => {
          const nowMs = performance.now()
          samples.push({
            atMs: performance.timeOrigin + nowMs,
            sharedMs: clock.sharedMsAt(nowMs),
          })
          if (samples.length * SAMPLE_MS < seconds * 1000) return
          clearInterval(timer)
          resolve(samples)
        }, SAMPLE_MS)
      }),
    async openRaw() {
      const { mesh } = here()
      const [peer] = mesh.peers()
      const connection = peer === undefined ? undefined : mesh.rawConnection(peer)
      if (!connection) throw new Error('there must be a direct link')
      const channel = await openRawChannel(connection)
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        const { kind, number } = decodeRawFrame(data)
        const atMs = wallMs()
        if (kind === 'ping') channel.send(encodeRawFrame({ kind: 'pong', number, atMs }))
      })
      raw = channel
    },
    async ntpErrors(seconds) {
      if (raw === undefined) throw new Error('the raw channel must be opened first')
      const errors: number[] = []
      for (let number = 0; number < (seconds * 1000) / NTP_MS; number++) {
        const nextMs = performance.now() + NTP_MS
        const error = await ntpError(raw, number)
        if (error !== undefined) errors.push(error)
        await new Promise((resolve) => setTimeout(resolve, nextMs - performance.now()))
      }
      return errors
    },
  }
}

/** Both pages' clocks are the machine's: what a sample says beyond 0 is its error. Undefined when it got lost. */
function ntpError(channel: RTCDataChannel, wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<ArrayBuffer>): void => {
      const backMs = wallMs()
      const { kind, number, atMs } = decodeRawFrame(data)
      if (kind !== 'pong' || number !== wanted) return
      channel.removeEventListener('message', listen)
      resolve(Math.abs(atMs - (sentMs + backMs) / 2))
    }
    channel.addEventListener('message', listen)
    setTimeout(() => {
      channel.removeEventListener('message', listen)
      resolve(undefined)
    }, ANSWER_LIMIT_MS)
    const sentMs = wallMs()
    channel.send(encodeRawFrame({ kind: 'ping', number: wanted, atMs: 0 }))
  })
}

followBenchPath()
window.clockPage = createClockPage()

import type { OutputReading } from './output-reading.ts'

/** A sound card, and a browser that reads it, for tests: what is true, and what one gets to see of it. */
export interface FakeDevice {
  /** What the browser says at that moment; moments must not go backwards. */
  readAt(nowMs: number, told?: Partial<OutputReading>): OutputReading
  /** What `getOutputTimestamp` of a good browser says: the position at the last buffer. */
  toldAt(nowMs: number): Pick<OutputReading, 'contextTime' | 'performanceTime'>
  /** Ms of the context that are truly at the loudspeaker. */
  heardMsAt(localMs: number): number
  /** The device plays nothing for so long, as when it lost a buffer or the machine slept. */
  stall(ms: number): void
}

export interface DeviceOptions {
  readonly sampleRate: number
  readonly bufferFrames: number
  /** How fast its crystal runs, of our clock's. */
  readonly slope: number
  readonly outputLatency: number
  /** How late the browser gets to fill a buffer, ms. */
  readonly latenessMs: () => number
}

const BLOCK_FRAMES = 128
const STARTED_MS = 1000

/** Takes a buffer at a time, and lets the context render whole blocks until it is full. */
export function createFakeDevice(options: DeviceOptions): FakeDevice {
  const { sampleRate, bufferFrames, slope, outputLatency } = options
  const bufferMs = (bufferFrames / sampleRate) * 1000
  let stalledMs = 0
  let filled = 0
  let lateMs = 0

  const deviceMsAt = (localMs: number): number => (localMs - STARTED_MS - stalledMs) * slope
  const localMsOf = (buffer: number): number => (buffer * bufferMs) / slope + STARTED_MS + stalledMs
  /** The last buffer that the device has asked for, and the browser has filled. */
  const bufferAt = (nowMs: number): number => {
    const asked = Math.floor(deviceMsAt(nowMs) / bufferMs)
    if (asked > filled) {
      lateMs = options.latenessMs()
      filled = nowMs - localMsOf(asked) >= lateMs ? asked : asked - 1
    } else if (nowMs - localMsOf(asked) >= lateMs) filled = asked
    return filled
  }
  const toldAt = (nowMs: number): Pick<OutputReading, 'contextTime' | 'performanceTime'> => {
    const buffer = bufferAt(nowMs)
    const contextTime = (buffer * bufferFrames) / sampleRate - outputLatency
    return { contextTime, performanceTime: localMsOf(buffer) }
  }
  return {
    toldAt,
    readAt(nowMs, told) {
      const blocks = Math.ceil(((bufferAt(nowMs) + 1) * bufferFrames) / BLOCK_FRAMES)
      return {
        nowMs,
        currentTime: (blocks * BLOCK_FRAMES) / sampleRate,
        outputLatency,
        baseLatency: bufferFrames / sampleRate,
        ...(told ?? toldAt(nowMs)),
      }
    },
    heardMsAt: (localMs) => deviceMsAt(localMs) - outputLatency * 1000,
    stall(ms) {
      stalledMs += ms
    },
  }
}

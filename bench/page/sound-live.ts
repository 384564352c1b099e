import { playOurs } from './sound-ours.ts'
import { SAMPLE_RATE } from './sound-pieces.ts'
import type { LiveReport } from './sound-types.ts'
import tapUrl from './sound-tap.ts?worker&url'

/** Out of each so many milliseconds the main thread hangs for so many. */
const ROUND_MS = 50
const HANG_MS = 40
/** Buffers that a sound card waits for are 10 ms long here. */
const LAG_SECONDS = 0.005
/** The engine and the browser come to rest. */
const SETTLE_MS = 2000

interface PlaybackStats {
  readonly underrunEvents: number
}

type Measured = AudioContext & { readonly playbackStats?: PlaybackStats }

/** All tracks with all effects, to the loudspeaker. */
export async function playAloud(seconds: number): Promise<LiveReport> {
  const context: Measured = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 0.02 })
  await context.resume()
  const engine = await playOurs(context, 'effects', context.currentTime * SAMPLE_RATE + SAMPLE_RATE)
  const tap = await openTap(context, engine.output)
  const most = { load: 0, voices: 0, ease: 0 }
  engine.levels.subscribe(() => {
    const { load, voices, ease } = engine.levels.read()
    most.load = Math.max(most.load, load)
    most.voices = Math.max(most.voices, voices)
    most.ease = Math.max(most.ease, ease)
  })
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const before = context.playbackStats?.underrunEvents
  const lags = watchLags(context)
  const busy = await hangFor(seconds, lags.look)
  const after = context.playbackStats?.underrunEvents
  const leaps = await tap.leaps()
  engine.close()
  await context.close()
  return {
    seconds,
    underruns: after === undefined ? undefined : after - (before ?? 0),
    lags: lags.count(),
    leaps,
    ...most,
    busy,
  }
}

/** @returns the share of the time in which the main thread hung */
function hangFor(seconds: number, look: () => void): Promise<number> {
  return new Promise((resolve) => {
    const startedMs = performance.now()
    let hungMs = 0
    const timer = setInterval(() => {
      const fromMs = performance.now()
      while (performance.now() < fromMs + HANG_MS);
      const nowMs = performance.now()
      hungMs += nowMs - fromMs
      look()
      if (nowMs < startedMs + seconds * 1000) return
      clearInterval(timer)
      resolve(hungMs / (nowMs - startedMs))
    }, ROUND_MS)
  })
}

/** Counts the times that the context's clock fell behind the page's: what was lost is never made up for. */
function watchLags(context: AudioContext): { look: () => void; count: () => number } {
  let [behind, count] = [NaN, 0]
  return {
    look() {
      const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
      const now = performanceTime / 1000 - contextTime
      if (now - behind > LAG_SECONDS) count++
      behind = Number.isNaN(behind) ? now : Math.max(behind, now)
    },
    count: () => count,
  }
}

/** Listens at the engine for leaps, on the audio thread itself. */
async function openTap(
  context: AudioContext,
  source: AudioNode,
): Promise<{ leaps(): Promise<number> }> {
  await context.audioWorklet.addModule(tapUrl)
  const tap = new AudioWorkletNode(context, 'bench-tap', { outputChannelCount: [1] })
  source.connect(tap).connect(context.destination)
  return {
    leaps: () =>
      new Promise((resolve) => {
        tap.port.onmessage = ({ data }: MessageEvent<number>) => resolve(data)
        tap.port.postMessage('leaps')
      }),
  }
}

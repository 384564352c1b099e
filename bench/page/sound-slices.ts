import { type PieceNote, SAMPLE_RATE, SECONDS } from './sound-pieces.ts'
import type { Cost } from './sound-types.ts'

/** Ahead of which notes are handed over, as an app does that may change its mind. */
const SLICE_SECONDS = 0.1
const QUANTUM = 128

/** Renders a context that stops ten times a second for the coming notes to be made. */
export async function renderInSlices(
  context: OfflineAudioContext,
  notes: readonly PieceNote[],
  begin: (notes: readonly PieceNote[]) => void,
): Promise<Cost> {
  let mainMs = 0
  let made = 0
  const makeUntil = (seconds: number): void => {
    const startedMs = performance.now()
    const first = made
    while ((notes[made]?.atSeconds ?? Infinity) < seconds) made++
    begin(notes.slice(first, made))
    mainMs += performance.now() - startedMs
  }
  const frames = Math.floor((SLICE_SECONDS * SAMPLE_RATE) / QUANTUM) * QUANTUM
  for (let at = frames; at < SECONDS * SAMPLE_RATE; at += frames) {
    const seconds = at / SAMPLE_RATE
    void context.suspend(seconds).then(() => {
      makeUntil(seconds + 2 * SLICE_SECONDS)
      return context.resume()
    })
  }
  makeUntil(2 * SLICE_SECONDS)
  const startedMs = performance.now() - mainMs
  const buffer = await context.startRendering()
  return { ms: performance.now() - startedMs, mainMs, peak: peakOf(buffer) }
}

/** What the stops themselves take, with nothing to render. */
export async function sliceCostMs(): Promise<number> {
  const context = new OfflineAudioContext(2, SECONDS * SAMPLE_RATE, SAMPLE_RATE)
  const { ms } = await renderInSlices(context, [], () => undefined)
  return ms
}

/** Highest absolute sample of the left side. */
export function peakOf(buffer: AudioBuffer): number {
  let peak = 0
  for (const sample of buffer.getChannelData(0)) peak = Math.max(peak, Math.abs(sample))
  return peak
}

import type { AudioTags, WavFormat } from '../export/file-types.ts'
import { createSampleWriter } from '../export/wav-samples.ts'
import { bytesAFrame, wavHeader } from '../export/wav.ts'
import { framesIn, readFrames, type TapeRing } from './tape-ring.ts'
import type { TapeReport } from './tape-types.ts'
import type { WavSink } from './wav-sinks.ts'

type Recorded = Extract<TapeReport, { readonly type: 'recorded' }>

/** Takes what comes onto the tape into a WAV file. */
export interface TapeRecorder {
  readonly place: WavSink['place']
  seconds(): number
  /** Writes what has come. @returns why it cannot go on, where it cannot */
  pump(): Promise<Recorded['reason']>
  finish(reason: Recorded['reason']): Promise<Recorded>
}

/** Written at once: less than a second. */
const MOST_FRAMES = 32_768

/** @param from  its first frame; must be on the tape, or be the next one to come */
export function createTapeRecorder(
  ring: TapeRing,
  from: number,
  sink: WavSink,
  { format, sampleRate, tags }: { format: WavFormat; sampleRate: number; tags: AudioTags },
): TapeRecorder {
  const samples = createSampleWriter(format)
  const frameBytes = bytesAFrame(format)
  const head = (frames: number | undefined): Uint8Array<ArrayBuffer> =>
    wavHeader({ format, sampleRate, tags }, frames)
  const headBytes = head(undefined).length
  let next = from
  let isBegun = false
  const writeHead = (): Promise<void> => sink.write(0, head(isBegun ? next - from : undefined))

  const writeFrames = async (): Promise<Recorded['reason']> => {
    if (!isBegun) await writeHead()
    isBegun = true
    for (;;) {
      const to = Math.min(framesIn(ring).to, next + MOST_FRAMES)
      if (to <= next) break
      const at = headBytes + (next - from) * frameBytes
      if (at + (to - next) * frameBytes > sink.most) return 'full'
      const sides = readFrames(ring, next, to)
      if (sides === undefined) return 'overtaken'
      await sink.write(at, samples.write(sides.left, sides.right))
      next = to
    }
    // So that a crash leaves a file that says how long it is.
    await writeHead()
    await sink.keep()
    return undefined
  }
  return {
    place: sink.place,
    seconds: () => (next - from) / sampleRate,
    // The disk is full, or gone.
    pump: () => writeFrames().catch(() => 'disk' as const),
    async finish(reason) {
      const seconds = (next - from) / sampleRate
      try {
        await writeHead()
        return { type: 'recorded', seconds, file: await sink.finish(), reason }
      } catch {
        return { type: 'recorded', seconds, file: undefined, reason: 'disk' }
      }
    },
  }
}

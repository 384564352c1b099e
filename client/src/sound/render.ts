import type { Transport } from '../clock/transport.ts'
import type { Song } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import { toFrameSteps } from './frame-steps.ts'
import { clampTempo, toFrameTempo } from './frame-tempo.ts'
import { BLOCK } from './dsp/strip.ts'
import { createSongPatcher } from './song-patch.ts'

/** Stereo sound, both sides of one length. */
export interface Pcm {
  readonly left: Float32Array
  readonly right: Float32Array
  readonly sampleRate: number
}

/** What stretch of a song to render. */
export interface RenderSpan {
  /** Shared time of the first sample. */
  readonly fromMs: number
  readonly seconds: number
  readonly sampleRate: number
}

/** The sound of a song on its transport, by the engine that plays it live, as fast as it goes. The same every time. */
export function render(song: Song, transport: Transport, span: RenderSpan): Pcm {
  const { fromMs, seconds, sampleRate } = span
  const core = createEngineCore(sampleRate)
  const framesPerMs = sampleRate / 1000
  const frameAt = (sharedMs: number): number => (sharedMs - fromMs) * framesPerMs
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setSteps(toFrameSteps(song, transport.epoch, frameAt))
  core.setTempo(clampTempo(toFrameTempo(transport, { frameAt, framesPerMs }), sampleRate))

  const frames = Math.round(seconds * sampleRate)
  const leadIn = Math.ceil(core.latency / BLOCK) * BLOCK
  const blocks = Math.ceil((frames + leadIn) / BLOCK)
  const left = new Float32Array(blocks * BLOCK)
  const right = new Float32Array(blocks * BLOCK)
  for (let at = 0; at < left.length; at += BLOCK) {
    core.process(left.subarray(at, at + BLOCK), right.subarray(at, at + BLOCK), at - leadIn)
  }
  return {
    left: left.slice(leadIn, leadIn + frames),
    right: right.slice(leadIn, leadIn + frames),
    sampleRate,
  }
}

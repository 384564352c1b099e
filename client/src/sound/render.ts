import type { Transport } from '../clock/transport.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import { ROOM_STEM, type Stems as EngineStems } from './dsp/master.ts'
import type { EngineCore } from './core-types.ts'
import { createEngineCore } from './engine-core.ts'
import { toFrameDrop, toFrameLaunches } from './frame-launches.ts'
import { toFrameSteps } from './frame-steps.ts'
import { clampTempo, toFrameTempo } from './frame-tempo.ts'
import { BLOCK } from './dsp/strip.ts'
import { toStepBack } from './step-back.ts'
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

/** One song taken apart. All of it added up is the mix before it is held together and limited. */
export interface Stems {
  readonly tracks: ReadonlyMap<TrackId, Pcm>
  /** The room's reverb, of all tracks. */
  readonly room: Pcm
}

interface Rendered {
  readonly left: Float32Array
  readonly right: Float32Array
  /** Where the span begins in what was processed. */
  readonly from: number
}

/** The sound of a song on its transport, by the engine that plays it live, as fast as it goes. The same every time. */
export function render(song: Song, transport: Transport, span: RenderSpan): Pcm {
  const core = coreOf(song, transport, span)
  return pcmOf(run(core, span), span)
}

/** The same, each track by itself. */
export function renderStems(song: Song, transport: Transport, span: RenderSpan): Stems {
  const core = coreOf(song, transport, span)
  const taken = new Map<string, Rendered>()
  // What adds to the mix is ahead of what leaves the limiter.
  const from = leadInOf(core) - core.latency
  const stemOf = (id: string): Rendered => {
    const known = taken.get(id) ?? { ...emptySides(core, span), from }
    taken.set(id, known)
    return known
  }
  let start = 0
  run(core, span, {
    begin: (at) => (start = at),
    take(id, left, right, at, count) {
      const stem = stemOf(id)
      stem.left.set(left.subarray(0, count), start + at)
      stem.right.set(right.subarray(0, count), start + at)
    },
  })
  const tracks = song.tracks.map(({ id }) => [id, pcmOf(stemOf(id), span)] as const)
  return { tracks: new Map(tracks), room: pcmOf(stemOf(ROOM_STEM), span) }
}

function coreOf(song: Song, transport: Transport, { fromMs, sampleRate }: RenderSpan): EngineCore {
  const core = createEngineCore(sampleRate)
  const framesPerMs = sampleRate / 1000
  const frameAt = (sharedMs: number): number => (sharedMs - fromMs) * framesPerMs
  core.setLaunches(toFrameLaunches(song, transport.epoch, frameAt))
  core.setDrop(toFrameDrop(song, transport.epoch, frameAt))
  core.setStepBack(toStepBack(song))
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setOrigin(frameAt(0))
  core.setSteps(toFrameSteps(song, transport.epoch, frameAt))
  core.setTempo(clampTempo(toFrameTempo(transport, { frameAt, framesPerMs }), sampleRate))
  return core
}

/** Frames that are processed before the span, so that it is whole. */
const leadInOf = (core: EngineCore): number => Math.ceil(core.latency / BLOCK) * BLOCK

function emptySides(core: EngineCore, { seconds, sampleRate }: RenderSpan): Omit<Rendered, 'from'> {
  const frames = Math.round(seconds * sampleRate)
  const count = Math.ceil((frames + leadInOf(core)) / BLOCK) * BLOCK
  return { left: new Float32Array(count), right: new Float32Array(count) }
}

function run(
  core: EngineCore,
  span: RenderSpan,
  stems?: EngineStems & { begin(at: number): void },
): Rendered {
  const { left, right } = emptySides(core, span)
  const leadIn = leadInOf(core)
  for (let at = 0; at < left.length; at += BLOCK) {
    stems?.begin(at)
    const sides = [left, right].map((side) => side.subarray(at, at + BLOCK)) as [
      Float32Array,
      Float32Array,
    ]
    core.process(...sides, at - leadIn, stems)
  }
  return { left, right, from: leadIn }
}

function pcmOf({ left, right, from }: Rendered, { seconds, sampleRate }: RenderSpan): Pcm {
  const to = from + Math.round(seconds * sampleRate)
  return { left: left.slice(from, to), right: right.slice(from, to), sampleRate }
}

import { createEngine } from '../../client/src/sound/engine.ts'
import type { Engine } from '../../client/src/sound/engine-types.ts'
import { BPM, PIECES, SAMPLE_RATE, SECONDS } from './sound-pieces.ts'
import { songOf } from './sound-song.ts'
import { peakOf } from './sound-slices.ts'
import type { Cost, PieceName } from './sound-types.ts'

/** At which the longest note there is, 32 quarters, lasts 21 seconds. */
const SLOW_BPM = 90
/** The engine looks ahead by its limiter: what begins at once would have begun before. */
const LEAD_FRAMES = 480
/** For the messages to reach the audio thread. */
const DELIVERY_MS = 50

/** Our engine, about to play the piece from the context's frame `frame` on. */
export async function playOurs(
  context: BaseAudioContext,
  name: PieceName,
  frame = 0,
): Promise<Engine> {
  const piece = PIECES[name]
  const engine = await createEngine(context)
  const isChord = piece.patch.unison === 7 || name === 'sustained'
  const bpm = isChord ? SLOW_BPM : BPM
  const framesPerBeat = (60 * context.sampleRate) / bpm
  engine.output.connect(context.destination)
  engine.setSteps({ count: isChord ? 32 : 16 })
  engine.setSong(songOf(piece))
  engine.setTempo([{ frame, beat: 0, framesPerBeat, playing: true }])
  return engine
}

/** The piece by our engine in its worklet, which hears what it is told only while the rendering stands still. */
export async function renderOurs(name: PieceName): Promise<Cost> {
  const context = new OfflineAudioContext(2, SECONDS * SAMPLE_RATE, SAMPLE_RATE)
  await playOurs(context, name, LEAD_FRAMES)
  let startedMs = NaN
  void context.suspend(0).then(async () => {
    await new Promise((resolve) => setTimeout(resolve, DELIVERY_MS))
    startedMs = performance.now()
    await context.resume()
  })
  const buffer = await context.startRendering()
  return { ms: performance.now() - startedMs, mainMs: 0, peak: peakOf(buffer) }
}

import { memoryUsage, stdout } from 'node:process'
import { createEngineCore } from '../../client/src/sound/engine-core.ts'
import { createSongPatcher } from '../../client/src/sound/song-patch.ts'
import { songOf } from '../page/sound-song.ts'
import { BPM, PIECES, SAMPLE_RATE } from '../page/sound-pieces.ts'
import type { PieceName } from '../page/sound-types.ts'

const BLOCK = 128
const WARM_UP_BLOCKS = 8000
const BLOCKS = Math.round((10 * SAMPLE_RATE) / BLOCK)
const ROUNDS = 3
const NAMES: readonly PieceName[] = ['sixteenths', 'effects']

/** Bytes that the heap grows by with each block, once all code is compiled; the least of some rounds. */
function growthOf(name: PieceName): number {
  const core = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(songOf(PIECES[name]))
  if (patch !== undefined) core.change(patch)
  core.setTempo([{ frame: 0, beat: 0, framesPerBeat: (60 * SAMPLE_RATE) / BPM, playing: true }])
  const [left, right] = [new Float32Array(BLOCK), new Float32Array(BLOCK)]
  let frame = 0
  const process = (blocks: number): void => {
    for (let block = 0; block < blocks; block++, frame += BLOCK) core.process(left, right, frame)
  }
  process(WARM_UP_BLOCKS)
  let least = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.()
    const before = memoryUsage().heapUsed
    process(BLOCKS)
    least = Math.min(least, (memoryUsage().heapUsed - before) / BLOCKS)
  }
  return least
}

stdout.write(JSON.stringify(NAMES.map((piece) => ({ piece, bytesPerBlock: growthOf(piece) }))))

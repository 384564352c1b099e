import { playAloud } from './sound-live.ts'
import { renderNative } from './sound-native.ts'
import { renderOurs } from './sound-ours.ts'
import { sliceCostMs } from './sound-slices.ts'
import { renderTone } from './sound-tone.ts'
import type { Cost } from './sound-types.ts'

/** Without what the stops in the rendering take by themselves, which no app has. */
async function withoutStops(render: () => Promise<Cost>): Promise<Cost> {
  const stopsMs = await sliceCostMs()
  const cost = await render()
  return { ...cost, ms: Math.max(cost.mainMs, cost.ms - stopsMs) }
}

window.soundPage = {
  cost(piece, player) {
    if (player === 'native') return withoutStops(() => renderNative(piece))
    if (player === 'tone') {
      if (piece === 'effects') throw new Error('Tone.js plays no effects here')
      return withoutStops(() => renderTone(piece))
    }
    return renderOurs(piece)
  },
  live: playAloud,
}

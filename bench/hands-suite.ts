import { buildPages, buildProduct } from './build-pages.ts'
import { exportRows } from './hands/export.ts'
import { liveRows } from './hands/live.ts'
import { lossRows } from './hands/loss.ts'
import type { Suite } from './suite.ts'

/** What is played by hand, caught, and taken home. */
export const handsSuite: Suite = {
  async prepare(say) {
    await buildPages(say)
    await buildProduct(say)
  },
  parts: [
    { name: 'live', rows: liveRows },
    { name: 'loss', rows: lossRows },
    { name: 'export', rows: exportRows },
  ],
}

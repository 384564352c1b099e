import { buildProduct } from './build-pages.ts'
import { revivalRows } from './rooms/slots-revival.ts'
import { slotRows } from './rooms/slots.ts'
import type { Suite } from './suite.ts'

/** What it costs that rooms outlive processes, and are of several. */
export const roomsSuite: Suite = {
  prepare: buildProduct,
  parts: [
    { name: 'slots', rows: slotRows },
    { name: 'revival', rows: revivalRows },
  ],
}

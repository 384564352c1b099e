import { buildProduct } from './build-pages.ts'
import { instancesMemoryRows } from './rooms/instances-memory.ts'
import { instancesSignalRows } from './rooms/instances-signals.ts'
import { revivalRows } from './rooms/slots-revival.ts'
import { slotRows } from './rooms/slots.ts'
import type { Suite } from './suite.ts'

/** What it costs that rooms outlive processes, and are of several. */
export const roomsSuite: Suite = {
  prepare: buildProduct,
  parts: [
    { name: 'instances-signals', rows: instancesSignalRows },
    { name: 'instances-memory', rows: instancesMemoryRows },
    { name: 'slots', rows: slotRows },
    { name: 'revival', rows: revivalRows },
  ],
}

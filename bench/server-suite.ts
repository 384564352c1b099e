import { buildServer } from './build-pages.ts'
import { healthRows } from './server/health.ts'
import { joinRows } from './server/joins.ts'
import { leavingRows } from './server/leaving.ts'
import { memoryRows } from './server/memory.ts'
import { signalRows } from './server/signals.ts'
import type { Suite } from './suite.ts'

/** What our signal server costs with thousands of sockets, beside y-webrtc's and beside one that only echoes. */
export const serverSuite: Suite = {
  prepare: buildServer,
  parts: [
    { name: 'memory', rows: memoryRows },
    { name: 'leaving', rows: leavingRows },
    { name: 'joins', rows: joinRows },
    { name: 'signals', rows: signalRows },
    { name: 'health', rows: healthRows },
  ],
}

import { costRows } from './sound/cost.ts'
import { garbageRows } from './sound/garbage.ts'
import { liveRows } from './sound/live.ts'
import { buildPages } from './build-pages.ts'
import type { Suite } from './suite.ts'

/** What the sound of a jam costs, beside the browser's own nodes and Tone.js, and whether it ever breaks off. */
export const soundSuite: Suite = {
  prepare: buildPages,
  parts: [
    { name: 'cost', rows: costRows },
    { name: 'live', rows: liveRows },
    { name: 'garbage', rows: garbageRows },
  ],
}

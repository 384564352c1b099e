import { buildPages } from './build-pages.ts'
import { exportRows } from './hands/export.ts'
import type { Suite } from './suite.ts'

/** What is played by hand, caught, and taken home. */
export const handsSuite: Suite = {
  prepare: buildPages,
  parts: [{ name: 'export', rows: exportRows }],
}

import { buildProduct } from './build-pages.ts'
import type { Suite } from './suite.ts'
import { lighthouseRows } from './surface/lighthouse.ts'
import { motionRows } from './surface/motion.ts'
import { stillnessRows } from './surface/stillness.ts'

/** Whether the page of a full jam moves as smoothly as it should, and rests when nothing happens. */
export const surfaceSuite: Suite = {
  prepare: buildProduct,
  parts: [
    { name: 'motion', rows: motionRows },
    { name: 'stillness', rows: stillnessRows },
    { name: 'lighthouse', rows: lighthouseRows },
  ],
}

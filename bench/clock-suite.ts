import { buildPages } from './build-pages.ts'
import { agreementRows } from './clock/agreement.ts'
import { changeRows } from './clock/changes.ts'
import { disturbedRows } from './clock/disturbed.ts'
import { heardRows } from './clock/heard.ts'
import { simulatedRows } from './clock/simulated.ts'
import { SHOW_ADDRESSES } from './mesh/lossy-path.ts'
import { onStage } from './mesh/on-stage.ts'
import type { Suite } from './suite.ts'

/** How well the clocks of a jam agree, and what is heard of it. */
export const clockSuite: Suite = {
  prepare: buildPages,
  parts: [
    { name: 'simulated', rows: simulatedRows },
    { name: 'disturbed', rows: disturbedRows },
    { name: 'agreement', rows: (say) => onStage(say, [SHOW_ADDRESSES], agreementRows) },
    { name: 'heard', rows: heardRows },
    { name: 'changes', rows: (say) => onStage(say, [SHOW_ADDRESSES], changeRows) },
  ],
}

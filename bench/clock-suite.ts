import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { agreementRows } from './clock/agreement.ts'
import { changeRows } from './clock/changes.ts'
import { disturbedRows } from './clock/disturbed.ts'
import { heardRows } from './clock/heard.ts'
import { simulatedRows } from './clock/simulated.ts'
import { SHOW_ADDRESSES } from './mesh/lossy-path.ts'
import { onStage } from './mesh/on-stage.ts'
import type { Row } from './rows.ts'

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url))

/** How well the clocks of a jam agree, and what is heard of it. */
export async function clockSuite(say: (line: string) => void): Promise<readonly Row[]> {
  say('clock: building the pages and the server …')
  await build({ configFile: path('vite.config.ts') })
  await build({ root: path('../signal-server'), logLevel: 'warn' })
  return [
    ...simulatedRows(say),
    ...disturbedRows(say),
    ...(await onStage(say, [SHOW_ADDRESSES], agreementRows)),
    ...(await heardRows(say)),
    ...(await onStage(say, [SHOW_ADDRESSES], changeRows)),
  ]
}

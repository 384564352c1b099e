import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { lateJoinerRows } from './mesh/late-joiner.ts'
import { lossyRows, SHOW_ADDRESSES } from './mesh/lossy-path.ts'
import { nodeRows } from './mesh/node-mesh.ts'
import { onStage } from './mesh/on-stage.ts'
import { sizeRows } from './mesh/sizes.ts'
import type { Row } from './rows.ts'
import { songModelRows } from './song-size.ts'

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url))

/** Our mesh beside stock y-webrtc: how soon it stands, what it sends, what it loses and how it comes back. */
export async function meshSuite(say: (line: string) => void): Promise<readonly Row[]> {
  say('mesh: building the pages and the server …')
  await build({ configFile: path('vite.config.ts') })
  await build({ root: path('../signal-server'), logLevel: 'warn' })
  return [
    ...(await onStage(say, [], sizeRows)),
    ...(await onStage(say, [], lateJoinerRows)),
    ...(await onStage(say, [SHOW_ADDRESSES], lossyRows)),
    ...(await onStage(say, [], nodeRows)),
    ...songModelRows(),
  ]
}

import { buildPages } from './build-pages.ts'
import { lateJoinerRows } from './mesh/late-joiner.ts'
import { lossyRows, SHOW_ADDRESSES } from './mesh/lossy-path.ts'
import { nodeRows } from './mesh/node-mesh.ts'
import { onStage } from './mesh/on-stage.ts'
import { sizeRows } from './mesh/sizes.ts'
import { songModelRows } from './song-size.ts'
import type { Suite } from './suite.ts'

/** Our mesh beside stock y-webrtc: how soon it stands, what it sends, what it loses and how it comes back. */
export const meshSuite: Suite = {
  prepare: buildPages,
  parts: [
    { name: 'sizes', rows: (say) => onStage(say, [], sizeRows) },
    { name: 'late-joiner', rows: (say) => onStage(say, [], lateJoinerRows) },
    { name: 'lossy', rows: (say) => onStage(say, [SHOW_ADDRESSES], lossyRows) },
    { name: 'node', rows: (say) => onStage(say, [], nodeRows) },
    { name: 'song-size', rows: songModelRows },
  ],
}

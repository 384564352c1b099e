import { inBrowsers, LONG } from './browsers.ts'
import type { Scenario } from './scenario.ts'
import { randomSongs } from './sound/fuzz.ts'
import { latePeers } from './sound/late-peers.ts'

/** All that the sound has to stand. */
export const soundSuite: readonly Scenario[] = [
  randomSongs,
  latePeers,
  inBrowsers('files of sound', ['audio-export.spec.ts'], () => LONG),
  inBrowsers('mutes of one’s own', ['instruments.spec.ts'], () => LONG),
]

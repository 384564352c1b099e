import { createLive, type Live } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import type { Drawer } from './storage.ts'

/** How this person looks at rolls on this device. */
export interface RollSettings {
  /** Whether the notes of other tracks are shown behind. */
  readonly ghosts: boolean
  /** Whether velocities are shown below; left out until the person has said so. */
  readonly lane?: boolean
}

export interface RollView {
  readonly rollSettings: Live<RollSettings>
  setRollSettings(change: Partial<RollSettings>): void
}

const KEY = 'roll'

/** How rolls are looked at, remembered. */
export function createRollSettings(drawer: Drawer): RollView {
  const rollSettings = createLive(parseSettings(drawer.read(KEY)))
  return {
    rollSettings,
    setRollSettings(change) {
      rollSettings.set({ ...rollSettings.read(), ...change })
      drawer.write(KEY, JSON.stringify(rollSettings.read()))
    },
  }
}

/** What the drawer had; whatever is none is left out. Who has said nothing sees what they hear. Never throws. */
function parseSettings(text: string | undefined): RollSettings {
  const value = parseJson(text ?? '{}')
  const { ghosts, lane } = isFields(value) ? value : {}
  return { ghosts: ghosts !== false, ...(typeof lane === 'boolean' ? { lane } : {}) }
}

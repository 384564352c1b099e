import { createLive, type Live } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import { NUMERIC_PARAMS, type NumericParam } from '../sequence/track-sound.ts'
import type { Drawer } from './storage.ts'

/** What each controller of an instrument turns. */
export type MidiControls = ReadonlyMap<number, NumericParam>

export interface MidiKnobs {
  readonly controls: Live<MidiControls>
  learn(controller: number, param: NumericParam): void
}

/** As General MIDI 2 names its sound controllers. */
const USUAL: MidiControls = new Map<number, NumericParam>([
  [7, 'volume'],
  [71, 'resonance'],
  [72, 'releaseSeconds'],
  [73, 'attackSeconds'],
  [74, 'cutoffHz'],
  [75, 'decaySeconds'],
])
const KEY = 'midi-controls'
const LAST_CONTROL = 119

/** Which knob of an instrument turns what, remembered on this device. */
export function createMidiControls(drawer: Drawer): MidiKnobs {
  const controls = createLive<MidiControls>(new Map([...USUAL, ...parseControls(drawer.read(KEY))]))
  return {
    controls,
    learn(controller, param) {
      controls.set(new Map([...controls.read(), [controller, param]]))
      drawer.write(KEY, JSON.stringify(Object.fromEntries(controls.read())))
    },
  }
}

/** What the drawer held; whatever is none is left out. Never throws. */
function parseControls(text: string | undefined): MidiControls {
  const value = parseJson(text ?? '{}')
  if (!isFields(value)) return new Map()
  return new Map(
    Object.entries(value).flatMap(([key, name]) => {
      const controller = Number(key)
      const param = NUMERIC_PARAMS.find((each) => each === name)
      const isThere = Number.isInteger(controller) && controller >= 0 && controller <= LAST_CONTROL
      return isThere && param !== undefined ? [[controller, param] as const] : []
    }),
  )
}

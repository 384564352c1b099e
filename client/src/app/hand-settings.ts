import { createLive } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import type { HandPlay, HandSettings } from './hand-types.ts'
import type { Drawer } from './storage.ts'

const KEY = 'hands'
const LOWEST_OCTAVE = 1
const HIGHEST_OCTAVE = 7
const LONGEST_STEP = 16

/** How this person plays on this device, remembered. */
export function createHandSettings(drawer: Drawer): Pick<HandPlay, 'settings' | 'setSettings'> {
  const settings = createLive(withinRange(parseJson(drawer.read(KEY) ?? '{}')))
  return {
    settings,
    setSettings(change) {
      settings.set(withinRange({ ...settings.read(), ...change }))
      drawer.write(KEY, JSON.stringify(settings.read()))
    },
  }
}

/** What the drawer held may be junk; whatever is none is as usual. Never throws. */
function withinRange(value: unknown): HandSettings {
  const { timing, layout, mode, strength, octave, stepLength } = isFields(value) ? value : {}
  return {
    timing: timing === 'now' ? 'now' : 'pocket',
    layout: layout === 'scale' ? 'scale' : 'piano',
    mode: mode === 'replace' ? 'replace' : 'overdub',
    strength: wholeIn(strength, 0, 100, 50),
    octave: wholeIn(octave, LOWEST_OCTAVE, HIGHEST_OCTAVE, 4),
    stepLength: wholeIn(stepLength, 1, LONGEST_STEP, 1),
  }
}

const wholeIn = (value: unknown, min: number, max: number, usual: number): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.round(Math.min(max, Math.max(min, value)))
    : usual

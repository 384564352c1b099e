import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { ClickSettings, Engine } from '../sound/engine-types.ts'
import type { Drawer } from './storage.ts'

/** Metronome and count-in of this device, remembered. */
export interface ClickDesk {
  readonly click: Live<ClickSettings>
  set(change: Partial<ClickSettings>): void
  close: Undo
}

const KEY = 'click'
const INITIAL: ClickSettings = { metronome: false, countIn: false, level: 0.5 }

export function createClickDesk(drawer: Drawer, engine: Live<Engine | undefined>): ClickDesk {
  const click = createLive(readClick(drawer.read(KEY)))
  const apply = (): void => {
    engine.read()?.setClick(click.read())
  }
  apply()
  return {
    click,
    set(change) {
      click.set(withinRange({ ...click.read(), ...change }))
      drawer.write(KEY, JSON.stringify(click.read()))
      apply()
    },
    close: engine.subscribe(apply),
  }
}

const withinRange = ({ metronome, countIn, level }: ClickSettings): ClickSettings => ({
  metronome,
  countIn,
  level: Number.isFinite(level) ? Math.max(0, Math.min(1, level)) : INITIAL.level,
})

/** What the drawer holds may be junk. */
function readClick(text: string | undefined): ClickSettings {
  try {
    const { metronome, countIn, level } = Object(JSON.parse(text ?? '')) as Record<string, unknown>
    return withinRange({
      metronome: metronome === true,
      countIn: countIn === true,
      level: typeof level === 'number' ? level : INITIAL.level,
    })
  } catch {
    // Nothing was remembered, or no JSON.
    return INITIAL
  }
}

import { nextTick } from 'vue'
import { HIGHEST_PITCH } from '../../sequence/pattern.ts'
import type { Note } from '../../sequence/pattern.ts'
import type { Track } from '../../sequence/song.ts'
import type { LocalSession } from './local-session.ts'
import { emptyTrack, songOf, withNotes } from './local-song.ts'
import { openJam, point, press } from './screen.ts'
import type { Screen } from './screen.ts'

/** The roll lays nothing out here: it begins at 0/0, unscrolled, with the narrowest steps. */
export const KEYS = 52
export const STEP = 26
const HEADER = 26
const ROW = 20

type Where = Readonly<{ x: number; y: number }>

/** A key, or one with others that are held. */
type Press = string | readonly [key: string, held: KeyboardEventInit]

/** A jam in whose roll somebody has a hand. */
export interface RollScreen {
  readonly screen: Screen
  readonly session: LocalSession
  readonly surface: HTMLElement
  mine(): Track
  give(...notes: readonly Note[]): Promise<void>
  notes(track?: number): readonly Note[]
  /** The steps and pitches of a track's notes, sorted. */
  places(track?: number): readonly string[]
  cell(): HTMLElement
  said(): string
  down(where: Where, more?: PointerEventInit): Promise<void>
  move(where: Where, more?: PointerEventInit): Promise<void>
  up(where: Where, more?: PointerEventInit): Promise<void>
  drag(from: Where, to: Where, more?: PointerEventInit): Promise<void>
  keys(...presses: readonly Press[]): Promise<void>
  /** Of all that can be scrolled over. */
  size(): { readonly width: number; readonly height: number }
}

/** @param within how far into the step, 0 to 1 */
export const cellAt = (step: number, pitch: number, within = 0.5): Where => ({
  x: KEYS + (step + within) * STEP,
  y: HEADER + (HIGHEST_PITCH - pitch + 0.5) * ROW,
})

export const noteAt = (step: number, pitch: number, more: Partial<Note> = {}): Note => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})

export const control = (key: string): Press => [key, { ctrlKey: true }]
export const alt = (key: string): Press => [key, { altKey: true }]
export const shift = (key: string): Press => [key, { shiftKey: true }]

export async function openRoll(): Promise<RollScreen> {
  const { screen, session } = await openJam()
  const surface = screen.root.querySelector('canvas')
  if (surface === null) throw new Error('the roll must hold a canvas, and holds none')
  const mine = (): Track => emptyTrack(session.myTrackId.read(), 'me', 'ana', 0)
  const cell = (): HTMLElement => screen.role('gridcell')
  const notes = (track = 0): readonly Note[] => [
    ...(session.song.read().tracks[track]?.patterns.a.values() ?? []),
  ]
  const down: RollScreen['down'] = (where, more = {}) =>
    point(surface, 'pointerdown', where, { button: 0, ...more })
  const move: RollScreen['move'] = (where, more) => point(surface, 'pointermove', where, more)
  const up: RollScreen['up'] = (where, more) => point(surface, 'pointerup', where, more)
  return {
    screen,
    session,
    surface,
    mine,
    async give(...given) {
      session.song.set(songOf([withNotes(mine(), given)]))
      await nextTick()
    },
    notes,
    places: (track) =>
      notes(track)
        .map(({ step, pitch }) => `${step}/${pitch}`)
        .toSorted(),
    cell,
    said: () => screen.role('status', 'Piano roll').textContent,
    down,
    move,
    up,
    async drag(from, to, more) {
      await down(from, more)
      await move(to, more)
      await up(to, more)
    },
    async keys(...presses) {
      for (const each of presses) {
        const [key, held] = typeof each === 'string' ? [each, {}] : each
        await press(cell(), key, held)
        await nextTick()
      }
    },
    size() {
      const style = screen.root.querySelector<HTMLElement>('.extent')?.style
      return {
        width: Number.parseFloat(style?.width ?? ''),
        height: Number.parseFloat(style?.height ?? ''),
      }
    },
  }
}

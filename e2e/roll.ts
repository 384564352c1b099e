import { type Locator, type Page } from '@playwright/test'

interface Place {
  /** MIDI number. */
  readonly pitch: number
  /** From 1. */
  readonly step: number
}

const LABEL = /^([A-G]♯?)(\d), step (\d+), (.*)$/
const PITCH_CLASSES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B']
const OCTAVE = 12

const cellOf = (page: Page): Locator => page.getByRole('grid').getByRole('gridcell')

/** Moves the grid's one focusable cell to a place, as a person with a keyboard does. */
export async function walkTo(page: Page, pitch: number, step: number): Promise<void> {
  const cell = cellOf(page)
  // What takes the keys comes after the first sound.
  await page.getByRole('group', { name: 'Tool' }).waitFor({ state: 'attached' })
  await cell.focus()
  const { place } = await read(cell)
  const press = async (key: string, times: number): Promise<void> => {
    for (let count = 0; count < times; count++) await page.keyboard.press(key)
  }
  const rise = pitch - place.pitch
  const octaves = Math.trunc(rise / OCTAVE)
  const rest = rise - octaves * OCTAVE
  await press(octaves > 0 ? 'PageUp' : 'PageDown', Math.abs(octaves))
  await press(rest > 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(rest))
  const steps = step - place.step
  await press(steps > 0 ? 'ArrowRight' : 'ArrowLeft', Math.abs(steps))
  const { place: reached } = await read(cell)
  if (reached.pitch === pitch && reached.step === step) return
  throw new Error(`the keys must lead to ${pitch} at ${step}, led to ${JSON.stringify(reached)}`)
}

/** What is said of a place after its name and step. */
export async function readCell(page: Page, pitch: number, step: number): Promise<string> {
  await walkTo(page, pitch, step)
  return (await read(cellOf(page))).words
}

async function read(cell: Locator): Promise<{ place: Place; words: string }> {
  const label = (await cell.getAttribute('aria-label')) ?? ''
  const [, pitchClass = '', octave = '', step = '', words] = LABEL.exec(label) ?? []
  if (words === undefined) throw new Error(`a cell must say its place, got "${label}"`)
  const pitch = PITCH_CLASSES.indexOf(pitchClass) + OCTAVE * (Number(octave) + 1)
  return { place: { pitch, step: Number(step) }, words }
}

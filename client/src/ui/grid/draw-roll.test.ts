import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { createPaper } from '../testing/paper.ts'
import { drawRoll } from './draw-roll.ts'
import type { RollPicture } from './roll-picture.ts'
import { visiblePitches } from './roll-picture.ts'

const THEME = {
  natural: 'natural',
  accidental: 'accidental',
  scale: 'scale',
  root: 'root',
  line: 'line',
  beat: 'beat',
  key: 'key',
  keyDark: 'keyDark',
  keyText: 'keyText',
  header: 'header',
  text: 'text',
  muted: 'muted',
  onNote: 'onNote',
  font: 'sans-serif',
}
const METRICS = { keysWidth: 50, headerHeight: 20, rowHeight: 20, stepWidth: 40, stepCount: 16 }
/** Ten rows from B4 down to D4. */
const PICTURE: RollPicture = {
  metrics: METRICS,
  scroll: { x: 0, y: (108 - 71) * 20 },
  view: { x: 690, y: 220 },
  pattern: new Map(),
  colour: 'mine',
  root: 0,
  scale: 'chromatic',
  stepsPerBeat: 4,
  selected: undefined,
  theme: THEME,
}
const note = (step: number, pitch: number, more = {}) => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})
function draw(change: Partial<RollPicture>) {
  const paper = createPaper()
  drawRoll(paper.context, { ...PICTURE, ...change })
  return paper
}

test('only rows in sight are drawn, and within the range of the roll', () => {
  const pitches = visiblePitches(PICTURE)
  expect([pitches[0], pitches.at(-1)]).toEqual([71, 61])

  const atTheBottom = { ...PICTURE, scroll: { x: 0, y: 85 * 20 - 200 } }
  expect(visiblePitches(atTheBottom).at(-1)).toBe(24)
})

test('a note is drawn as wide as it is long, in its colour, and cut at the end of the loop', () => {
  const notes = [note(2, 69, { length: 3 }), note(14, 69, { length: 8 })]

  const { boxes } = draw({ pattern: patternOf(notes) })

  expect(boxes.map(({ fill, width }) => [fill, width])).toEqual([
    ['mine', 3 * 40 - 4],
    ['mine', 2 * 40 - 4],
  ])
})

test('a soft note is fainter than a loud one', () => {
  const notes = [note(2, 69, { velocity: 10 }), note(3, 69, { velocity: 127 })]

  const [soft, loud] = draw({ pattern: patternOf(notes) }).boxes

  expect(soft?.alpha).toBeLessThan(0.5)
  expect(loud?.alpha).toBe(1)
})

test('a note outside the scale stays where it was written, with an outline where it sounds', () => {
  const { boxes } = draw({ scale: 'major', pattern: patternOf([note(2, 70)]) })

  const [outline, written] = boxes
  expect(outline).toMatchObject({ stroke: 'mine', fill: undefined })
  expect(written).toMatchObject({ fill: 'mine' })
  expect((outline?.y ?? 0) - (written?.y ?? 0)).toBe(20.5)
})

test('a note beyond the step count is not drawn, nor told of', () => {
  const { boxes, fills } = draw({ pattern: patternOf([note(20, 69), note(21, 30)]) })

  expect(boxes).toEqual([])
  expect(fills.filter(({ colour }) => colour === 'mine')).toEqual([])
})

test('a note above or below what is visible leaves a mark at that edge', () => {
  const { fills } = draw({ pattern: patternOf([note(1, 100), note(2, 30)]) })

  const marks = fills.filter(({ colour }) => colour === 'mine')
  expect(marks.map(({ y }) => y)).toEqual([20, 220 - 3])
})

test('rows of the scale, its root and the rest differ; the chromatic scale shows the piano', () => {
  const rowColours = (picture: Partial<RollPicture>) =>
    draw(picture)
      .fills.filter(({ width }) => width === 640)
      .filter((_, index) => index % 2 === 0)
      .map(({ colour }) => colour)

  expect(rowColours({ scale: 'major', root: 7 }).slice(0, 6)).toEqual([
    'scale',
    'accidental',
    'scale',
    'accidental',
    'root',
    'scale',
  ])
  expect(rowColours({}).slice(0, 3)).toEqual(['natural', 'accidental', 'natural'])
})

test('every step is numbered while there is room, else every beat', () => {
  const numbers = (stepWidth: number) =>
    draw({ metrics: { ...METRICS, stepWidth } }).words.filter((word) => /^\d+$/.test(word))

  expect(numbers(40)).toHaveLength(16)
  expect(numbers(12)).toEqual(['1', '5', '9', '13'])
})

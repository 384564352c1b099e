import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
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
const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 20,
  stepWidth: 40,
  stepCount: 16,
}
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

/** Rectangles beyond what the roll draws without notes. */
function marksOf(touch: object) {
  const plain = draw({ pattern: patternOf([note(2, 69)]) }).fills.length
  const { fills, boxes } = draw({ pattern: patternOf([note(2, 69, touch)]) })
  // The key column and the header are drawn after the notes.
  const rulers = draw({}).fills.length - draw({}).fills.findIndex(({ colour }) => colour === 'key')
  return {
    marks: fills.slice(fills.length - rulers - (fills.length - plain), -rulers),
    box: boxes[0],
  }
}

test('a note that sounds now and then is fainter, with a dash as long as its chance', () => {
  const { marks: often, box } = marksOf({ chance: 75 })
  const { marks: seldom, box: faint } = marksOf({ chance: 25 })

  expect([often.length, seldom.length]).toEqual([1, 1])
  expect(seldom[0]?.width).toBeCloseTo((often[0]?.width ?? 0) / 3)
  expect(faint?.alpha).toBeLessThan(box?.alpha ?? 0)
  expect(box?.alpha).toBeLessThan(marksOf({}).box?.alpha ?? 0)
})

test('a note of several strokes is split within its first step', () => {
  const { marks: splits } = marksOf({ ratchet: 4, length: 3 })

  expect(splits.map(({ colour }) => colour)).toEqual(['onNote', 'onNote', 'onNote'])
  expect(splits.every(({ x }) => x > 80 && x < 120)).toBe(true)
})

test('an accent has a bright cap, a flam a stroke before it', () => {
  expect(marksOf({ accent: true }).marks).toMatchObject([{ colour: 'text', y: 781.5 }])

  const { marks: grace, box } = marksOf({ flam: true })
  expect(grace).toMatchObject([{ colour: 'mine', x: 81.5 }])
  expect(box?.x).toBe(86.5)
})

test('a note is drawn as much earlier or later as it is nudged', () => {
  const [early, late] = draw({
    pattern: patternOf([note(2, 69, { nudge: -12 }), note(3, 69, { nudge: 24 })]),
  }).boxes

  expect([early?.x, late?.x]).toEqual([81.5 - 10, 121.5 + 20])
})

test('the rows of a kit are named, in no scale, and their strokes bear no name', () => {
  const { words, fills, boxes } = draw({
    metrics: { ...METRICS, rows: PIECE_ROWS },
    scroll: { x: 0, y: 0 },
    view: { x: 690, y: 20 + 13 * 20 },
    scale: 'major',
    pattern: patternOf([note(2, 37)]),
  })

  const rows = fills.filter(({ width, y }) => width === 640 && y % 20 === 0)
  expect(new Set(rows.map(({ colour }) => colour))).toEqual(new Set(['natural']))
  const beats = fills.filter(({ width, y }) => width === 160 && y === 0)
  expect(beats.map(({ x }) => x)).toEqual([160, 480])
  expect(boxes).toHaveLength(1)
  expect(words.filter((word) => /^[A-Z]/.test(word))).toHaveLength(13)
  expect(words).toContain('Closed hat')
})

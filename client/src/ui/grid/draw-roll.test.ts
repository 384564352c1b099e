import { expect, test } from 'vitest'
import { noteKey } from '../../sequence/pattern.ts'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import { createPaper } from '../testing/paper.ts'
import { drawNotes } from './draw-notes.ts'
import { drawGround } from './draw-roll.ts'
import type { GroundPicture, NotesPicture } from './roll-picture.ts'
import { NOTHING } from './selected-notes.ts'
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
const PICTURE: GroundPicture & NotesPicture = {
  metrics: METRICS,
  scroll: { x: 0, y: (108 - 71) * 20 },
  view: { x: 690, y: 220 },
  pattern: new Map(),
  colour: 'mine',
  root: 0,
  scale: 'chromatic',
  stepsPerBeat: 4,
  selected: NOTHING,
  ghosts: [],
  box: undefined,
  theme: THEME,
}
const note = (step: number, pitch: number, more = {}) => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})
function draw(change: Partial<typeof PICTURE>) {
  const paper = createPaper()
  drawGround(paper.context, { ...PICTURE, ...change })
  drawNotes(paper.context, { ...PICTURE, ...change })
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
  const rowColours = (picture: Partial<typeof PICTURE>) =>
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

/** Rectangles that are drawn on a note, and the note. */
function marksOf(touch: object) {
  const paper = createPaper()
  drawNotes(paper.context, { ...PICTURE, pattern: patternOf([note(2, 69, touch)]) })
  return { marks: paper.fills, box: paper.boxes[0] }
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

test('selected notes are outlined, and only they', () => {
  const notes = [note(2, 69), note(3, 69)]

  const { boxes } = draw({ pattern: patternOf(notes), selected: new Set([noteKey(3, 69)]) })

  expect(boxes.map(({ stroke }) => stroke)).toEqual([undefined, 'text'])
})

test('notes out of sight are not drawn, but for a mark', () => {
  const notes = [note(2, 100), note(2, 69), note(14, 69)]

  const { boxes } = draw({ pattern: patternOf(notes), view: { x: 50 + 200, y: 220 } })

  expect(boxes).toHaveLength(1)
})

test('what is in sight when scrolled far is drawn, its steps numbered', () => {
  const { boxes, words } = draw({
    metrics: { ...METRICS, stepCount: 64 },
    scroll: { x: 50 * 40, y: PICTURE.scroll.y },
    pattern: patternOf([note(2, 69), note(52, 69)]),
    view: { x: 50 + 200, y: 220 },
  })

  expect(boxes).toHaveLength(1)
  expect(words.filter((word) => /^\d+$/.test(word))).toEqual(['51', '52', '53', '54', '55'])
})

test('notes of others are behind, faint and in their colour, where they are in sight', () => {
  const ghost = {
    colour: 'theirs',
    notes: [0, 8].map((start) => ({ start, length: 2, pitch: 69 })),
  }

  const { fills } = draw({ ghosts: [ghost], view: { x: 50 + 200, y: 220 } })

  const behind = fills.filter(({ colour }) => colour === 'theirs')
  expect(behind).toMatchObject([{ x: 2.5, width: 75, alpha: 0.26 }])
})

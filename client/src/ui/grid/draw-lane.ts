import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern } from '../../sequence/pattern.ts'
import type { Point, RollMetrics } from './geometry.ts'
import type { RollTheme } from './roll-theme.ts'
import type { Selection } from './selected-notes.ts'
import { HARDEST, LANE_MARGIN, laneY } from './velocity-lane.ts'

/** All that can be seen of a velocity lane. */
export interface LanePicture {
  readonly metrics: RollMetrics
  /** Of the roll, whose steps the lane shares. */
  readonly scroll: Point
  readonly view: Point
  readonly pattern: Pattern
  readonly colour: string
  readonly selected: Selection
  readonly stepsPerBeat: number
  readonly label: string
  readonly theme: RollTheme
}

const BAR_WIDTH = 5
const HEAD_RADIUS = 4
const FAINT = 0.45

export function drawLane(context: CanvasRenderingContext2D, picture: LanePicture): void {
  const { metrics, scroll, view, theme, pattern, selected } = picture
  context.clearRect(0, 0, view.x, view.y)
  context.fillStyle = theme.header
  context.fillRect(0, 0, view.x, view.y)
  context.save()
  context.beginPath()
  context.rect(metrics.keysWidth, 0, view.x, view.y)
  context.clip()
  context.translate(metrics.keysWidth - scroll.x, 0)
  drawBeats(context, picture)
  // Soft bars last, so that those of a chord stay in sight.
  const inSight = [...pattern.values()]
    .filter(({ step }) => isInSight(picture, step))
    .sort((one, other) => other.velocity - one.velocity)
  for (const note of inSight) {
    drawBar(context, picture, note, selected.has(noteKey(note.step, note.pitch)))
  }
  context.restore()
  context.fillStyle = theme.muted
  context.font = `600 12px ${theme.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.fillText(picture.label, LANE_MARGIN, view.y / 2)
}

function isInSight({ metrics, scroll, view }: LanePicture, step: number): boolean {
  const x = step * metrics.stepWidth - scroll.x
  return step < metrics.stepCount && x > -metrics.stepWidth && x < view.x - metrics.keysWidth
}

function drawBeats(context: CanvasRenderingContext2D, picture: LanePicture): void {
  const { metrics, view, theme, stepsPerBeat } = picture
  context.fillStyle = theme.line
  for (let step = 0; step <= metrics.stepCount; step += stepsPerBeat) {
    if (isInSight(picture, step))
      context.fillRect(Math.round(step * metrics.stepWidth) - 1, 0, 1, view.y)
  }
  context.fillRect(0, laneY(HARDEST, view.y), metrics.stepCount * metrics.stepWidth, 1)
}

function drawBar(
  context: CanvasRenderingContext2D,
  { metrics, view, theme, colour, selected }: LanePicture,
  note: Note,
  isSelected: boolean,
): void {
  const x = note.step * metrics.stepWidth + Math.min(metrics.stepWidth / 2, 2 * HEAD_RADIUS)
  const y = laneY(note.velocity, view.y)
  context.globalAlpha = selected.size > 1 && !isSelected ? FAINT : 1
  context.fillStyle = colour
  context.fillRect(x - BAR_WIDTH / 2, y, BAR_WIDTH, view.y - y)
  context.beginPath()
  context.roundRect(x - HEAD_RADIUS, y - HEAD_RADIUS, 2 * HEAD_RADIUS, 2 * HEAD_RADIUS, HEAD_RADIUS)
  context.fill()
  if (isSelected) {
    context.strokeStyle = theme.text
    context.lineWidth = 2
    context.stroke()
  }
  context.globalAlpha = 1
}

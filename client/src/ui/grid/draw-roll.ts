import { pieceToPitch } from '../../sequence/drum-sound.ts'
import type { Pitch } from '../../sequence/pattern.ts'
import { BEATS_PER_BAR } from '../../sequence/time.ts'
import { drawHeader, drawKeys } from './draw-rulers.ts'
import { cellCorner } from './geometry.ts'
import { pitchClassOf } from './pitch-name.ts'
import { isInSight, rowColour, visiblePitches, visibleSteps } from './roll-picture.ts'
import type { GroundPicture } from './roll-picture.ts'

/** So faint that no note of one's own is mistaken for another's. */
const GHOST_STRENGTH = 0.26
const GHOST_INSET = 2.5
/** Of a low row a ghost leaves so much free, above and below. */
const GHOST_MARGIN = 0.18
/** The lowest row of hats, toms, and of all that is struck now and then. */
const FAMILY_LOWEST: ReadonlySet<Pitch> = new Set(
  (['closed-hat', 'low-tom', 'rim'] as const).map(pieceToPitch),
)

/** Draws what is visible behind the notes, in CSS pixels; the caller has scaled the context to the screen's. */
export function drawGround(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, scroll, view } = picture
  context.clearRect(0, 0, view.x, view.y)
  context.save()
  context.beginPath()
  context.rect(metrics.keysWidth, metrics.headerHeight, view.x, view.y)
  context.clip()
  context.translate(metrics.keysWidth - scroll.x, metrics.headerHeight - scroll.y)
  drawGroundBody(context, picture)
  context.restore()
  drawRulers(context, picture)
}

/** Rows, lines, and the notes of others; the context begins where the grid does. */
export function drawGroundBody(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  drawRows(context, picture)
  if (picture.metrics.rows.kind === 'pieces') shadeBeats(context, picture)
  drawStepLines(context, picture)
  drawGhosts(context, picture)
}

/** Keys and numbers, which stay at the edges. */
export function drawRulers(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  context.font = `600 12px ${picture.theme.font}`
  drawKeys(context, picture)
  drawHeader(context, picture)
}

function drawRows(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, theme } = picture
  const width = metrics.stepCount * metrics.stepWidth
  for (const pitch of visiblePitches(picture)) {
    // Between pixels a line would be two faint ones.
    const y = Math.round(cellCorner(metrics, 0, pitch).y)
    const below = Math.round(cellCorner(metrics, 0, pitch).y + metrics.rowHeight)
    context.fillStyle = rowColour(picture, pitch)
    context.fillRect(0, y, width, below - y)
    context.fillStyle = isBorder(picture, pitch) ? theme.beat : theme.line
    context.fillRect(0, below - 1, width, 1)
  }
}

/** Every other beat is darker: where a row stands for a piece, the eye looks for the beat. */
function shadeBeats(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, stepsPerBeat, theme } = picture
  const beatWidth = stepsPerBeat * metrics.stepWidth
  context.fillStyle = theme.accidental
  for (let beat = 1; beat * stepsPerBeat < metrics.stepCount; beat += 2) {
    for (const pitch of visiblePitches(picture)) {
      const { y } = cellCorner(metrics, 0, pitch)
      context.fillRect(beat * beatWidth, y, beatWidth, metrics.rowHeight - 1)
    }
  }
}

/** Whether a stronger line is under the row: between octaves, and between the families of a kit. */
const isBorder = ({ metrics }: GroundPicture, pitch: Pitch): boolean =>
  metrics.rows.kind === 'pieces' ? FAMILY_LOWEST.has(pitch) : pitchClassOf(pitch) === 0

function drawStepLines(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, scroll, view, stepsPerBeat, theme } = picture
  const { first, last } = visibleSteps(picture)
  for (let step = Math.max(1, first); step <= last; step++) {
    const isBar = step % (stepsPerBeat * BEATS_PER_BAR) === 0
    context.fillStyle = step % stepsPerBeat === 0 ? theme.beat : theme.line
    context.fillRect(Math.round(step * metrics.stepWidth) - 1, scroll.y, isBar ? 2 : 1, view.y)
  }
}

/** Plain rectangles: with a path, or with round edges, a thousand of them would cost as much as all else. */
function drawGhosts(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { rows, stepWidth, rowHeight } = picture.metrics
  const inset = Math.min(GHOST_INSET, GHOST_MARGIN * rowHeight)
  context.globalAlpha = GHOST_STRENGTH
  for (const { colour, notes } of picture.ghosts) {
    context.fillStyle = colour
    for (const { start, length, pitch } of notes) {
      const row = rows.rowOf(pitch)
      if (row < 0 || !isInSight(picture, start, start + length, row)) continue
      const x = start * stepWidth + GHOST_INSET
      const width = Math.max(2, length * stepWidth - 2 * GHOST_INSET)
      context.fillRect(x, row * rowHeight + inset, width, rowHeight - 2 * inset)
    }
  }
  context.globalAlpha = 1
}

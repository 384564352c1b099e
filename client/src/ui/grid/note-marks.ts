import type { Note } from '../../sequence/pattern.ts'
import type { Box } from './geometry.ts'
import type { NotesPicture } from './roll-picture.ts'

/** The soft stroke of a flam, and the gap after it. */
const GRACE_WIDTH = 3
const GRACE_GAP = 2
/** The stroke is lower than its note, as it is softer. */
const GRACE_HEIGHT = 0.6
const SPLIT = 2
const CAP = 3
const CAP_INSET = 2
const DASH = 2
const DASH_INSET = 4

/** Where the body of a note is: after the soft stroke, if it has one. */
export function bodyOf({ flam }: Note, box: Box): Box {
  if (flam !== true) return box
  const shift = GRACE_WIDTH + GRACE_GAP
  return { ...box, x: box.x + shift, width: Math.max(1, box.width - shift) }
}

/**
 * What a note is beyond pitch, velocity and length: a soft stroke before it, splits between its strokes, a bright cap on
 * an accent, and a dash as long as its chance.
 *
 * @param box of the note with all of that, from where the grid begins
 */
export function drawNoteMarks(
  context: CanvasRenderingContext2D,
  { metrics, colour, theme }: NotesPicture,
  note: Note,
  box: Box,
): void {
  const { x, y, width, height } = bodyOf(note, box)
  const { chance = 100, ratchet = 1, accent = false, flam = false } = note
  if (flam) {
    const grace = height * GRACE_HEIGHT
    context.fillStyle = colour
    context.fillRect(box.x, y + height - grace, GRACE_WIDTH, grace)
  }
  const firstStep = Math.min(width, metrics.stepWidth)
  context.fillStyle = theme.onNote
  for (let stroke = 1; stroke < ratchet; stroke++) {
    context.fillRect(x + (stroke * firstStep) / ratchet - SPLIT / 2, y, SPLIT, height)
  }
  context.fillStyle = theme.text
  if (accent) context.fillRect(x + CAP_INSET, y, width - 2 * CAP_INSET, CAP)
  if (chance < 100) {
    const dash = ((width - 2 * DASH_INSET) * chance) / 100
    context.fillRect(x + DASH_INSET, y + height - DASH - 1, dash, DASH)
  }
}

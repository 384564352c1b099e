import { pieceToPitch } from '../../sequence/drum-sound.ts'
import type { Pitch } from '../../sequence/pattern.ts'
import { soundingPitch } from '../../sequence/scale.ts'
import { BEATS_PER_BAR } from '../../sequence/time.ts'
import { NOTE_INSET, drawNotes } from './draw-notes.ts'
import { drawHeader, drawKeys } from './draw-rulers.ts'
import { cellCorner } from './geometry.ts'
import { isBlackKey, pitchClassOf } from './pitch-name.ts'
import { visiblePitches } from './roll-picture.ts'
import type { RollPicture } from './roll-picture.ts'

const EDGE_MARK = 3
/** The lowest row of hats, toms, and of all that is struck now and then. */
const FAMILY_LOWEST: ReadonlySet<Pitch> = new Set(
  (['closed-hat', 'low-tom', 'rim'] as const).map(pieceToPitch),
)

/** Draws the whole of what is visible, in CSS pixels; the caller has scaled the context to the screen's. */
export function drawRoll(context: CanvasRenderingContext2D, picture: RollPicture): void {
  const { metrics, scroll, view, theme } = picture
  context.clearRect(0, 0, view.x, view.y)
  context.save()
  context.beginPath()
  context.rect(metrics.keysWidth, metrics.headerHeight, view.x, view.y)
  context.clip()
  context.translate(metrics.keysWidth - scroll.x, metrics.headerHeight - scroll.y)
  drawRows(context, picture)
  if (metrics.rows.kind === 'pieces') shadeBeats(context, picture)
  drawStepLines(context, picture)
  drawNotes(context, picture)
  context.restore()
  drawOutOfSight(context, picture)
  context.font = `600 12px ${theme.font}`
  drawKeys(context, picture)
  drawHeader(context, picture)
}

function drawRows(context: CanvasRenderingContext2D, picture: RollPicture): void {
  const { metrics, theme } = picture
  const width = metrics.stepCount * metrics.stepWidth
  for (const pitch of visiblePitches(picture)) {
    const { y } = cellCorner(metrics, 0, pitch)
    context.fillStyle = rowColour(picture, pitch)
    context.fillRect(0, y, width, metrics.rowHeight)
    context.fillStyle = isBorder(picture, pitch) ? theme.beat : theme.line
    context.fillRect(0, y + metrics.rowHeight - 1, width, 1)
  }
}

/** Every other beat is darker: where a row stands for a piece, the eye looks for the beat. */
function shadeBeats(context: CanvasRenderingContext2D, picture: RollPicture): void {
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
const isBorder = ({ metrics }: RollPicture, pitch: Pitch): boolean =>
  metrics.rows.kind === 'pieces' ? FAMILY_LOWEST.has(pitch) : pitchClassOf(pitch) === 0

function rowColour({ metrics, root, scale, theme }: RollPicture, pitch: Pitch): string {
  if (metrics.rows.kind === 'pieces') return theme.natural
  if (pitchClassOf(pitch) === root) return theme.root
  if (scale === 'chromatic') return isBlackKey(pitch) ? theme.accidental : theme.natural
  return soundingPitch(pitch, root, scale) === pitch ? theme.scale : theme.accidental
}

function drawStepLines(context: CanvasRenderingContext2D, picture: RollPicture): void {
  const { metrics, scroll, view, stepsPerBeat, theme } = picture
  for (let step = 1; step <= metrics.stepCount; step++) {
    const isBar = step % (stepsPerBeat * BEATS_PER_BAR) === 0
    context.fillStyle = step % stepsPerBeat === 0 ? theme.beat : theme.line
    context.fillRect(step * metrics.stepWidth - 1, scroll.y, isBar ? 2 : 1, view.y)
  }
}

/** Notes above or below what is visible: a mark at the edge, where to scroll. */
function drawOutOfSight(context: CanvasRenderingContext2D, picture: RollPicture): void {
  const { metrics, scroll, view, colour, pattern } = picture
  context.fillStyle = colour
  for (const note of pattern.values()) {
    if (note.step >= metrics.stepCount) continue
    const at = cellCorner(metrics, note.step, note.pitch)
    const x = metrics.keysWidth + at.x - scroll.x + NOTE_INSET
    const width = metrics.stepWidth - 2 * NOTE_INSET - 1
    if (at.y + metrics.rowHeight <= scroll.y) {
      context.fillRect(x, metrics.headerHeight, width, EDGE_MARK)
    } else if (at.y >= scroll.y + view.y - metrics.headerHeight) {
      context.fillRect(x, view.y - EDGE_MARK, width, EDGE_MARK)
    }
  }
}

import type { Note, Pitch } from '../../sequence/pattern.ts'
import { soundingPitch } from '../../sequence/scale.ts'
import { BEATS_PER_BAR } from '../../sequence/time.ts'
import { drawHeader, drawKeys } from './draw-rulers.ts'
import { cellCorner } from './geometry.ts'
import { isBlackKey, pitchClassOf, pitchName } from './pitch-name.ts'
import { visiblePitches } from './roll-picture.ts'
import type { RollPicture } from './roll-picture.ts'

const NOTE_INSET = 1.5
const NOTE_ROUND = 4
const FAINTEST_NOTE = 0.4
const EDGE_MARK = 3
const LABEL_FROM_WIDTH = 30
const LABEL_FROM_HEIGHT = 15

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
    context.fillStyle = pitchClassOf(pitch) === 0 ? theme.beat : theme.line
    context.fillRect(0, y + metrics.rowHeight - 1, width, 1)
  }
}

function rowColour({ root, scale, theme }: RollPicture, pitch: Pitch): string {
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

function drawNotes(context: CanvasRenderingContext2D, picture: RollPicture): void {
  for (const note of picture.pattern.values()) {
    if (note.step < picture.metrics.stepCount) drawNote(context, picture, note)
  }
  context.globalAlpha = 1
}

function drawNote(context: CanvasRenderingContext2D, picture: RollPicture, note: Note): void {
  const { metrics, colour, root, scale, selected, theme } = picture
  const sounding = soundingPitch(note.pitch, root, scale)
  const steps = Math.min(note.length, metrics.stepCount - note.step)
  const width = steps * metrics.stepWidth - 2 * NOTE_INSET - 1
  const height = metrics.rowHeight - 2 * NOTE_INSET - 1
  const at = cellCorner(metrics, note.step, note.pitch)
  const x = at.x + NOTE_INSET
  const y = at.y + NOTE_INSET

  if (sounding !== note.pitch)
    drawSounding(context, picture, { ...note, pitch: sounding }, width, height)
  const isSelected =
    selected !== undefined && selected.step === note.step && selected.pitch === note.pitch
  context.globalAlpha = FAINTEST_NOTE + (1 - FAINTEST_NOTE) * (note.velocity / 127)
  context.fillStyle = colour
  context.beginPath()
  context.roundRect(x, y, width, height, NOTE_ROUND)
  context.fill()
  context.globalAlpha = 1
  if (isSelected) {
    context.strokeStyle = theme.text
    context.lineWidth = 2
    context.stroke()
  }
  if (width >= LABEL_FROM_WIDTH && height >= LABEL_FROM_HEIGHT) {
    context.fillStyle = note.velocity < 50 ? theme.text : theme.onNote
    context.font = `600 12px ${theme.font}`
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText(pitchName(sounding), x + 5, y + height / 2 + 0.5)
  }
}

/** Where a note outside the scale is heard: a dashed outline on the row that sounds. */
function drawSounding(
  context: CanvasRenderingContext2D,
  { metrics, colour }: RollPicture,
  note: Note,
  width: number,
  height: number,
): void {
  const at = cellCorner(metrics, note.step, note.pitch)
  context.globalAlpha = 0.9
  context.strokeStyle = colour
  context.lineWidth = 1.5
  context.setLineDash([4, 3])
  context.beginPath()
  context.roundRect(
    at.x + NOTE_INSET + 0.5,
    at.y + NOTE_INSET + 0.5,
    width - 1,
    height - 1,
    NOTE_ROUND,
  )
  context.stroke()
  context.setLineDash([])
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

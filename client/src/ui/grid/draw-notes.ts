import { MAX_NUDGE, noteKey } from '../../sequence/pattern.ts'
import type { Note } from '../../sequence/pattern.ts'
import { cellCorner } from './geometry.ts'
import type { Box } from './geometry.ts'
import { inkOn } from './ink.ts'
import { bodyOf, drawNoteMarks } from './note-marks.ts'
import { heardPitch, isInSight, rowColour } from './roll-picture.ts'
import type { NotesPicture } from './roll-picture.ts'

const EDGE_MARK = 3
const NOTE_INSET = 1.5
/** Of a low row a note leaves so much free, above and below. */
const NOTE_MARGIN = 0.1
const NOTE_ROUND = 4
const BOX_STRENGTH = 0.12
const FAINTEST_NOTE = 0.4
/** Of what a note's velocity leaves it, a note that hardly ever sounds keeps so much. */
const FAINTEST_CHANCE = 0.35
const LABEL_FROM_WIDTH = 30
const LABEL_FROM_HEIGHT = 15
const NUDGES_A_STEP = 2 * MAX_NUDGE

/** Draws the notes in sight, marks of those that are not, and what a hand draws a box around. */
export function drawNotes(context: CanvasRenderingContext2D, picture: NotesPicture): void {
  const { metrics, scroll, view, pattern } = picture
  context.clearRect(0, 0, view.x, view.y)
  context.save()
  context.beginPath()
  context.rect(metrics.keysWidth, metrics.headerHeight, view.x, view.y)
  context.clip()
  context.translate(metrics.keysWidth - scroll.x, metrics.headerHeight - scroll.y)
  for (const note of pattern.values()) {
    if (note.step < metrics.stepCount && isSeen(picture, note)) drawNote(context, picture, note)
  }
  drawBox(context, picture)
  context.restore()
  drawOutOfSight(context, picture)
}

/** A nudge moves a note by up to half a step, and the scale may make it sound in another row. */
function isSeen(picture: NotesPicture, { step, length, pitch }: Note): boolean {
  const { rowOf } = picture.metrics.rows
  const [start, end] = [step - 1, step + length + 1]
  if (isInSight(picture, start, end, rowOf(pitch))) return true
  const sounding = heardPitch(picture, pitch)
  return sounding !== pitch && isInSight(picture, start, end, rowOf(sounding))
}

function drawBox(context: CanvasRenderingContext2D, { box, theme }: NotesPicture): void {
  if (box === undefined) return
  context.fillStyle = theme.text
  context.globalAlpha = BOX_STRENGTH
  context.fillRect(box.x, box.y, box.width, box.height)
  context.globalAlpha = 1
  context.strokeStyle = theme.text
  context.lineWidth = 1
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width, box.height)
}

/** Where a note's body is, from where the grid begins: as long as it sounds, and as much later as it is nudged. */
function noteBox({ metrics }: NotesPicture, note: Note): Box {
  const steps = Math.min(note.length, metrics.stepCount - note.step)
  const at = cellCorner(metrics, note.step, note.pitch)
  const inset = Math.min(NOTE_INSET, NOTE_MARGIN * metrics.rowHeight)
  return {
    x: at.x + NOTE_INSET + ((note.nudge ?? 0) / NUDGES_A_STEP) * metrics.stepWidth,
    y: at.y + inset,
    width: steps * metrics.stepWidth - 2 * NOTE_INSET - 1,
    height: metrics.rowHeight - 2 * inset - 1,
  }
}

function drawNote(context: CanvasRenderingContext2D, picture: NotesPicture, note: Note): void {
  const { colour, selected, theme } = picture
  const sounding = heardPitch(picture, note.pitch)
  const box = noteBox(picture, note)
  if (sounding !== note.pitch) drawSounding(context, picture, { ...note, pitch: sounding })
  const body = bodyOf(note, box)
  context.globalAlpha = strength(note)
  context.fillStyle = colour
  context.beginPath()
  context.roundRect(body.x, body.y, body.width, body.height, NOTE_ROUND)
  context.fill()
  context.globalAlpha = 1
  if (selected.size > 0 && selected.has(noteKey(note.step, note.pitch))) {
    context.strokeStyle = theme.text
    context.lineWidth = 2
    context.stroke()
  }
  drawLabel(context, picture, note, body)
  drawNoteMarks(context, picture, note, box)
}

/** How much of its colour a note has. */
function strength({ velocity, chance = 100 }: Note): number {
  const loud = FAINTEST_NOTE + (1 - FAINTEST_NOTE) * (velocity / 127)
  return loud * (FAINTEST_CHANCE + (1 - FAINTEST_CHANCE) * (chance / 100))
}

/** A pitch by its name, where nothing splits it; the pieces of a kit are named at the left. */
function drawLabel(
  context: CanvasRenderingContext2D,
  picture: NotesPicture,
  note: Note,
  { x, y, width, height }: Box,
): void {
  const { metrics, theme, colour } = picture
  if (metrics.rows.kind === 'pieces' || note.ratchet !== undefined) return
  if (width < LABEL_FROM_WIDTH || height < LABEL_FROM_HEIGHT) return
  context.fillStyle = inkOn(colour, strength(note), rowColour(picture, note.pitch))
  context.font = `600 12px ${theme.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(
    metrics.rows.nameOf(heardPitch(picture, note.pitch)),
    x + 5,
    y + height / 2 + 0.5,
  )
}

/** Where a note outside the scale is heard: a dashed outline on the row that sounds. */
function drawSounding(context: CanvasRenderingContext2D, picture: NotesPicture, note: Note): void {
  const { x, y, width, height } = noteBox(picture, note)
  context.globalAlpha = 0.9
  context.strokeStyle = picture.colour
  context.lineWidth = 1.5
  context.setLineDash([4, 3])
  context.beginPath()
  context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, NOTE_ROUND)
  context.stroke()
  context.setLineDash([])
}

/** Notes above or below what is visible: a mark at the edge, where to scroll. */
function drawOutOfSight(context: CanvasRenderingContext2D, picture: NotesPicture): void {
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

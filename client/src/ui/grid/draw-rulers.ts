import type { Pitch } from '../../sequence/pattern.ts'
import { soundingPitch } from '../../sequence/scale.ts'
import { BEATS_PER_BAR } from '../../sequence/time.ts'
import { cellCorner } from './geometry.ts'
import { isBlackKey, pitchClassOf } from './pitch-name.ts'
import { visiblePitches, visibleSteps } from './roll-picture.ts'
import type { GroundPicture } from './roll-picture.ts'

const SCALE_MARK_WIDTH = 3
const LABEL_INSET = 8
const NUMBER_EACH_STEP_FROM = 24
const NAME_EACH_KEY_FROM = 16

/** The keyboard at the left, which stays while the grid is scrolled sideways. */
export function drawKeys(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, scroll, view } = picture
  context.save()
  context.beginPath()
  context.rect(0, metrics.headerHeight, metrics.keysWidth, view.y)
  context.clip()
  context.translate(0, metrics.headerHeight - scroll.y)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const pitches = visiblePitches(picture)
  const isKit = metrics.rows.kind === 'pieces'
  for (const pitch of pitches) (isKit ? drawPiece : drawKey)(context, picture, pitch)
  // A name is taller than a low key, and would be under the next one.
  if (!isKit) for (const pitch of pitches) drawKeyName(context, picture, pitch)
  context.restore()
}

/** A piece of the kit by its name. */
function drawPiece(
  context: CanvasRenderingContext2D,
  { metrics, theme }: GroundPicture,
  pitch: Pitch,
): void {
  const { y } = cellCorner(metrics, 0, pitch)
  context.fillStyle = theme.keyDark
  context.fillRect(0, y, metrics.keysWidth - 1, metrics.rowHeight - 1)
  context.fillStyle = theme.text
  context.fillText(metrics.rows.nameOf(pitch), LABEL_INSET, y + metrics.rowHeight / 2)
}

function drawKey(
  context: CanvasRenderingContext2D,
  { metrics, root, scale, colour, theme }: GroundPicture,
  pitch: Pitch,
): void {
  const { y } = cellCorner(metrics, 0, pitch)
  const isBlack = isBlackKey(pitch)
  context.fillStyle = isBlack ? theme.keyDark : theme.key
  context.fillRect(0, y, metrics.keysWidth - 1, metrics.rowHeight)
  context.fillStyle = theme.accidental
  context.fillRect(0, y + metrics.rowHeight - 1, metrics.keysWidth, 1)
  if (scale !== 'chromatic' && soundingPitch(pitch, root, scale) === pitch) {
    context.fillStyle = colour
    context.fillRect(
      metrics.keysWidth - 1 - SCALE_MARK_WIDTH,
      y,
      SCALE_MARK_WIDTH,
      metrics.rowHeight - 1,
    )
  }
}

/** Each key has its name where there is room, else only the lowest of an octave. */
function drawKeyName(
  context: CanvasRenderingContext2D,
  { metrics, theme }: GroundPicture,
  pitch: Pitch,
): void {
  if (metrics.rowHeight < NAME_EACH_KEY_FROM && pitchClassOf(pitch) !== 0) return
  const { y } = cellCorner(metrics, 0, pitch)
  context.fillStyle = isBlackKey(pitch) ? theme.muted : theme.keyText
  context.fillText(metrics.rows.nameOf(pitch), LABEL_INSET, y + metrics.rowHeight / 2)
}

/** The numbers of the steps at the top, which stay while the grid is scrolled up and down. */
export function drawHeader(context: CanvasRenderingContext2D, picture: GroundPicture): void {
  const { metrics, scroll, view, stepsPerBeat, theme } = picture
  context.fillStyle = theme.header
  context.fillRect(0, 0, view.x, metrics.headerHeight)
  context.save()
  context.beginPath()
  context.rect(metrics.keysWidth, 0, view.x, metrics.headerHeight)
  context.clip()
  context.translate(metrics.keysWidth - scroll.x, 0)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const { first, last } = visibleSteps(picture)
  for (let step = first; step < last; step++) {
    const x = Math.round(step * metrics.stepWidth)
    const isBeat = step % stepsPerBeat === 0
    const isBar = step % (stepsPerBeat * BEATS_PER_BAR) === 0
    context.fillStyle = isBeat ? theme.beat : theme.line
    const tick = isBar ? metrics.headerHeight : isBeat ? 10 : 6
    context.fillRect(x - (step === 0 ? 0 : 1), metrics.headerHeight - tick, isBar ? 2 : 1, tick)
    if (!isBeat && metrics.stepWidth < NUMBER_EACH_STEP_FROM) continue
    context.fillStyle = isBeat ? theme.text : theme.muted
    context.fillText(String(step + 1), x + 6, metrics.headerHeight / 2 - 1)
  }
  context.restore()
  context.fillStyle = theme.beat
  context.fillRect(0, metrics.headerHeight - 1, view.x, 1)
}

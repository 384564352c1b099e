import { drawGround, drawGroundBody, drawRulers } from './draw-roll.ts'
import type { GroundPicture } from './roll-picture.ts'

/** Of the screen; what is larger is drawn anew each time. */
const MOST_PIXELS = 6_000_000

type Draw = (context: CanvasRenderingContext2D, picture: GroundPicture) => void

/**
 * Draws the ground. While it is only scrolled, rows, lines and the notes of others are the same: from the second time on
 * they come from a canvas that has them all.
 */
export function createGround(): Draw {
  let before: GroundPicture | undefined
  let whole: HTMLCanvasElement | undefined
  /** Pixels of the screen in one of CSS: another screen has others. */
  let density = 1

  return (context, picture) => {
    const isScrolled =
      before !== undefined && isSame(before, picture) && density === context.getTransform().a
    before = picture
    density = context.getTransform().a
    if (!isScrolled) whole = undefined
    else whole ??= drawnWhole(picture, density)
    if (whole === undefined) drawGround(context, picture)
    else drawPart(context, picture, whole)
  }
}

const isSame = (one: GroundPicture, other: GroundPicture): boolean =>
  one.metrics === other.metrics &&
  one.ghosts === other.ghosts &&
  one.theme === other.theme &&
  one.root === other.root &&
  one.scale === other.scale &&
  one.stepsPerBeat === other.stepsPerBeat

/** Undefined where it would be too large. @param density pixels of the screen in one of CSS */
function drawnWhole(picture: GroundPicture, density: number): HTMLCanvasElement | undefined {
  const { stepCount, stepWidth, rows, rowHeight } = picture.metrics
  const size = { x: stepCount * stepWidth, y: rows.pitches.length * rowHeight }
  if (size.x * size.y * density ** 2 > MOST_PIXELS) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(size.x * density)
  canvas.height = Math.ceil(size.y * density)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return undefined
  context.scale(density, density)
  const { keysWidth, headerHeight } = picture.metrics
  const view = { x: size.x + keysWidth, y: size.y + headerHeight }
  drawGroundBody(context, { ...picture, scroll: { x: 0, y: 0 }, view })
  return canvas
}

function drawPart(
  context: CanvasRenderingContext2D,
  picture: GroundPicture,
  whole: HTMLCanvasElement,
): void {
  const { metrics, scroll, view } = picture
  const { keysWidth, headerHeight, stepCount, stepWidth, rows, rowHeight } = metrics
  context.clearRect(0, 0, view.x, view.y)
  context.save()
  context.beginPath()
  context.rect(keysWidth, headerHeight, view.x, view.y)
  context.clip()
  context.drawImage(
    whole,
    keysWidth - scroll.x,
    headerHeight - scroll.y,
    stepCount * stepWidth,
    rows.pitches.length * rowHeight,
  )
  context.restore()
  drawRulers(context, picture)
}

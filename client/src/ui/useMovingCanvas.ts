import { onMounted, onScopeDispose } from 'vue'
import type { Ref } from 'vue'
import { onTheme, paintOf } from './theme.ts'

export interface Moving {
  readonly context: CanvasRenderingContext2D
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** A colour of CSS, or a token of it, as the canvas takes it. */
  paint(colour: string): string
}

/**
 * A canvas for what moves with each frame, as large as it stands. To draw on it costs the page nothing else; an element
 * that moves, or is painted anew, makes the browser go through all that is on the page, however little that is.
 *
 * @returns draws at once, on an empty canvas
 */
export function useMovingCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
): (draw: (moving: Moving) => void) => void {
  const paints = new Map<string, string>()
  let size = { width: 0, height: 0 }
  const measure = (): void => {
    const element = canvas.value
    if (element !== null) size = { width: element.clientWidth, height: element.clientHeight }
  }
  const observer = new ResizeObserver(measure)
  onMounted(() => {
    if (canvas.value !== null) observer.observe(canvas.value)
  })
  onScopeDispose(() => observer.disconnect())
  onScopeDispose(onTheme(document.documentElement, () => paints.clear()))

  return (draw) => {
    const element = canvas.value
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    // Just shown, it has not been told of its size.
    if (size.width === 0) measure()
    fit(element, context, size)
    context.clearRect(0, 0, size.width, size.height)
    draw({
      context,
      ...size,
      paint(colour) {
        const known = paints.get(colour) ?? paintOf(element, colour)
        paints.set(colour, known)
        return known
      },
    })
  }
}

/** Sharp on any screen. */
function fit(
  element: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const density = window.devicePixelRatio
  const rounded = { x: Math.round(width * density), y: Math.round(height * density) }
  if (element.width !== rounded.x) element.width = rounded.x
  if (element.height !== rounded.y) element.height = rounded.y
  context.setTransform(density, 0, 0, density, 0, 0)
}

import { nextTick, onMounted, onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import { onTheme, paintOf } from '../theme.ts'
import type { Point } from './geometry.ts'
import type { Ghost } from './ghosts.ts'
import { readRollTheme } from './roll-theme.ts'
import type { RollTheme } from './roll-theme.ts'

interface Painted {
  readonly view: Point
  readonly colour?: string
  readonly ghosts?: readonly Ghost[]
}

/** Keeps a canvas showing a picture: drawn when the picture changes, at most once a frame, sharp on any screen. */
export function useRollCanvas<Picture extends Painted>(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  picture: () => Picture,
  draw: (
    context: CanvasRenderingContext2D,
    picture: Picture & { readonly theme: RollTheme },
  ) => void,
): void {
  let frame: number | undefined
  /** To ask for a computed style costs more than to draw, and all that moves is laid out before it answers. */
  let theme: RollTheme | undefined
  const paints = new Map<string, string>()
  let shownGhosts: { readonly plain?: readonly Ghost[]; readonly painted: readonly Ghost[] } = {
    painted: [],
  }

  function show(): void {
    frame = undefined
    const element = canvas.value
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    const current = picture()
    const density = window.devicePixelRatio
    resize(element, current.view.x * density, current.view.y * density)
    context.setTransform(density, 0, 0, density, 0, 0)
    theme ??= readRollTheme(element)
    draw(context, { ...painted(element, current), theme })
  }
  function paint(element: Element, colour: string): string {
    const known = paints.get(colour) ?? paintOf(element, colour)
    paints.set(colour, known)
    return known
  }
  /** The colours of people stand in the style sheets, one for each theme. */
  const painted = (element: Element, current: Picture): Picture => ({
    ...current,
    ...(current.colour !== undefined && { colour: paint(element, current.colour) }),
    ...(current.ghosts !== undefined && { ghosts: paintedGhosts(element, current.ghosts) }),
  })
  /** The same ones as long as they are the same. */
  function paintedGhosts(element: Element, ghosts: readonly Ghost[]): readonly Ghost[] {
    if (ghosts !== shownGhosts.plain) {
      const colour = (ghost: Ghost): string => paint(element, ghost.colour)
      shownGhosts = {
        plain: ghosts,
        painted: ghosts.map((ghost) => ({ ...ghost, colour: colour(ghost) })),
      }
    }
    return shownGhosts.painted
  }
  function ask(): void {
    frame ??= requestAnimationFrame(show)
  }

  watch(picture, ask, { flush: 'post' })
  const repaint = (): void => {
    theme = undefined
    paints.clear()
    shownGhosts = { painted: [] }
    ask()
  }
  onScopeDispose(onTheme(document.documentElement, repaint))
  onMounted(() => {
    ask()
    // Text drawn before the font has come would stay in the fallback.
    void document.fonts.ready.then(() => nextTick(ask))
  })
  onScopeDispose(() => {
    if (frame !== undefined) cancelAnimationFrame(frame)
  })
}

function resize(element: HTMLCanvasElement, width: number, height: number): void {
  const rounded = { x: Math.round(width), y: Math.round(height) }
  if (element.width !== rounded.x) element.width = rounded.x
  if (element.height !== rounded.y) element.height = rounded.y
}

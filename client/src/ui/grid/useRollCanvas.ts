import { nextTick, onMounted, onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import { onTheme, paintOf } from '../theme.ts'
import { drawRoll } from './draw-roll.ts'
import type { RollPicture } from './roll-picture.ts'
import { readRollTheme } from './roll-theme.ts'

/** Keeps a canvas showing a picture: drawn when the picture changes, at most once a frame, sharp on any screen. */
export function useRollCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  picture: () => Omit<RollPicture, 'theme'>,
): void {
  let frame: number | undefined

  function draw(): void {
    frame = undefined
    const element = canvas.value
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    const current = picture()
    const density = window.devicePixelRatio
    resize(element, current.view.x * density, current.view.y * density)
    context.setTransform(density, 0, 0, density, 0, 0)
    drawRoll(context, {
      ...current,
      colour: paintOf(element, current.colour),
      theme: readRollTheme(element),
    })
  }
  function ask(): void {
    frame ??= requestAnimationFrame(draw)
  }

  watch(picture, ask, { flush: 'post' })
  onScopeDispose(onTheme(document.documentElement, ask))
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

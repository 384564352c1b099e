import type { ThemeChoice } from '../app/app-types.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'

export type Theme = 'dark' | 'light'

const STAMP = 'data-theme'
const LIGHT = '(prefers-color-scheme: light)'

/** Stamps the page with its theme, and again when the choice or the device changes. */
export function wearTheme(root: HTMLElement, choice: Live<ThemeChoice>): Undo {
  const scope = createScope()
  const device = matchMedia(LIGHT)
  const stamp = (): void => {
    const chosen = choice.read()
    const theme: Theme = chosen === 'system' ? (device.matches ? 'light' : 'dark') : chosen
    root.setAttribute(STAMP, theme)
  }
  device.addEventListener('change', stamp)
  scope.own(() => device.removeEventListener('change', stamp))
  scope.own(choice.subscribe(stamp))
  stamp()
  return scope.close
}

/** For what is drawn by hand, and does not follow the style sheets. */
export function onTheme(root: HTMLElement, draw: () => void): Undo {
  const observer = new MutationObserver(draw)
  observer.observe(root, { attributes: true, attributeFilter: [STAMP] })
  return () => observer.disconnect()
}

const TOKEN = /^var\((--[\w-]+)\)$/

/** What a canvas can paint with: a colour of CSS, with a token resolved where the element stands. */
export function paintOf(element: Element, colour: string): string {
  const token = TOKEN.exec(colour)?.[1]
  return token === undefined ? colour : getComputedStyle(element).getPropertyValue(token).trim()
}

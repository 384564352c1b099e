/** Colours of the canvas: the tokens of `tokens.css` as the browser resolves them. */
export interface RollTheme {
  readonly natural: string
  readonly accidental: string
  readonly scale: string
  readonly root: string
  readonly line: string
  readonly beat: string
  readonly key: string
  readonly keyDark: string
  readonly keyText: string
  readonly header: string
  readonly text: string
  readonly muted: string
  readonly onNote: string
  readonly font: string
}

export function readRollTheme(element: Element): RollTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    natural: token('--roll-natural'),
    accidental: token('--roll-accidental'),
    scale: token('--roll-scale'),
    root: token('--roll-root'),
    line: token('--roll-line'),
    beat: token('--roll-beat'),
    key: token('--roll-key'),
    keyDark: token('--roll-key-dark'),
    keyText: token('--roll-key-text'),
    header: token('--surface'),
    text: token('--text'),
    muted: token('--muted'),
    onNote: token('--on-person'),
    font: token('--font'),
  }
}

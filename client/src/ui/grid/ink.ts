/** Relative luminance, WCAG 2.2, 0 to 1; NaN of what is no colour of six hex digits. */
function luminance([red, green, blue]: readonly [number, number, number]): number {
  const linear = (value: number): number => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const channelsOf = (hex: string): readonly [number, number, number] => {
  const at = (index: number): number => Number.parseInt(hex.slice(index, index + 2), 16)
  return [at(1), at(3), at(5)]
}

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

const BLACK = '#000000'
const WHITE = '#ffffff'
const inks = new Map<string, string>()

/**
 * The ink for words on a colour that a ground shines through: black or white, whichever stands out more, which is 4.5 to
 * 1 at least on any colour there is.
 *
 * @param colour    six hex digits, as is the ground
 * @param strength  of it, 0 to 1
 */
export function inkOn(colour: string, strength: number, ground: string): string {
  const key = `${colour} ${strength.toFixed(2)} ${ground}`
  const known = inks.get(key)
  if (known !== undefined) return known
  const [over, under] = [channelsOf(colour), channelsOf(ground)]
  const mixed = (at: 0 | 1 | 2): number => over[at] * strength + under[at] * (1 - strength)
  const light = luminance([mixed(0), mixed(1), mixed(2)])
  const ink = contrast(0, light) >= contrast(1, light) ? BLACK : WHITE
  inks.set(key, ink)
  return ink
}

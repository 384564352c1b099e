/**
 * How people look, by `colour` index. The colours themselves are `--person-0` and on in `theme.css`, since each theme has
 * its own; neighbours are far apart in hue, so that the first few people of a room are told apart at a glance. The
 * accent's lime is left out: it means "the app", never a person. Nobody needs the colour: each has a shape too, and a
 * letter.
 */
export const COLOURS = 14

/** What a person's letter stands in. */
export interface Shape {
  /** An outline on a field of 32 by 32. */
  readonly path: string
  /** How far below the middle the letter stands, as a share of the height. */
  readonly sinks: number
}

/** As different as they can be at 20 pixels, the simplest first. */
export const SHAPES: readonly [Shape, ...Shape[]] = [
  // Circle.
  {
    path: 'M16 2.5a13.5 13.5 0 1 1 0 27 13.5 13.5 0 0 1 0-27Z',
    sinks: 0,
  },
  // Square.
  {
    path: 'M7.5 4h17A3.5 3.5 0 0 1 28 7.5v17a3.5 3.5 0 0 1-3.5 3.5h-17A3.5 3.5 0 0 1 4 24.5v-17A3.5 3.5 0 0 1 7.5 4Z',
    sinks: 0,
  },
  // Diamond.
  {
    path: 'M18.1 1.7 30.3 13.9a3 3 0 0 1 0 4.2L18.1 30.3a3 3 0 0 1-4.2 0L1.7 18.1a3 3 0 0 1 0-4.2L13.9 1.7a3 3 0 0 1 4.2 0Z',
    sinks: 0,
  },
  // Hexagon.
  {
    path: 'M17.5 1.8 27 7.3a3 3 0 0 1 1.5 2.6v12.2a3 3 0 0 1-1.5 2.6l-9.5 5.5a3 3 0 0 1-3 0L5 24.7a3 3 0 0 1-1.5-2.6V9.9A3 3 0 0 1 5 7.3l9.5-5.5a3 3 0 0 1 3 0Z',
    sinks: 0,
  },
  // Triangle.
  {
    path: 'M18.7 3.1 31 25.4a3 3 0 0 1-2.7 4.5H3.7A3 3 0 0 1 1 25.4L13.3 3.1a3 3 0 0 1 5.4 0Z',
    sinks: 0.1,
  },
  // Clover.
  {
    path: 'M16 4.2a7 7 0 0 1 11.8 6.9 7 7 0 0 1 0 9.8A7 7 0 0 1 16 27.8a7 7 0 0 1-11.8-6.9 7 7 0 0 1 0-9.8A7 7 0 0 1 16 4.2Z',
    sinks: 0,
  },
  // Shield.
  {
    path: 'M6 3h20a3 3 0 0 1 3 3v10c0 7.4-5 11.6-11.8 13.8a4 4 0 0 1-2.4 0C8 27.6 3 23.4 3 16V6a3 3 0 0 1 3-3Z',
    sinks: -0.03,
  },
  // Plus.
  {
    path: 'M12.5 2.5h7a2.5 2.5 0 0 1 2.5 2.5v5h5a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-5v5a2.5 2.5 0 0 1-2.5 2.5h-7a2.5 2.5 0 0 1-2.5-2.5v-5h-5a2.5 2.5 0 0 1-2.5-2.5v-7A2.5 2.5 0 0 1 5 10h5V5a2.5 2.5 0 0 1 2.5-2.5Z',
    sinks: 0,
  },
  // Star.
  {
    path: 'M17.9 1.9 21.1 8.3a2 2 0 0 0 1.5 1.1l7 1a2 2 0 0 1 1.1 3.5L25.6 18.9a2 2 0 0 0-.6 1.8l1.2 7a2 2 0 0 1-2.9 2.1L17 26.5a2 2 0 0 0-1.9 0l-6.3 3.3a2 2 0 0 1-2.9-2.1l1.2-7a2 2 0 0 0-.6-1.8L1.4 13.9a2 2 0 0 1 1.1-3.5l7-1A2 2 0 0 0 11 8.3l3.2-6.4a2 2 0 0 1 3.7 0Z',
    sinks: 0.02,
  },
  // Drop.
  {
    path: 'M18.2 1.9C23 7.3 28 12.6 28 18.5a12 12 0 0 1-24 0C4 12.6 9 7.3 13.8 1.9a3 3 0 0 1 4.4 0Z',
    sinks: 0.06,
  },
]

const wrapped = (index: number, count: number): number =>
  Number.isInteger(index) ? ((index % count) + count) % count : 0

/** For CSS. @param index any whole number from strangers; wraps round */
export const personColour = (index: number): string => `var(--person-${wrapped(index, COLOURS)})`

/** @param index any whole number from strangers; wraps round */
export const personShape = (index: number): Shape =>
  SHAPES[wrapped(wrapped(index, COLOURS), SHAPES.length)] ?? SHAPES[0]

/** The letter that stands in somebody's shape. */
export function initialOf(name: string): string {
  const first = name.codePointAt(0)
  return first === undefined ? '?' : String.fromCodePoint(first).toUpperCase()
}

/** Three loops of sixteen steps as cords: a thread that sags and rises from bead to bead. */
interface Cord {
  /** Index into the palette of people's colours. */
  readonly colour: number
  readonly path: string
  readonly beads: readonly {
    readonly x: number
    readonly y: number
    readonly delaySeconds: number
  }[]
}

export const ART_WIDTH = 640
export const ART_HEIGHT = 220
const STEP = ART_WIDTH / 16
/** One turn of the loop. */
const LOOP_SECONDS = 4

const LOOPS: readonly { colour: number; notes: readonly (readonly [step: number, y: number])[] }[] =
  [
    {
      colour: 0,
      notes: [
        [0, 178],
        [3, 142],
        [6, 190],
        [8, 178],
        [11, 142],
        [14, 196],
      ],
    },
    {
      colour: 1,
      notes: [
        [1, 96],
        [4, 58],
        [7, 110],
        [10, 72],
        [13, 44],
        [15, 90],
      ],
    },
    {
      colour: 2,
      notes: [
        [2, 34],
        [5, 128],
        [9, 26],
        [12, 118],
      ],
    },
  ]

export const CORDS: readonly Cord[] = LOOPS.map(({ colour, notes }) => {
  const points = notes.map(([step, y]) => ({ x: (step + 0.5) * STEP, y }))
  return {
    colour,
    path: threadThrough([{ x: -20, y: 110 }, ...points, { x: ART_WIDTH + 20, y: 110 }]),
    beads: points.map(({ x, y }) => ({ x, y, delaySeconds: (x / ART_WIDTH) * LOOP_SECONDS })),
  }
})

function threadThrough(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  let last = first
  for (const point of rest) {
    const middle = (last.x + point.x) / 2
    path += `C${middle} ${last.y} ${middle} ${point.y} ${point.x} ${point.y}`
    last = point
  }
  return path
}

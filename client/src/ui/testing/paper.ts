interface Fill {
  readonly colour: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly alpha: number
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  fill: string | undefined
  stroke: string | undefined
  alpha: number
}

/** A canvas that keeps what was drawn on it, instead of showing it. */
export interface Paper {
  readonly context: CanvasRenderingContext2D
  /** Plain rectangles, in order. */
  readonly fills: readonly Fill[]
  /** Rounded rectangles, in order, with how they were filled or outlined. */
  readonly boxes: readonly Box[]
  readonly words: readonly string[]
}

export function createPaper(): Paper {
  const fills: Fill[] = []
  const boxes: Box[] = []
  const words: string[] = []
  const pen = {
    fillStyle: '',
    strokeStyle: '',
    globalAlpha: 1,
    fillRect(x: number, y: number, width: number) {
      fills.push({ colour: pen.fillStyle, x, y, width, alpha: pen.globalAlpha })
    },
    roundRect(x: number, y: number, width: number) {
      boxes.push({ x, y, width, fill: undefined, stroke: undefined, alpha: pen.globalAlpha })
    },
    fill() {
      const box = boxes.at(-1)
      if (box !== undefined) Object.assign(box, { fill: pen.fillStyle, alpha: pen.globalAlpha })
    },
    stroke() {
      const box = boxes.at(-1)
      if (box !== undefined) box.stroke = pen.strokeStyle
    },
    fillText(text: string) {
      if (text !== '') words.push(text)
    },
  }
  const ignored = (): undefined => undefined
  for (const name of [
    'clearRect',
    'save',
    'restore',
    'beginPath',
    'rect',
    'clip',
    'translate',
    'setTransform',
    'strokeRect',
  ]) {
    Object.assign(pen, { [name]: ignored })
  }
  Object.assign(pen, {
    setLineDash: ignored,
    createLinearGradient: () => ({ addColorStop: ignored }),
  })
  return { context: pen as unknown as CanvasRenderingContext2D, fills, boxes, words }
}

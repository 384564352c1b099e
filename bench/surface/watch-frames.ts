/** What a page has drawn, as it counts itself. */
export interface FrameCounts {
  /** Callbacks of `requestAnimationFrame`. */
  readonly callbacks: number
  /** Canvases that were drawn anew, and of these the notes of the roll. */
  readonly draws: number
  readonly noteDraws: number
  /** From one frame to the next, ms, while `isWatching`. */
  readonly gapsMs: readonly number[]
  /** From an input until the page was through with the frame that came of it, ms, by the kind of event. */
  readonly inputMs: Readonly<Record<string, readonly number[]>>
  /** The Event Timing API's `duration`, to the next paint in steps of 8 ms; below 16 ms it says nothing. */
  readonly eventMs: Readonly<Record<string, readonly number[]>>
}

declare global {
  interface Window {
    frameWatch?: {
      /** Watches from now on. @param drives  whether it asks for frames itself, to see when they come */
      begin(drives: boolean): void
      end(): FrameCounts
      /** What the next frame draws, by the methods of its canvases. */
      shapes(): Promise<Readonly<Record<string, number>>>
    }
  }
}

/** To be run in a page before anything of its own: counts frames, and times inputs up to the end of their frame. */
export function watchFrames(): void {
  const INPUTS = ['pointermove', 'pointerdown', 'pointerup', 'keydown', 'wheel']
  const SHAPES = ['fillRect', 'roundRect'] as const
  const ask = window.requestAnimationFrame.bind(window)
  const drawn = CanvasRenderingContext2D.prototype
  const clear = drawn.clearRect
  let watching = false
  let counts = fresh()

  function fresh(): {
    callbacks: number
    draws: number
    noteDraws: number
    gapsMs: number[]
    inputMs: Record<string, number[]>
    eventMs: Record<string, number[]>
  } {
    return { callbacks: 0, draws: 0, noteDraws: 0, gapsMs: [], inputMs: {}, eventMs: {} }
  }

  window.requestAnimationFrame = (callback) =>
    ask((now) => {
      counts.callbacks++
      callback(now)
    })
  // Each of our pictures begins by clearing its canvas.
  drawn.clearRect = function (...box) {
    counts.draws++
    if (this.canvas.classList.contains('notes')) counts.noteDraws++
    clear.apply(this, box)
  }

  let last: number | undefined
  function pace(now: number): void {
    if (!watching) return
    if (last !== undefined) counts.gapsMs.push(now - last)
    last = now
    ask(pace)
  }

  const waiting: { type: string; at: number }[] = []
  const channel = new MessageChannel()
  // A message asked for within a frame comes when its styles, layout and paint are done.
  channel.port1.onmessage = () => {
    const now = performance.now()
    for (const { type, at } of waiting.splice(0)) (counts.inputMs[type] ??= []).push(now - at)
  }
  for (const type of INPUTS) {
    window.addEventListener(
      type,
      ({ timeStamp }) => {
        if (!watching) return
        if (waiting.length === 0) ask(() => channel.port2.postMessage(0))
        waiting.push({ type, at: timeStamp })
      },
      { capture: true, passive: true },
    )
  }
  new PerformanceObserver((list) => {
    if (!watching) return
    for (const { name, duration } of list.getEntries()) (counts.eventMs[name] ??= []).push(duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)

  window.frameWatch = {
    begin(drives) {
      watching = true
      counts = fresh()
      last = undefined
      if (drives) ask(pace)
    },
    end() {
      watching = false
      return counts
    },
    async shapes() {
      const found: Record<string, number> = {}
      const before = SHAPES.map((name) => [name, drawn[name]] as const)
      for (const [name, draw] of before) {
        found[name] = 0
        drawn[name] = function (this: CanvasRenderingContext2D, ...shape: never[]) {
          found[name] = (found[name] ?? 0) + 1
          ;(draw as (...args: never[]) => void).apply(this, shape)
        }
      }
      await new Promise((done) => ask(() => ask(done)))
      for (const [name, draw] of before) Object.assign(drawn, { [name]: draw })
      return found
    },
  }
}

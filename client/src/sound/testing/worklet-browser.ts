/** The test runner's own. */
interface Stubs {
  stubGlobal(name: string, value: unknown): unknown
  resetModules(): unknown
}

interface Processor {
  process(inputs: unknown, outputs: readonly (readonly Float32Array[])[]): boolean
}

export interface WorkletBrowser {
  readonly context: BaseAudioContext
  /** Addresses of the worklets that were loaded. */
  readonly loaded: readonly string[]
  /** Lets messages through, then renders the left side. Undefined once the processor wants no more. */
  run(frames: number): Promise<Float32Array | undefined>
  close(): void
}

/** What a browser has around the two halves of the engine: here both run in one thread, over a real message port. */
export function createWorkletBrowser(sampleRate: number, vi: Stubs): WorkletBrowser {
  const processors = new Map<string, new () => Processor>()
  const channels: MessageChannel[] = []
  let processor: Processor | undefined
  let frame = 0
  vi.stubGlobal('sampleRate', sampleRate)
  vi.stubGlobal('registerProcessor', (name: string, kind: new () => Processor) =>
    processors.set(name, kind),
  )
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class extends EventTarget {
      readonly port = channels.at(-1)?.port2
    },
  )
  vi.stubGlobal(
    'AudioWorkletNode',
    class extends EventTarget {
      readonly port: MessagePort
      onprocessorerror: unknown = null
      constructor(_context: unknown, name: string) {
        super()
        const channel = new MessageChannel()
        channels.push(channel)
        this.port = channel.port1
        const Kind = processors.get(name)
        if (Kind !== undefined) processor = new Kind()
      }
      disconnect(): void {}
    },
  )
  const loaded: string[] = []
  const context = {
    sampleRate,
    audioWorklet: {
      async addModule(url: string) {
        loaded.push(url)
        vi.resetModules()
        await import('../engine-worklet.ts')
      },
    },
  }
  return {
    context: context as unknown as BaseAudioContext,
    loaded,
    async run(frames: number): Promise<Float32Array | undefined> {
      await settle()
      const left = new Float32Array(Math.ceil(frames / 128) * 128)
      for (let at = 0; at < left.length; at += 128) {
        vi.stubGlobal('currentFrame', frame)
        const outputs = [[left.subarray(at, at + 128), new Float32Array(128)]]
        if (processor?.process([], outputs) !== true) return undefined
        frame += 128
      }
      await settle()
      return left
    },
    close() {
      for (const { port1, port2 } of channels) {
        port1.close()
        port2.close()
      }
    },
  }
}

/** Messages over a port arrive after a turn of the event loop or two. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setImmediate(done))
}

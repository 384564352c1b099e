import type { EngineMessage } from '../client/src/sound/protocol.ts'

/** What a page is to compute: messages for the engine, and how long it plays. */
export interface EngineRun {
  /** Of the built worklet. */
  readonly url: string
  /** As JSON; typed arrays written as `{ typed, values }`. */
  readonly messages: string
  readonly sampleRate: number
  readonly seconds: number
}

const TYPED = { Uint8Array, Int8Array, Uint16Array } as const
type TypedName = keyof typeof TYPED

/** Messages that a page can be handed. */
export const writeMessages = (messages: readonly EngineMessage[]): string =>
  JSON.stringify(messages, (_key, value: unknown) => {
    const typed = (Object.keys(TYPED) as TypedName[]).find((name) => value instanceof TYPED[name])
    return typed === undefined ? value : { typed, values: [...(value as Uint8Array)] }
  })

/**
 * Runs in a page: the engine as it was built for the browser's audio thread, in the page's own thread, since not every
 * browser lets a rendering wait for what the engine is told.
 *
 * @returns both sides one after the other, as base64 of 32-bit floats
 */
export async function runEngine({
  url,
  messages,
  sampleRate,
  seconds,
}: EngineRun): Promise<string> {
  interface Processor {
    readonly port: { onmessage?: (event: { data: unknown }) => void }
    process(inputs: unknown, outputs: Float32Array[][]): boolean
  }
  function AudioWorkletProcessor(this: { port: unknown }): void {
    this.port = { postMessage: (): void => undefined }
  }
  let makeProcessor: (new () => Processor) | undefined
  Object.assign(globalThis, {
    sampleRate,
    currentFrame: 0,
    AudioWorkletProcessor,
    registerProcessor: (_name: string, made: new () => Processor): void => {
      makeProcessor = made
    },
  })
  // A page that is in no hurry is not to give up any sound.
  Date.now = (): number => 0
  // Another query, another module: two runs share nothing.
  await import(`${url}?${Math.random()}`)
  if (makeProcessor === undefined) throw new Error('the worklet must register its processor')
  const processor = new makeProcessor()
  const arrays = { Uint8Array, Int8Array, Uint16Array }
  const told = JSON.parse(messages, (_key, value: unknown) => {
    const { typed, values } = (value ?? {}) as { typed?: keyof typeof arrays; values?: number[] }
    return typed === undefined ? value : arrays[typed].from(values ?? [])
  }) as unknown[]
  for (const data of told) processor.port.onmessage?.({ data })

  const frames = seconds * sampleRate
  const both = new Float32Array(2 * frames)
  for (let frame = 0; frame < frames; frame += 128) {
    Object.assign(globalThis, { currentFrame: frame })
    const sides = [
      both.subarray(frame, frame + 128),
      both.subarray(frames + frame, frames + frame + 128),
    ]
    processor.process([], [sides])
  }
  let text = ''
  for (const byte of new Uint8Array(both.buffer)) text += String.fromCharCode(byte)
  return btoa(text)
}

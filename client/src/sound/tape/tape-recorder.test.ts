import { expect, test } from 'vitest'
import { readWav } from '../testing/read-wav.ts'
import { createTapeRecorder } from './tape-recorder.ts'
import { clearRing, putFrames, ringIn, TAPE_BLOCK, TAPE_BYTES } from './tape-ring.ts'
import { openMemory, type WavSink } from './wav-sinks.ts'

const TAGS = { title: 'Kitchen', artist: 'ana', comment: '', date: '' }
const HEAD = { format: 'wav24', sampleRate: 48_000, tags: TAGS } as const
const BEGIN = 1280

function stage(sink: WavSink) {
  const ring = ringIn(new ArrayBuffer(TAPE_BYTES))
  clearRing(ring)
  let end = BEGIN
  const play = (blocks: number): void => {
    for (let block = 0; block < blocks; block++, end += TAPE_BLOCK) {
      const left = Float32Array.from({ length: TAPE_BLOCK }, (_, at) => ((end + at) % 1000) / 1000)
      putFrames(ring, end, TAPE_BLOCK, left, left)
    }
  }
  play(10)
  return { play, recorder: createTapeRecorder(ring, BEGIN, sink, HEAD) }
}

/** A file on a disk: what was written stays whenever the program ends. */
function openFile(isFull = (): boolean => false) {
  let bytes = new Uint8Array(new ArrayBuffer(0))
  const sink: WavSink = {
    place: 'store',
    most: Infinity,
    write(at, more) {
      if (isFull()) return Promise.reject(new Error('no room'))
      const next = new Uint8Array(Math.max(bytes.length, at + more.length))
      next.set(bytes)
      next.set(more, at)
      bytes = next
      return Promise.resolve()
    },
    keep: () => Promise.resolve(),
    finish: () => Promise.resolve(new Blob([bytes])),
  }
  return { sink, read: () => readWav(bytes) }
}

const isWhole = (left: Float64Array): boolean =>
  left.every((value, at) => Math.abs(value - ((BEGIN + at) % 1000) / 1000) < 1e-6)

test('what comes onto the tape is in the file, to the frame, however it came', async () => {
  const { sink, read } = openFile()
  const { play, recorder } = stage(sink)
  await recorder.pump()
  play(700)
  await recorder.pump()
  play(3)
  await recorder.pump()

  const { seconds, reason } = await recorder.finish(undefined)

  expect(reason).toBeUndefined()
  expect(seconds).toBe((713 * 128) / 48_000)
  expect(read().left.length).toBe(713 * 128)
  expect(isWhole(read().left)).toBe(true)
  expect(read().info).toMatchObject({ INAM: 'Kitchen' })
})

test('a crash at any time leaves a file that says how long it is', async () => {
  const { sink, read } = openFile()
  const { play, recorder } = stage(sink)

  for (const blocks of [10, 310]) {
    await recorder.pump()
    expect(read().left.length).toBe(blocks * 128)
    expect(read().isSized).toBe(true)
    play(300)
  }
})

test('a recorder that is too slow says so, and keeps what it has', async () => {
  const { sink, read } = openFile()
  const { play, recorder } = stage(sink)
  await recorder.pump()
  play(30_000)

  const reason = await recorder.pump()
  const recorded = await recorder.finish(reason)

  expect(recorded).toMatchObject({ reason: 'overtaken' })
  expect(read().left.length).toBe(1280)
})

test('memory that is full ends it, with all that fitted in', async () => {
  const { play, recorder } = stage(openMemory(100_000))
  play(50)
  await recorder.pump()
  play(300)

  const recorded = await recorder.finish(await recorder.pump())

  const wav = readWav(new Uint8Array((await recorded.file?.arrayBuffer()) ?? new ArrayBuffer(0)))
  expect(recorded.reason).toBe('full')
  expect(wav.left.length).toBe(60 * 128)
  expect(isWhole(wav.left)).toBe(true)
})

test('a disk that takes no more is told, and takes nobody by surprise', async () => {
  let isFull = false
  const { sink, read } = openFile(() => isFull)
  const { play, recorder } = stage(sink)
  await recorder.pump()
  isFull = true
  play(10)

  const reason = await recorder.pump()

  expect(reason).toBe('disk')
  expect(await recorder.finish(reason)).toMatchObject({ reason: 'disk', file: undefined })
  expect(read().left.length).toBe(1280)
})

import { bytesOf, downloaded, onsetsIn, openAudio, pick, wavOf } from './audio-files.ts'
import { recorded, startRecording, stopRecording } from './capture.ts'
import { soundShort, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { expect, test } from './jammers.ts'
import { notesIn } from './listen.ts'
import { readWav } from '../client/src/sound/testing/read-wav.ts'
import { isLong } from './long.ts'

const C4 = 60
/** Seconds of a beat. */
const BEAT = 0.5
/** Of the device, at first. */
const VOLUME = 0.8

async function writeBeats(jammer: Jammer): Promise<void> {
  await soundShort(jammer)
  for (const step of [1, 5, 9, 13]) await jammer.toggle(C4, step)
}

/** Waits, by the page's own sound, until so many bars have been played. */
async function playBars(jammer: Jammer, bars: number): Promise<void> {
  await jammer.play()
  await startRecording(jammer.page)
  await recorded(jammer.page, bars * 2 + 0.5)
}

test('a song is exported while it plays on, and the playing has no gap', async ({ jammers }) => {
  const [ana] = await jammers(1)
  await writeBeats(ana)
  await ana.play()
  await startRecording(ana.page)
  await recorded(ana.page, 1)
  const sheet = await openAudio(ana)
  await pick(sheet, 'Loops', '8')

  const file = await downloaded(ana.page, () =>
    sheet.getByRole('button', { name: 'Export', exact: true }).click(),
  )

  await recorded(ana.page, 6)
  const tape = await stopRecording(ana.page)
  const { left, bits, info, sampleRate } = await wavOf(file)
  const beats = Array.from({ length: 32 }, (_, beat) => beat * BEAT * sampleRate)
  expect(file.suggestedFilename()).toMatch(/\.wav$/)
  expect(bits).toBe(24)
  expect(info['IART']).toBe('ana')
  expect(info['ICMT']).toContain('ana (Synth)')
  expect(left.length).toBeGreaterThanOrEqual(32 * BEAT * sampleRate)
  expect(onsetsIn(left).length).toBe(32)
  for (const [at, onset] of onsetsIn(left).entries()) {
    // The note swells for some samples before it is found.
    expect(onset - (beats[at] ?? NaN)).toBeGreaterThanOrEqual(0)
    expect(onset - (beats[at] ?? NaN)).toBeLessThan(100)
  }
  const notes = notesIn(tape)
  const gaps = notes.slice(1).map(({ wallMs }, at) => wallMs - (notes[at]?.wallMs ?? 0))
  expect(notes.length).toBeGreaterThan(10)
  for (const gap of gaps) expect(Math.abs(gap - 500)).toBeLessThan(5)
})

/** A millisecond: so far the clock may have moved a beat while it found the room's. */
const MOST_SLEW_FRAMES = 48

/**
 * How far what was played is from what was exported, over `count` frames from `from` on, where they lie best on each
 * other, dB.
 */
function residueOf(
  exported: Float64Array,
  played: Float64Array,
  from: number,
  count: number,
): number {
  const frames = count - 2 * MOST_SLEW_FRAMES
  let least = Infinity
  let power = 0
  for (let at = 0; at < frames; at++) power += ((exported[from + at] ?? 0) * VOLUME) ** 2
  expect(power, 'something is heard').toBeGreaterThan(0.1)
  for (let lag = -MOST_SLEW_FRAMES; lag <= MOST_SLEW_FRAMES; lag++) {
    let sum = 0
    for (let at = 0; at < frames && sum < least; at++) {
      sum += ((exported[from + at] ?? 0) * VOLUME - (played[from + lag + at] ?? 0)) ** 2
    }
    least = Math.min(least, sum)
  }
  return 10 * Math.log10(least / power)
}

test('the last bars that were played are cut at their lines, and are what an export renders', async ({
  jammers,
}) => {
  const [ana] = await jammers(1)
  await writeBeats(ana)
  // The tape has begun to run.
  await ana.page.waitForTimeout(3000)
  await playBars(ana, 2)
  const sheet = await openAudio(ana)
  await pick(sheet, 'How many bars', '2')
  const kept = await wavOf(
    await downloaded(ana.page, () =>
      sheet.getByRole('button', { name: 'Keep the last bars' }).click(),
    ),
  )
  await pick(sheet, 'Loops', '2')
  const exported = await wavOf(
    await downloaded(ana.page, () =>
      sheet.getByRole('button', { name: 'Export', exact: true }).click(),
    ),
  )

  const beatFrames = Math.round(BEAT * kept.sampleRate)
  const residuesDb = Array.from({ length: 8 }, (_, beat) =>
    residueOf(exported.left, kept.left, beat * beatFrames, beatFrames),
  )
  const residueDb = Math.max(...residuesDb)
  tell(`what was played differs from its export by ${residueDb.toFixed(0)} dB at most`)
  expect(Math.abs(kept.left.length - 8 * beatFrames)).toBeLessThanOrEqual(MOST_SLEW_FRAMES)
  expect(onsetsIn(kept.left)).toHaveLength(8)
  expect(residueDb).toBeLessThan(-60)
})

test('an export can be called off, and leaves nothing behind', async ({ jammers }) => {
  const [ana] = await jammers(1)
  await writeBeats(ana)
  await ana.setTempo(40)
  const files: string[] = []
  ana.page.on('download', (file) => files.push(file.suggestedFilename()))
  const sheet = await openAudio(ana)
  await pick(sheet, 'Loops', '64')
  await pick(sheet, 'Files', 'Each track on its own')
  await sheet.getByRole('button', { name: 'Export', exact: true }).click()
  const bar = sheet.getByRole('progressbar', { name: 'Export' })
  await expect.poll(() => bar.getAttribute('value').then(Number)).toBeGreaterThan(0)
  const before = ana.page.workers().length

  await sheet.getByRole('button', { name: 'Cancel' }).click()

  await expect(ana.page.getByText('The export was cancelled.')).toBeVisible()
  await expect(bar).toBeHidden()
  await expect.poll(() => ana.page.workers().length).toBe(before - 1)
  expect(files).toEqual([])
})

test('each person is a file of their own, and a small file opens elsewhere', async ({
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- sound plays it')
  const [ana, bo] = await jammers(2)
  await writeBeats(ana)
  await soundShort(bo)
  await bo.toggle(C4, 3)
  await expect(ana.page.getByRole('button', { name: "Edit bo's track" })).toBeVisible()
  const sheet = await openAudio(ana)
  await pick(sheet, 'Loops', '2')
  await pick(sheet, 'Files', 'Each person on their own')
  const act = (): Promise<void> =>
    sheet.getByRole('button', { name: 'Export', exact: true }).click()

  const archive = await downloaded(ana.page, act)
  await pick(sheet, 'Files', 'Whole mix')
  await sheet.getByRole('combobox', { name: 'Format' }).selectOption('opus')
  const small = await downloaded(ana.page, act)

  const text = new TextDecoder('latin1').decode(await bytesOf(archive))
  expect(archive.suggestedFilename()).toMatch(/\.zip$/)
  expect(text).toContain('01 ana.wav')
  expect(text).toContain('02 bo.wav')
  expect(small.suggestedFilename()).toMatch(/\.opus$/)
  const decoded = await ana.page.evaluate(
    async (bytes) => {
      const context = new OfflineAudioContext(2, 128, 48_000)
      const buffer = await context.decodeAudioData(Uint8Array.from(bytes).buffer)
      return { frames: buffer.length, left: [...buffer.getChannelData(0)] }
    },
    [...(await bytesOf(small))],
  )
  const onsets = onsetsIn(Float64Array.from(decoded.left)).map((at) => Math.round(at / 1000))
  expect(decoded.frames).toBeGreaterThanOrEqual(8 * BEAT * 48_000)
  expect(onsets.slice(0, 3)).toEqual([0, 12, 24])
})

test('the jam is recorded into a file as it comes, and stays readable on the way', async ({
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- sound plays it')
  const [ana] = await jammers(1)
  await writeBeats(ana)
  await ana.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const file = await root.getFileHandle('chosen.wav', { create: true })
    // Nobody can press the browser's own dialog here.
    Object.assign(window, { showSaveFilePicker: () => Promise.resolve(file) })
  })
  const sheet = await openAudio(ana)
  await ana.page.waitForTimeout(2000)
  await sheet.getByRole('button', { name: 'Record', exact: true }).click()
  await sheet.getByRole('button', { name: 'Close' }).click()
  const stop = ana.page.getByRole('button', { name: 'Stop recording' })
  await expect(stop).toContainText('0:01')
  await playBars(ana, 1)

  await stop.click()

  await expect(stop).toBeHidden()
  const bytes = await ana.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const file = await (await root.getFileHandle('chosen.wav')).getFile()
    return [...new Uint8Array(await file.arrayBuffer())]
  })
  const { left, info, sampleRate } = readWav(Uint8Array.from(bytes))
  expect(info['ISFT']).toBe('Beatcord')
  expect(left.length).toBeGreaterThan(3 * sampleRate)
  expect(onsetsIn(left).length).toBeGreaterThanOrEqual(4)
})

test('where no file can be chosen a recording is kept in the browser, also when the page is lost', async ({
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- sound plays it')
  const [ana] = await jammers(1)
  await writeBeats(ana)
  const withoutPicker = (): unknown => Reflect.deleteProperty(window, 'showSaveFilePicker')
  await ana.page.evaluate(withoutPicker)
  await ana.page.waitForTimeout(2000)
  const sheet = await openAudio(ana)
  await sheet.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(sheet.getByText('Recording 0:01')).toBeVisible()

  await ana.reload()
  const again = await openAudio(ana)
  const saved = await wavOf(
    await downloaded(ana.page, () =>
      again.getByRole('button', { name: 'Save', exact: true }).click(),
    ),
  )
  expect(saved.left.length).toBeGreaterThan(saved.sampleRate / 2)
  await again.getByRole('button', { name: 'Throw away' }).click()
  await expect(again.getByText('Not finished last time')).toBeHidden()

  await ana.page.evaluate(withoutPicker)
  await ana.page.waitForTimeout(2000)
  await again.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(again.getByText('Recording 0:01')).toBeVisible()
  const whole = await wavOf(
    await downloaded(ana.page, () => again.getByRole('button', { name: 'Stop recording' }).click()),
  )
  expect(whole.left.length).toBeGreaterThan(whole.sampleRate)
})

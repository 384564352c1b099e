import { recorded, startRecording, stopRecording } from './capture.ts'
import { expect, test } from './jammers.ts'
import { notesIn } from './listen.ts'

const PAGE = 'http://localhost/recorder-check'

test('the recorder hears what a page plays, with its pitches and moments', async ({ stage }) => {
  const { page } = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await page.route(PAGE, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>Hello</p>' }),
  )
  await page.goto(PAGE)

  const playing = await page.evaluateHandle(async () => {
    const context = new AudioContext()
    await context.resume()
    const oscillator = new OscillatorNode(context, { type: 'sawtooth' })
    const gain = new GainNode(context, { gain: 0 })
    oscillator.connect(gain).connect(context.destination)
    for (const [seconds, hertz] of [
      [1, 440],
      [1.5, 523.25],
    ] as const) {
      oscillator.frequency.setValueAtTime(hertz, seconds)
      gain.gain.setValueAtTime(0.5, seconds)
      gain.gain.setTargetAtTime(0, seconds, 0.05)
    }
    oscillator.start()
    while ((context.getOutputTimestamp().contextTime ?? 0) === 0) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return context
  })
  await startRecording(page)
  await recorded(page, 2)
  const notes = notesIn(await stopRecording(page))
  // Read last: a browser that has just been started may halt its sound once more.
  const wallAtAudioZero = await playing.evaluate((context) => {
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
    return performance.timeOrigin + performanceTime - contextTime * 1000
  })

  expect(notes.map((note) => note.pitch)).toEqual([69, 72])
  const [first, second] = notes.map((note) => (note.wallMs - wallAtAudioZero) / 1000)
  // One pair of a context's two clocks may be off by a buffer; the distance of two notes is not.
  expect(Math.abs((first ?? 0) - 1)).toBeLessThan(0.05)
  expect(Math.abs((second ?? 0) - (first ?? 0) - 0.5)).toBeLessThan(0.003)
})

import { recorded, startRecording, stopRecording } from './capture.ts'
import { expect, test } from './jammers.ts'
import { isSilent } from './listen.ts'

const C4 = 60

// This project's browser lets no page sound before it was touched.
test('where the browser wants a gesture, the page asks for a tap, and then sounds', async ({
  jammers,
  stage,
}) => {
  test.setTimeout(90_000)
  const [ana] = await jammers(1)
  await ana.toggle(C4, 1)
  await ana.play()
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.join(ana.link())
  await expect(bo.page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()

  // Loaded anew, the page has had no gesture yet.
  await bo.page.reload()
  const tap = bo.page.getByRole('button', { name: 'Tap to join the sound' })
  await tap.click()

  await expect(tap).toBeHidden()
  await startRecording(bo.page)
  await recorded(bo.page, 4)
  const recording = await stopRecording(bo.page)
  expect(isSilent(recording.pcm)).toBe(false)
})

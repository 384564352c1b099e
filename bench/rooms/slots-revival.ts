import type { Browser } from '@playwright/test'
import { recordOutputs, recorded, startRecording, stopRecording } from '../../e2e/capture.ts'
import { createJammer, type Jammer } from '../../e2e/jammer.ts'
import { notesIn } from '../../e2e/listen.ts'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const VISITS = 5
const C4 = 60
const TAPE_SECONDS = 4
const GOAL_MS = 3000

/** From the tap that joins an empty room by its link, in a fresh browser, until the loop that was left is heard. */
export async function revivalRows(say: Say): Promise<readonly Row[]> {
  const server = await startTestServer({ SLOTS: 'disk' })
  const browser = await openBrowser()
  try {
    const link = await leaveLoop(browser, server.url)
    const times: number[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      say(`rooms: revival ${visit + 1} of ${VISITS} …`)
      await server.kill()
      await server.start()
      times.push(await revived(browser, link))
    }
    const ours = figuresOf(times)
    return [
      {
        suite: 'rooms',
        row: 'a room that everybody had left, from the tap to its loop being heard',
        unit: 'ms',
        ours,
        baseline: null,
        baselineIs: null,
        goal: `p50 at most ${GOAL_MS} ms`,
        holds: ours.p50 <= GOAL_MS,
      },
    ]
  } finally {
    await browser.close()
    await server.close()
  }
}

async function tabOf(browser: Browser, name: string): Promise<Jammer> {
  const context = await browser.newContext({ bypassCSP: true })
  // The runner that compiles this file marks functions with a helper that the page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
  await context.addInitScript(recordOutputs)
  return createJammer(await context.newPage(), name)
}

async function leaveLoop(browser: Browser, url: string): Promise<string> {
  const ana = await tabOf(browser, 'ana')
  await ana.page.goto(url)
  await ana.startJam()
  const written = ana.page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.status() === 204,
  )
  for (const step of [1, 5, 9, 13]) await ana.toggle(C4, step)
  await written
  const link = ana.link()
  // What came after the first one is written on leaving.
  await ana.page.getByRole('button', { name: 'Leave' }).click()
  await ana.page.getByRole('button', { name: 'Start a private jam' }).waitFor()
  await ana.page.context().close()
  return link
}

async function revived(browser: Browser, link: string): Promise<number> {
  const bo = await tabOf(browser, 'bo')
  await bo.page.goto(link)
  await bo.page.getByRole('textbox', { name: 'Your name' }).fill('bo')
  const startMs = Date.now()
  await bo.page.getByRole('button', { name: 'Join the jam', exact: true }).click()
  await bo.page.getByText('This jam is back').waitFor()
  await startRecording(bo.page)
  await bo.play()
  await recorded(bo.page, TAPE_SECONDS)
  const [first] = notesIn(await stopRecording(bo.page))
  await bo.page.context().close()
  if (first === undefined) throw new Error('the loop must be heard')
  return first.wallMs - startMs
}

import { pairsOf, recordAll, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { expect, test } from './jammers.ts'
import { isSilent, notesIn, type Recording } from './listen.ts'
import { isLong } from './long.ts'
import { spreadOf } from './stats.ts'

const C4 = 60
/** Far above what is expected, and of the median: this guards against being on different beats. */
const LOOSE_SKEW_MS = 10

const openTiming = ({ page }: Jammer): Promise<void> =>
  page.getByRole('button', { name: 'Timing', exact: true }).click()

/** Resolves when the play button counts; looked at on the page itself, for it counts for two seconds only. */
async function seesCounting({ page }: Jammer): Promise<void> {
  await page.waitForFunction(() => {
    const button = document.querySelector('button[aria-label="Stop"]')
    return button !== null && /^[1-4]$/.test(button.textContent.trim())
  })
}

async function bothOf(
  jammers: readonly Jammer[],
  seconds: number,
  meanwhile: () => Promise<void>,
): Promise<readonly [Recording, Recording]> {
  const [first, second] = await recordAll(jammers, seconds, meanwhile)
  if (first === undefined || second === undefined) throw new Error('two recordings must be there')
  return [first, second]
}
const gapsMs = (recording: Recording): readonly number[] => {
  const notes = notesIn(recording)
  return notes.slice(1).map(({ wallMs }, index) => wallMs - (notes[index]?.wallMs ?? 0))
}

test('[CLK20] a tempo that glides is at the same beat on both pages all the way', async ({
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- clock plays it')
  test.setTimeout(180_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  for (const step of [1, 5, 9, 13]) await ana.toggle(C4, step)
  await openTiming(bo)
  await bo.page.getByRole('radio', { name: '2 bars' }).click()
  await ana.play()

  const [atAna, atBo] = await bothOf([ana, bo], 8, () => bo.setTempo(180))

  const pairs = pairsOf(atAna, atBo)
  const skew = skewOf(pairs)
  tell(`onset skew over a glide: ${spreadWords(skew)}`)
  expect(skew.p50).toBeLessThan(LOOSE_SKEW_MS)
  expect(pairs.length).toBeGreaterThanOrEqual(notesIn(atAna).length - 1)
  const gaps = gapsMs(atAna)
  // From 500 ms a beat to 333 over eight beats: there are several lengths on the way.
  const between = gaps.filter((gap) => gap > 350 && gap < 480)
  expect(between.length, `gaps ${gaps.map(Math.round).join(' ')}`).toBeGreaterThanOrEqual(4)
  expect(Math.abs((gaps.at(-1) ?? 0) - 1000 / 3)).toBeLessThan(LOOSE_SKEW_MS)
})

test('[CLK21] another step count begins on the same step on both pages', async ({ jammers }) => {
  test.setTimeout(180_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  await ana.toggle(C4, 1)
  await ana.toggle(C4 + 7, 9)
  await ana.play()

  const [atAna, atBo] = await bothOf([ana, bo], 8, () => bo.choose('Steps', '8'))

  const pitches = notesIn(atAna).map(({ pitch }) => pitch)
  const pairs = pairsOf(atAna, atBo)
  tell(`onset skew over another step count: ${spreadWords(skewOf(pairs))}`)
  expect(pitches).toContain(C4 + 7)
  expect(pitches.slice(-4)).toEqual([C4, C4, C4, C4])
  // The ends of the two recordings may hold a note more or less.
  expect(Math.abs(notesIn(atBo).length - notesIn(atAna).length)).toBeLessThanOrEqual(1)
  for (const { first, second } of pairs) expect(second.pitch).toBe(first.pitch)
  expect(skewOf(pairs).p50).toBeLessThan(LOOSE_SKEW_MS)
})

test('[CLK22] a count-in is seen by everybody and heard by the one who wants it', async ({
  jammers,
}) => {
  test.setTimeout(180_000)
  const [ana, bo] = await jammers(2)
  await openTiming(ana)
  await ana.page.getByRole('switch', { name: 'Count-in' }).click()

  const [atAna, atBo] = await bothOf([ana, bo], 4, async () => {
    const seen = seesCounting(bo)
    await ana.play()
    await seen
  })

  const clicks = notesIn(atAna)
  expect(clicks).toHaveLength(4)
  const off = spreadOf(gapsMs(atAna).map((gap) => Math.abs(gap - 500)))
  tell(`clicks of a count-in off their beats: ${spreadWords(off)}`)
  expect(off.p50).toBeLessThan(LOOSE_SKEW_MS)
  expect(isSilent(atBo.pcm)).toBe(true)
})

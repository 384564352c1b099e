import { pairsOf, recordAll, skewOf, soundShort, spreadWords, tell } from './jam-sound.ts'
import { expect, test } from './jammers.ts'
import { isSilent, notesIn } from './listen.ts'
import { isLong } from './long.ts'
import { spreadOf } from './stats.ts'

const C4 = 60
const SECONDS = 8
/**
 * Far above what is expected, and of the median, since a stalled sound card moves single notes: this guards against
 * being on different beats, and the bench measures the rest.
 */
const LOOSE_SKEW_MS = 10

test('two pages sound the same notes at the same moments', async ({ jammers }) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  for (const jammer of [ana, bo]) await soundShort(jammer)
  await ana.toggle(C4, 1)
  await ana.toggle(C4 + 4, 9)
  await bo.toggle(C4 + 7, 5)
  await bo.toggle(C4 + 12, 13)
  await ana.play()

  const [atAna, atBo] = await recordAll([ana, bo], SECONDS)
  if (!atAna || !atBo) throw new Error('two recordings must be there')

  expect(isSilent(atAna.pcm)).toBe(false)
  expect(isSilent(atBo.pcm)).toBe(false)
  const pairs = pairsOf(atAna, atBo)
  const skew = skewOf(pairs)
  tell(`onset skew between two pages over ${pairs.length} notes: ${spreadWords(skew)}`)
  // At 120 beats a minute a sixteenth-note loop of 16 steps takes 2 s and holds these four.
  const perLoop = [C4, C4 + 7, C4 + 4, C4 + 12]
  expect(new Set(notesIn(atAna).map((note) => note.pitch))).toEqual(new Set(perLoop))
  expect(pairs.length).toBeGreaterThanOrEqual((SECONDS / 2 - 1) * perLoop.length)
  for (const { first, second } of pairs) expect(second.pitch).toBe(first.pitch)
  expect(skew.p50).toBeLessThan(LOOSE_SKEW_MS)
})

test('a change of tempo is heard at the same moment on both pages', async ({ jammers }) => {
  test.skip(!isLong, 'npm run stress -- clock plays it')
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  for (const step of [1, 5, 9, 13]) await ana.toggle(C4, step)
  await ana.play()

  const [atAna, atBo] = await recordAll([ana, bo], SECONDS, () => bo.setTempo(150))
  if (!atAna || !atBo) throw new Error('two recordings must be there')

  const pairs = pairsOf(atAna, atBo)
  const skew = skewOf(pairs)
  tell(`onset skew over a change of tempo: ${spreadWords(skew)}`)
  const gapsMs = pairs
    .slice(1)
    .map(({ first }, index) => first.wallMs - (pairs[index]?.first.wallMs ?? 0))
  expect(Math.abs((gapsMs[0] ?? 0) - 500), 'a beat at 120').toBeLessThan(LOOSE_SKEW_MS)
  expect(Math.abs(spreadOf(gapsMs.slice(-6)).p50 - 400), 'at 150').toBeLessThan(LOOSE_SKEW_MS)
  // A page that changed on another beat would sound notes that the first does not.
  expect(pairs.length).toBeGreaterThanOrEqual(notesIn(atAna).length - 1)
  expect(skew.p50).toBeLessThan(LOOSE_SKEW_MS)
})

import { expect, test } from 'vitest'
import type { TrackId } from '../sequence/song.ts'
import { ANA, BO, createHandsStage, CY, TRACK } from './hands-stage.ts'
import { createDraws } from './testing/random.ts'

test('[HAND2] what a hand presses and lets go is heard by all, in its order, once', () => {
  const stage = createHandsStage()
  const [ana, bo, cy] = [stage.join(ANA), stage.join(BO), stage.join(CY)]
  ana.press(60, 90)
  stage.pass(40)
  ana.press(64, 70)
  stage.pass(40)
  ana.letGo(60)
  stage.pass(300)

  const said = [
    [60, 90],
    [64, 70],
    [60, 0],
  ]
  expect(bo.heard.map(({ pitch, velocity }) => [pitch, velocity])).toEqual(said)
  expect(cy.heard.map(({ pitch, velocity }) => [pitch, velocity])).toEqual(said)
  expect(bo.hands.held.read()).toEqual([{ peer: ANA, track: TRACK, pitch: 64 }])
  expect(ana.heard).toEqual([])
})

test('[HAND2] of ten thousand notes over a path that loses every fifth packet, and whole bursts, none hangs', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  const { next: dice } = createDraws(20_261_126)
  let isBurst = false
  const lose = (): void => {
    isBurst = isBurst ? dice() < 0.8 : dice() < 0.02
    for (let index = stage.meshes.packets().length - 1; index >= 0; index--) {
      if (isBurst || dice() < 0.2) stage.meshes.drop(index)
    }
  }
  const held = new Set<number>()
  let pressed = 0
  while (pressed < 10_000) {
    const pitch = 48 + Math.floor(dice() * 24)
    if (held.delete(pitch)) ana.letGo(pitch)
    else if (held.size < 10) {
      held.add(pitch)
      ana.press(pitch)
      pressed += 1
    }
    stage.timers.advance(2 + Math.floor(dice() * 30))
    lose()
    stage.meshes.deliverAll((count) => Math.floor(dice() * count))
  }
  for (const pitch of held) ana.letGo(pitch)
  stage.pass(200)

  const begun = bo.heard.filter(({ velocity }) => velocity > 0)
  expect(bo.hands.held.read()).toEqual([])
  expect(begun.length / pressed, 'begun').toBeGreaterThan(0.97)
  expect(bo.heard.length, 'each is let go').toBe(2 * begun.length)
  const numbers = begun.map(({ number }) => number)
  expect(new Set(numbers).size, 'each once').toBe(numbers.length)
})

test('[HAND2] a letting go that is lost with all its copies is heard of by the next state', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  ana.press(60)
  stage.pass(150)
  ana.letGo(60)
  stage.timers.advance(20)
  while (stage.meshes.packets().length > 0) stage.meshes.drop(0)
  expect(bo.hands.held.read()).toHaveLength(1)

  stage.pass(120)

  expect(bo.hands.held.read()).toEqual([])
  expect(bo.heard.at(-1)).toMatchObject({ pitch: 60, velocity: 0 })
})

test('[HAND2] a letting go of which more events are lost than a frame repeats is heard of all the same', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  ana.press(60)
  stage.pass(50)
  ana.letGo(60)
  for (const pitch of [62, 64, 65, 67, 69]) {
    ana.press(pitch)
    ana.letGo(pitch)
  }
  stage.timers.advance(20)
  while (stage.meshes.packets().length > 0) stage.meshes.drop(0)
  stage.pass(100)

  expect(bo.hands.held.read()).toEqual([])
  expect(bo.heard.some(({ pitch, velocity }) => pitch === 60 && velocity === 0)).toBe(true)
})

test('[HAND2] an overtaken frame ends nothing that began after it', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  ana.press(60)
  ana.press(62)
  stage.meshes.deliver(1)
  stage.meshes.deliver(0)

  expect(bo.hands.held.read().map(({ pitch }) => pitch)).toEqual([60, 62])
})

test('[HAND2] a frame that is lost has a second one soon after', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  ana.press(60)
  stage.meshes.drop(0)
  stage.pass(14)

  expect(bo.heard).toMatchObject([{ pitch: 60, velocity: 100 }])
})

test('[HAND3] whoever wants to be heard at once is heard by each after a delay that stays the same', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  const { next: dice } = createDraws(7)
  const delays: number[] = []
  for (let count = 0; count < 200; count++) {
    const at = stage.timers.now()
    ana.press(60)
    stage.pass(40, 10 + Math.floor(dice() * 6) * 2)
    ana.letGo(60)
    stage.pass(100, 20)
    const begun = bo.heard.filter(({ velocity }) => velocity > 0)
    delays.push((begun.at(-1)?.sharedMs ?? 0) - at)
  }

  const last = delays.slice(100)
  expect(new Set(last.map((ms) => Math.round(ms))).size, 'one delay').toBe(1)
  expect(last[0]).toBeGreaterThan(29)
  expect(last[0]).toBeLessThan(40)
  for (const { velocity, sharedMs, atMs } of bo.heard.slice(20)) {
    if (velocity > 0) expect(sharedMs).toBeGreaterThanOrEqual(atMs + 10)
  }
})

test('[HAND4] in the pocket everybody hears a note at one moment, which its player names', () => {
  const stage = createHandsStage()
  const ana = stage.join(ANA, { delayMs: () => 62.5 })
  const [bo, cy] = [stage.join(BO), stage.join(CY, { reachMs: () => 45 })]
  const at = stage.timers.now()
  ana.press(60)
  stage.pass(30, 8)
  ana.letGo(60)
  stage.pass(200, 8)

  const [begun, ended] = bo.heard
  expect(begun?.sharedMs).toBe(at + 62.5)
  expect(ended?.sharedMs).toBe(at + 30 + 62.5)
  expect(cy.heard.map(({ sharedMs }) => sharedMs)).toEqual(bo.heard.map(({ sharedMs }) => sharedMs))
})

test('[HAND4] its player hears from everybody how late that has to be, and goes by who needs most', () => {
  const stage = createHandsStage()
  const ana = stage.join(ANA)
  stage.join(BO)
  stage.join(CY, { reachMs: () => 45 })
  expect(ana.hands.neededMs()).toBeUndefined()

  ana.press(60)
  stage.pass(100, 20)

  expect(ana.hands.neededMs()).toBeGreaterThanOrEqual(65)
  expect(ana.hands.neededMs()).toBeLessThan(75)
  ana.letGo(60)
  stage.pass(33_000, 20)
  expect(ana.hands.neededMs(), 'nobody heard us for long').toBeUndefined()
})

test('[HAND4] a note that comes a quarter of a second too late is passed over, and so is its end', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA, { delayMs: () => 31 }), stage.join(BO)]
  ana.press(60)
  stage.pass(300, 400)
  ana.press(62)
  stage.pass(300, 400)
  stage.pass(20, 100)

  expect(bo.heard.map(({ pitch }) => pitch)).toEqual([])
  ana.letGo(60)
  ana.letGo(62)
  stage.pass(300, 20)
  expect(bo.heard).toEqual([])
})

test('[HAND5] of a page that falls silent, or whose link ends, nothing sounds on', () => {
  const stage = createHandsStage()
  const [ana, bo, cy] = [stage.join(ANA), stage.join(BO), stage.join(CY)]
  ana.press(60)
  ana.hands.bend(TRACK, 2)
  const bends: number[] = []
  bo.hands.onWheels((_peer, _track, { semitones }) => void bends.push(semitones))
  stage.pass(30)
  stage.meshes.partition(ANA, CY)
  expect(cy.hands.held.read()).toEqual([])
  expect(bo.hands.held.read()).toHaveLength(1)

  ana.hands.close()
  stage.pass(700)

  expect(bo.hands.held.read()).toEqual([])
  expect(bo.heard.at(-1)).toMatchObject({ pitch: 60, velocity: 0 })
  expect(bends).toEqual([2, 0])
})

test('[HAND2] a hand that goes on to another track holds nothing on the one before', () => {
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  const other = 'bosbosbosbos' as TrackId
  ana.press(60)
  ana.hands.bend(TRACK, 1)
  stage.pass(50)
  ana.hands.play(other, { pitch: 67, velocity: 100, sharedMs: stage.timers.now() })
  stage.pass(50)

  expect(bo.hands.held.read()).toEqual([{ peer: ANA, track: other, pitch: 67 }])
})

test('[HAND5] who only listens plays nothing to anybody, and nothing from another time is heard', () => {
  const stage = createHandsStage()
  const ana = stage.join(ANA)
  const bo = stage.join(BO, { mayPlay: () => false })
  const cy = stage.join(CY, { sharedMs: () => stage.timers.now() + 60_000 })
  ana.press(60)
  stage.pass(200)

  expect([bo.heard, cy.heard]).toEqual([[], []])
  expect(stage.offences).toEqual([])
})

import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ANA, BO, createJamStage, CY, type Jammer } from './jam-stage.ts'

const sizeOf = ({ doc }: Jammer): number => Y.encodeStateAsUpdate(doc).length

test('[SYNC11] nothing gives way while somebody is out of reach, and all does once they are back', async () => {
  const stage = createJamStage()
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.meshes.partition(ANA, CY)
  stage.pass(200)

  for (let toggle = 0; toggle < 1200; toggle++) {
    ana.jam.verbs.toggleNote(ana.track, toggle % 3, 60)
    if (toggle % 10 === 0) stage.pass(10)
  }
  stage.pass(3000)
  const apart = sizeOf(ana)
  stage.meshes.heal(ANA, CY)
  bo.jam.verbs.toggleNote(ana.track, 0, 72)
  stage.pass(5000)

  expect(apart).toBeGreaterThan(8000)
  expect([ana, bo, cy].map((each) => sizeOf(each) < 2000)).toEqual([true, true, true])
  expect(cy.jam.song.read()).toEqual(ana.jam.song.read())
  stage.close()
})

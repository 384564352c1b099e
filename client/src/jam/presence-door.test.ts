import { expect, test } from 'vitest'
import type { PeerId } from '@beatcord/shared'
import { ANA, BO } from './jam-stage.ts'
import { createPresenceDoor, type PresenceDoor } from './presence-door.ts'

function door(): { readonly presence: PresenceDoor; readonly pages: Map<PeerId, string> } {
  const pages = new Map([
    [ANA, 'one'],
    [BO, 'two'],
  ])
  return { presence: createPresenceDoor({ pageOf: (peer) => pages.get(peer) }), pages }
}

const said = (clock: number) => ({ clock, state: { hears: true } })

test('[SYNC3] what two peers say stands apart, whatever client they name', () => {
  const { presence } = door()

  presence.admit(ANA, said(1))
  presence.admit(BO, said(1))

  expect(presence.clientOf(ANA)).toBeDefined()
  expect(presence.clientOf(ANA)).not.toBe(presence.clientOf(BO))
})

test('[SYNC3] a clock that leaps ahead is refused, so that nobody is silenced', () => {
  const { presence } = door()
  const isTaken = (clock: number): boolean => presence.admit(ANA, said(clock)) !== undefined

  expect(isTaken(Number.MAX_SAFE_INTEGER)).toBe(false)
  expect(isTaken(50)).toBe(true)
  expect(isTaken(20), 'an old one that was overtaken').toBe(true)
  expect(isTaken(1050)).toBe(true)
  expect(isTaken(2051)).toBe(false)
})

test('a page loaded anew begins its clock anew', () => {
  const { presence, pages } = door()
  presence.admit(ANA, said(5000))
  const before = presence.clientOf(ANA)

  pages.set(ANA, 'three')

  expect(presence.admit(ANA, said(1))).toBeDefined()
  expect(presence.clientOf(ANA)).not.toBe(before)
  expect(presence.forget(ANA)).not.toBe(before)
  expect(presence.forget(ANA)).toBeUndefined()
})

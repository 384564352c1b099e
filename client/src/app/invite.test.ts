import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressToHref,
  addressToInvite,
  parseAddress,
  parseRoomName,
  type WholeAddress,
} from './invite.ts'

const SECRET = Uint8Array.from({ length: 16 }, (_, index) => index * 16)
const PRIVATE: WholeAddress = { kind: 'private', label: 'amber-otter', secret: SECRET }

const fragmentOf = (address: WholeAddress): string => addressToHref(address).slice('/jam'.length)

test('a private room’s link holds its key and comes back whole', () => {
  expect(addressToHref(PRIVATE)).toBe('/jam#~amber-otter.ABAgMEBQYHCAkKCwwNDg8A')
  expect(parseAddress(fragmentOf(PRIVATE))).toEqual(PRIVATE)
})

test('wherever a private link was cut off, it is no open room', () => {
  const fragment = fragmentOf(PRIVATE)
  for (let length = 2; length < fragment.length; length++) {
    expect(parseAddress(fragment.slice(0, length))).toEqual({ kind: 'cut-off' })
  }
})

test('a full stop that a messenger made part of the link does no harm', () => {
  expect(parseAddress(`${fragmentOf(PRIVATE)}.`)).toEqual(PRIVATE)
  expect(parseAddress(`${fragmentOf(PRIVATE)})`)).toEqual(PRIVATE)
})

test('every room name survives its link', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
      const verdict = parseRoomName(text)
      if (!verdict.ok) return
      const address: WholeAddress = { kind: 'open', name: verdict.name }

      expect(parseAddress(fragmentOf(address))).toEqual(address)
    }),
  )
})

test('an open room named like a private link stays an open room', () => {
  const address: WholeAddress = { kind: 'open', name: '~amber.ABAgMEBQYHCAkKCwwNDg8A' }

  expect(parseAddress(fragmentOf(address))).toEqual(address)
})

test.each(['', '#', '#%', '#%E0%A4%A', '#\u202e', `#${'x'.repeat(41)}`])(
  '%j is no invite',
  (hash) => {
    expect(parseAddress(hash)).toEqual({ kind: 'invalid' })
  },
)

test('names that look alike are one room', () => {
  expect(parseRoomName('  Ｊａｍ   ﬁve ')).toEqual({ ok: true, name: 'Jam five' })
})

test('forty graphemes fit, whatever they are made of', () => {
  expect(parseRoomName('👩‍👩‍👧‍👦'.repeat(40)).ok).toBe(true)
  expect(parseRoomName('👩‍👩‍👧‍👦'.repeat(41)).ok).toBe(false)
})

test('the key is not part of what is shown', () => {
  expect(addressToInvite(PRIVATE)).toEqual({ kind: 'private', label: 'amber-otter' })
})

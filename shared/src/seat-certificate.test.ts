import { expect, test } from 'vitest'
import { parseSeatClaims } from './seat-certificate.ts'

const GOOD = {
  sub: 'abcdefghijklmnopqrstuvwxyz',
  room: 'a'.repeat(52),
  role: 'host',
  rules: { door: 'open', newcomers: 'player' },
  iss: 'one',
  epoch: 7,
  since: 5,
  iat: 6,
  exp: 8,
}

test('[SIG34] good claims are read whole', () => {
  expect(parseSeatClaims(GOOD)).toEqual(GOOD)
})

test.each(Object.keys(GOOD))(
  '[SIG34] claims without %s are none, nor with another kind of it',
  (field) => {
    expect(parseSeatClaims({ ...GOOD, [field]: undefined })).toBeUndefined()
    expect(parseSeatClaims({ ...GOOD, [field]: { toString: 'x' } })).toBeUndefined()
  },
)

test.each([null, undefined, 'claims', [], { ...GOOD, more: 1 }, { ...GOOD, epoch: -1 }])(
  '[SIG34] %j is no claims',
  (value) => {
    expect(parseSeatClaims(value)).toBeUndefined()
  },
)

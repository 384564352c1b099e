import { expect, test } from 'vitest'
import { isPeerId } from '@beatcord/shared'
import { authKeyToRoomId, createSeats } from './seats.ts'

const GARAGE = authKeyToRoomId('A'.repeat(43))
const CELLAR = authKeyToRoomId(`B${'A'.repeat(42)}`)

test('[SIG7] a room id is the base32 of the SHA-256 of the key', () => {
  // sha256sum and base32 of coreutils over 32 zero bytes.
  expect(GARAGE).toBe('mzuhvlpymk6xo3epygfy5h4oeaejofefn3rdhm4qfjmr2dk7fesq')
  expect(GARAGE).not.toBe(CELLAR)
})

test('[SIG8] a proof holds for its room and peer, also under another process with the key', () => {
  const claim = createSeats('one key').claimFor(
    GARAGE,
    createSeats('x').peerIdFor([GARAGE], undefined),
  )
  const afterRestart = createSeats('one key')

  expect(afterRestart.peerIdFor([GARAGE], claim)).toBe(claim.peerId)
})

test('[SIG9] a claim that is not proven gets a new id', () => {
  const seats = createSeats('one key')
  const ana = seats.claimFor(GARAGE, seats.peerIdFor([GARAGE], undefined))
  const bo = seats.claimFor(GARAGE, seats.peerIdFor([GARAGE], undefined))

  const got = [
    seats.peerIdFor([GARAGE], undefined),
    seats.peerIdFor([CELLAR], ana),
    seats.peerIdFor([GARAGE], { ...ana, proof: bo.proof }),
    seats.peerIdFor([GARAGE], { ...ana, proof: '' }),
    createSeats('another key').peerIdFor([GARAGE], ana),
  ]

  expect(got).not.toContain(ana.peerId)
  expect(got.every(isPeerId)).toBe(true)
  expect(new Set(got).size).toBe(got.length)
})

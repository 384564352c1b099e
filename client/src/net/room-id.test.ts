import { expect, test } from 'vitest'
import { roomIdOf } from './room-id.ts'

test('[SIG7] a room id is the base32 of the SHA-256 of the key', async () => {
  // sha256sum and base32 of coreutils over 32 zero bytes.
  expect(await roomIdOf('A'.repeat(43))).toBe(
    'mzuhvlpymk6xo3epygfy5h4oeaejofefn3rdhm4qfjmr2dk7fesq',
  )
})

import { createManualClock } from '../manual-clock.ts'
import { testDirectory } from './directory-contract.ts'
import { createMemoryHub } from './memory-directory.ts'

testDirectory('in memory', () => {
  const clock = createManualClock()
  const hub = createMemoryHub(clock)
  return Promise.resolve({
    join: () => Promise.resolve(hub.join()),
    flush() {
      hub.flush()
      return Promise.resolve()
    },
    pass(ms) {
      clock.advance(ms)
      return Promise.resolve()
    },
  })
})

import type { Scenario } from './scenario.ts'
import { brokenFrames } from './server/broken-frames.ts'
import { crowding } from './server/crowding.ts'
import { doors } from './server/doors.ts'
import { floods } from './server/flood.ts'
import { restarts } from './server/restarts.ts'
import { seatsInNumbers } from './server/seats.ts'
import { silence } from './server/silence.ts'
import { slowReaders } from './server/slow-readers.ts'
import { strangers } from './server/strangers.ts'

/** All that the signal server has to stand. */
export const serverSuite: readonly Scenario[] = [
  ...strangers,
  ...silence,
  ...restarts,
  ...brokenFrames,
  ...doors,
  ...seatsInNumbers,
  ...crowding,
  ...slowReaders,
  ...floods,
]

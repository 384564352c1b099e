import { argv, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { clockSuite } from './clock-suite.ts'
import { handsSuite } from './hands-suite.ts'
import { jamSuite } from './jam-suite.ts'
import { meshSuite } from './mesh-suite.ts'
import { rowWords } from './rows.ts'
import { roomsSuite } from './rooms-suite.ts'
import { serverSuite } from './server-suite.ts'
import { soundSuite } from './sound-suite.ts'
import type { Suite } from './suite.ts'
import { surfaceSuite } from './surface-suite.ts'

const SUITES: Readonly<Record<string, Suite>> = {
  jam: jamSuite,
  mesh: meshSuite,
  clock: clockSuite,
  server: serverSuite,
  rooms: roomsSuite,
  sound: soundSuite,
  surface: surfaceSuite,
  hands: handsSuite,
}
const NAMES = Object.keys(SUITES)
const USAGE = `npm run bench -- [${NAMES.join('|')} …] [--only part-of-a-name] [--json]`

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})
const unknown = positionals.filter((name) => !NAMES.includes(name))
const chosen = Object.entries(SUITES).flatMap(([name, suite]) => {
  const parts = suite.parts.filter((part) => part.name.includes(values.only))
  const isNamed = positionals.length === 0 || positionals.includes(name)
  return isNamed && parts.length > 0 ? [{ suite, parts }] : []
})
if (unknown.length > 0 || chosen.length === 0) {
  stderr.write(`${USAGE}\n`)
  exit(2)
}

const say = (line: string): void => {
  stderr.write(`${line}\n`)
}
for (const { suite, parts } of chosen) {
  await suite.prepare(say)
  // Row after row as it is measured: a whole suite takes a while, and what breaks late takes nothing with it.
  for (const { rows } of parts) {
    for (const row of await rows(say)) {
      stdout.write(`${values.json ? JSON.stringify(row) : rowWords(row)}\n`)
    }
  }
}

/**
 * Asks the registry whether any package that is shipped has a known hole: a grave one fails. A registry that answers no
 * audits, or none that can be reached, is said and fails nothing.
 */
import { argv } from 'node:process'
import { readAudit } from './lib/audit.mjs'
import { run } from './lib/run.mjs'
import { NOTHING, one, skipLine, tallyLine } from './lib/tally.mjs'

const { output } = await run('npm', ['audit', '--omit=dev', '--json', ...argv.slice(2)])
const audit = readAudit(output)
if (audit.status === 'unknown') {
  console.log(skipLine({ title: 'the audit of dependencies', why: audit.why }))
  console.log(tallyLine(NOTHING))
} else {
  for (const { name, severity } of audit.found) console.log(`${severity}: ${name}`)
  console.log(tallyLine(one(audit.status === 'clear')))
}
process.exitCode = audit.status === 'grave' ? 1 : 0

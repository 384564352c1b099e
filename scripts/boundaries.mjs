/**
 * Checks who imports whom (`.dependency-cruiser.cjs`) and proves that the check saw every file and every import: a
 * tool that stumbles over a file reports no violation in it. Then plants violations in a copy and sees them caught.
 */
import { readFileSync } from 'node:fs'
import { plantedViolations } from './boundaries-planted.mjs'
import { filesBelow } from './lib/files.mjs'
import { cruise, violationLine } from './lib/cruise.mjs'

const FOLDERS = [
  'client/src',
  'shared/src',
  'signal-server/src',
  'e2e',
  'bench',
  'stress',
  'scripts',
]
const IMPORT =
  /^\s*(?:import|export)\s[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]/gm

/** Files that the cruise did not list, and imports written in a file that it did not list. */
function blindSpots(files, modules) {
  const seen = new Map(modules.map((module) => [module.source, module]))
  return files.flatMap((file) => {
    const module = seen.get(file)
    if (module === undefined) return [`${file} was not seen`]
    const known = new Set(module.dependencies.map((dependency) => bare(dependency.module)))
    return importsIn(readFileSync(file, 'utf8'))
      .filter((specifier) => !known.has(bare(specifier)))
      .map((specifier) => `${file}: its import of ${specifier} was not seen`)
  })
}

/** As both sides spell it: without the node: prefix and a bundler's query. */
const bare = (specifier) => specifier.replace(/^node:|\?.*$/g, '')

const importsIn = (text) => [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2])

const files = FOLDERS.flatMap((folder) => filesBelow(folder, /\.(ts|vue|mjs)$/))
const { modules, violations } = cruise(FOLDERS)
const faults = [
  ...(files.length === 0 ? ['no file found to check'] : []),
  ...violations.map(violationLine),
  ...blindSpots(files, modules),
  ...plantedViolations(),
]
for (const fault of faults) console.error(fault)
const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0)
console.log(`${files.length} files, ${imports} imports, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1

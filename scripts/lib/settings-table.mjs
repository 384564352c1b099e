import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const CONFIG = 'signal-server/src/config.ts'
const README = 'README.md'
const ROW = /^\|\s*`([A-Z][A-Z0-9_]*)`\s*\|\s*`?([^`|]*)`?\s*\|/gm
const PRINT = `import('./${CONFIG}').then(({ SETTINGS }) => console.log(JSON.stringify(SETTINGS)))`

/** Where the README's table of settings (name, default) differs from the table that the server reads. */
export function settingsFaults() {
  if (!existsSync(README)) return [`${README} is not there`]
  const told = new Map(
    [...readFileSync(README, 'utf8').matchAll(ROW)].map(([, name, initial]) => [name, initial]),
  )
  const kept = serverSettings()
  if (kept.size === 0) return [`${CONFIG} must export SETTINGS`]
  return [
    ...[...kept.keys()]
      .filter((name) => !told.has(name))
      .map((name) => `${README}: no row ${name}`),
    ...[...told.keys()]
      .filter((name) => !kept.has(name))
      .map((name) => `${README}: the server reads no ${name}`),
    ...[...kept]
      .filter(([name, initial]) => told.has(name) && told.get(name).trim() !== initial)
      .map(([name, initial]) => `${README}: ${name} defaults to ${initial}, not ${told.get(name)}`),
  ]
}

function serverSettings() {
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--eval', PRINT], {
    encoding: 'utf8',
  })
  if (run.status !== 0 || !run.stdout.startsWith('[')) return new Map()
  return new Map(JSON.parse(run.stdout).map(({ name, initial }) => [name, String(initial)]))
}

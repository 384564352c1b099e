import { existsSync, readFileSync } from 'node:fs'
import { askModule } from './ask-module.mjs'

const SETTINGS = 'signal-server/src/settings.ts'
const README = 'README.md'
const ROW = /^\|\s*`[A-Z][A-Z0-9_]*`\s*\|.*$/gm

/** The rows that the README must have, from the table that the server reads. */
export function settingsRows() {
  return Object.entries(askModule(SETTINGS, 'it.SETTINGS')).map(
    ([name, { fallback, meaning }]) =>
      `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\` `}| ${meaning} |`,
  )
}

/** Where the README's table of settings (name, default, meaning) differs from the table that the server reads. */
export function settingsFaults() {
  if (!existsSync(README)) return [`${README} is not there`]
  const told = (readFileSync(README, 'utf8').match(ROW) ?? []).map(singleSpaced)
  const kept = settingsRows().map(singleSpaced)
  return [
    ...kept.filter((row) => !told.includes(row)).map((row) => `${README} lacks the row ${row}`),
    ...told.filter((row) => !kept.includes(row)).map((row) => `${README} has a stale row ${row}`),
  ]
}

/** The formatter lines columns up. */
const singleSpaced = (row) => row.replace(/\s+/g, ' ').trim()

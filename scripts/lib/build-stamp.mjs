import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { filesBelow } from './files.mjs'

const STAMP = 'signal-server/dist/built-from.txt'
const BUILT = ['signal-server/dist/main.js', 'client/dist/index.html']
const SOURCES = ['shared', 'signal-server', 'client']
const EVERY_FILE = /./
const TEST = /\.test\.ts$/

/** Whether the last remembered build was made from the sources as they are. */
export const buildIsCurrent = () =>
  [...BUILT, STAMP].every((path) => existsSync(path)) &&
  readFileSync(STAMP, 'utf8') === sourcesDigest()

/** Writes down which sources the build that has just ended was made from. */
export const rememberBuild = () => {
  writeFileSync(STAMP, sourcesDigest())
}

function sourcesDigest() {
  const files = SOURCES.flatMap((folder) => filesBelow(folder, EVERY_FILE))
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'tsconfig.base.json', ...files]) {
    if (TEST.test(file)) continue
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

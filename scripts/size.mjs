/**
 * Builds the client and adds up, gzipped, all JavaScript that a page fetches before the first sound: what index.html
 * names and everything that this refers to in turn, worklets, workers and lazy chunks included, but for LATE.
 *
 * `--built` measures the build that is there.
 */
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { argv, exit } from 'node:process'
import { gzipSync } from 'node:zlib'
import { filesBelow } from './lib/files.mjs'
import { run } from './lib/run.mjs'

/**
 * Yjs and Vue take 39 kB, the worklet 29, net, jam and app 55; what is seen only when the jam has begun counts as late.
 */
const BUDGET_BYTES = 160_000
const DIST = 'client/dist'
/**
 * Chunks that are fetched when the jam has begun (`app/begun.ts`), or when somebody opens what is in them, by the start
 * of their file name; and what the start page shows beside the way into a jam.
 */
const LATE = [
  'CommandPalette',
  'CordArt',
  'DiagnosisPanel',
  'ExportSheet',
  'JamRoom',
  'KeySheet',
  'MidiSheet',
  'MixerPanel',
  'MoreSections',
  'NoteExtras',
  'PatternPanel',
  'PersonActions',
  'RecentJams',
  'RemixPage',
  'RollDesk',
  'RoomRules',
  'SharePanel',
  'SoundBrowser',
  'SoundMenu',
  'StartLook',
  'TimingPanel',
  'audio-desk',
  'certificate-check',
  'command-words',
  'edits',
  'forget-jam',
  'jam-memory',
  'midi-desk',
  'pattern-edits',
  'preset-bank',
  'riff-fork',
  'saved-sounds',
  'session',
  'slot',
  'song-file',
  'sound-file',
  'starter-groove',
  'tape',
]

const isLate = (file) => LATE.some((start) => basename(file).startsWith(start))

/** Files that a late chunk wants fetched with it, which the script that asks for it lists. */
const ALONGSIDE = /__vite__mapDeps=[^\]]*\]/

/** Scripts that the text refers to by their file name. */
function namedIn(text, scripts) {
  const own = text.replace(ALONGSIDE, '')
  return scripts.filter((script) => own.includes(basename(script)))
}

function reachable(page, scripts) {
  const found = new Set()
  const queue = namedIn(readFileSync(page, 'utf8'), scripts)
  for (let script = queue.pop(); script !== undefined; script = queue.pop()) {
    if (found.has(script) || isLate(script)) continue
    found.add(script)
    queue.push(...namedIn(readFileSync(script, 'utf8'), scripts))
  }
  return [...found].sort()
}

function fail(sentence) {
  console.error(sentence)
  exit(1)
}

if (!argv.includes('--built')) {
  const build = await run('npm', ['run', '--silent', 'build', '-w', 'client'])
  if (build.code !== 0) fail(build.output)
}
const page = join(DIST, 'index.html')
if (statSync(page, { throwIfNoEntry: false }) === undefined)
  fail(`${page} is not there: build first`)

const scripts = filesBelow(DIST, /\.m?js$/)
const counted = reachable(page, scripts)
const sizes = counted.map((file) => ({
  file,
  bytes: gzipSync(readFileSync(file), { level: 9 }).length,
}))
const sum = sizes.reduce((total, { bytes }) => total + bytes, 0)

const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`
for (const { file, bytes } of sizes) console.log(`${kB(bytes)}  ${file}`)
for (const file of scripts.filter((script) => !counted.includes(script))) {
  console.log(`  apart     ${file}`)
}
console.log(`${kB(sum)}  gzipped before the first sound, of ${kB(BUDGET_BYTES).trim()}`)
if (counted.length === 0) fail(`${page} names no script`)
if (sum > BUDGET_BYTES) fail(`${sum - BUDGET_BYTES} bytes too many`)

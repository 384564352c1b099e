/** Finds a Chromium for the end-to-end tests and the bench, and gets one where there is none. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { argv, env, exit, getuid } from 'node:process'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { run } from './lib/run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of a Chromium: the one CHROMIUM_PATH names, one on the PATH, or Playwright's own; undefined without any. */
export function findBrowser() {
  const named = env.CHROMIUM_PATH
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined
  const folders = (env.PATH ?? '').split(delimiter)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, chromium.executablePath()].find(isProgram)
}

/** As `findBrowser`, but installs one first when there is none; undefined when that failed too. */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== undefined) return found
  if (env.CHROMIUM_PATH) {
    console.error(`CHROMIUM_PATH must name a program, got ${env.CHROMIUM_PATH}`)
    return undefined
  }
  for (const [command, ...args] of waysToInstall()) {
    console.log(`no browser found; trying: ${command} ${args.join(' ')}`)
    const { code } = await run(command, args, {
      live: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = findBrowser()
    if (code === 0 && installed !== undefined) return installed
  }
  return undefined
}

function waysToInstall() {
  const isRoot = getuid?.() === 0
  const playwright = [
    'npx',
    'playwright',
    'install',
    ...(isRoot ? ['--with-deps'] : []),
    'chromium',
  ]
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return [playwright]
  return [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    playwright,
  ]
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not ours to run: either way not a browser for us.
    return false
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const browser = await ensureBrowser()
  console.log(browser ?? 'no browser')
  exit(browser === undefined ? 1 : 0)
}

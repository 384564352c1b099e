import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env, getuid } from 'node:process'
import { run } from './run.mjs'

/** Where the PATH may have these, best first. */
export function placesOf(names) {
  const folders = (env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not ours to run: either way not a program for us.
    return false
  }
}

/** The commands that install a package of the system; none where we cannot. */
export function waysToInstall(systemPackage) {
  if (!existsSync('/usr/bin/apt-get')) return []
  const isRoot = getuid?.() === 0
  // Without a password or not at all: nobody is there to type one.
  const asRoot = isRoot ? [] : ['sudo', '--non-interactive', '--preserve-env=DEBIAN_FRONTEND']
  if (!isRoot && !placesOf(['sudo']).some(isProgram)) return []
  return [
    [...asRoot, 'apt-get', 'update'],
    [...asRoot, 'apt-get', 'install', '-y', '--no-install-recommends', systemPackage],
  ]
}

/** Runs commands in their order until `find` finds; undefined when it never does. */
export async function installUntil(find, commands) {
  for (const [command, ...args] of commands) {
    console.log(`trying: ${command} ${args.join(' ')}`)
    const { code } = await run(command, args, {
      live: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const found = find()
    if (code === 0 && found !== undefined) return found
  }
  return undefined
}

import { readFileSync } from 'node:fs'

/** Whether `node_modules` holds what the lockfile names. */
export function packagesAreCurrent() {
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn('node_modules/.package-lock.json')
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.optional === true) return true
    return present[path]?.version === entry.version && present[path]?.link === entry.link
  })
}

function packagesIn(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    // A missing or broken lockfile is what a set-up is for.
    return undefined
  }
}
